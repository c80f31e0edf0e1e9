import { equalOctets } from '../asn1/bytes.ts'
import { isPkiError } from '../error.ts'
import { algorithmUri, c14nAlgorithm } from './algorithms.ts'
import type { ReferenceFact } from './check-reference.ts'
import type { Coverage, ReferenceRole } from './coverage.ts'
import { type DocumentViews, withDocumentViews } from './document-views.ts'
import { isElement, placeOf } from './elements.ts'
import type { XmlLimits } from './limits.ts'
import { namespace } from './namespaces.ts'
import { readXmlSource } from './open-document.ts'

/** Canonical form of a document without any signature that it holds; no comments. */
export const canonicalWithoutSignatures = (views: DocumentViews): Uint8Array | undefined => {
  const algorithm = c14nAlgorithm(algorithmUri.c14n10)
  const removed = views.document
    .find('//ds:Signature', { ds: namespace.ds })
    .filter(isElement)
    .map(placeOf)
  const holdsMore = removed.every((place) => place.length > 1)
  return algorithm === undefined || !holdsMore
    ? undefined
    : views.canonicalize(
        { apex: 'document', removed, comments: false },
        { algorithm, inclusivePrefixes: [] },
      )
}

/** Content that was given, ready to be compared with what an XML signature covers. */
export type GivenContent = {
  readonly bytes: Uint8Array
  /** `undefined`: it is not XML. */
  readonly canonical: Uint8Array | undefined
}

/** Reads content that was given. Octets that are no XML are compared as octets. */
export const readGivenContent = async (
  bytes: Uint8Array,
  limits: XmlLimits,
): Promise<GivenContent> => {
  try {
    const source = await readXmlSource(bytes, limits)
    return { bytes, canonical: withDocumentViews(source, canonicalWithoutSignatures) }
  } catch (error) {
    if (isPkiError(error)) {
      return { bytes, canonical: undefined }
    }
    throw error
  }
}

/**
 * Is what a signature covers the content that was given? A signed document may have gained a signature,
 * lost its XML declaration or changed its encoding, so documents are compared in canonical form
 * (kz-egov-mobile.md §14); octets inside of an Object as octets.
 */
export const compareContent = (
  given: GivenContent | undefined,
  {
    references,
    coverage,
    canonical,
  }: {
    readonly references: readonly (ReferenceFact & { readonly role: ReferenceRole })[]
    readonly coverage: Coverage
    /** Of the signed document. */
    readonly canonical: Uint8Array | undefined
  },
): 'attached' | 'given' | 'absent' | 'differs' => {
  const isExternal = references.some(
    ({ role, path, result }) => role === 'content' && path === undefined && result !== 'refused',
  )
  if (isExternal) {
    return given === undefined ? 'absent' : 'given'
  }
  if (given === undefined) {
    return 'attached'
  }
  const isAllCovered = coverage.covers === 'document' || coverage.uncovered === undefined
  const isSameDocument =
    isAllCovered &&
    references.some(({ role, result }) => role === 'content' && result === 'match') &&
    canonical !== undefined &&
    given.canonical !== undefined &&
    equalOctets(canonical, given.canonical)
  const isSameOctets = references.some(
    ({ role, octets }) =>
      role === 'content' && octets !== undefined && equalOctets(octets, given.bytes),
  )
  return isSameDocument || isSameOctets ? 'attached' : 'differs'
}
