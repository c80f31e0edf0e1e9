import type { XmlElement } from 'libxml2-wasm'
import { PkiError } from '../error.ts'
import { type CheckedReference, checkReference, type ReferenceFact } from './check-reference.ts'
import {
  canonicalWithoutSignatures,
  compareContent,
  type GivenContent,
  readGivenContent,
} from './compare-content.ts'
import { type Coverage, findCoverage, type ReferenceRole, roleOf } from './coverage.ts'
import type { XmlDefect } from './defects.ts'
import { type DocumentViews, placeContains, withDocumentViews } from './document-views.ts'
import { type ElementPlace, isElement, isNamed, pathOf, placeOf } from './elements.ts'
import { defaultXmlLimits, type XmlLimits } from './limits.ts'
import { namespace } from './namespaces.ts'
import { readXmlSource } from './open-document.ts'
import { type KeyInfoFact, readKeyInfo } from './read-key-info.ts'
import { readSignature, type SignatureElement } from './read-signature.ts'
import {
  type QualifyingProperties,
  readQualifyingProperties,
} from './xades/read-qualifying-properties.ts'

/** Everything that one ds:Signature says and covers: data, with no node of the document in it. */
export type XmlSignatureFact = {
  readonly path: string
  readonly id: string | undefined
  /** Path of the signature that this one countersigns (XAdES CounterSignature). */
  readonly countersigns: string | undefined
  /** Child of the root element? */
  readonly isChildOfRoot: boolean
  readonly methodUri: string
  /** OID of the signature algorithm; `undefined` outside the white list. */
  readonly signatureOid: string | undefined
  readonly encoding: 'scheme' | 'r-s'
  /** Canonical SignedInfo: what the signature value is over. */
  readonly signedInfo: Uint8Array | undefined
  readonly signatureValue: Uint8Array | undefined
  readonly references: readonly (ReferenceFact & { readonly role: ReferenceRole })[]
  readonly coverage: Coverage
  /** Where the signed content is, and whether it is the one that was given. */
  readonly content: 'attached' | 'given' | 'absent' | 'differs'
  readonly keyInfo: KeyInfoFact
  readonly properties: QualifyingProperties | undefined
  readonly defects: readonly XmlDefect[]
}

/** What is asked of {@link gatherXmlSignatures}. */
export type GatherXmlOptions = {
  /** What the one external reference means; nothing is ever fetched. */
  readonly content?: Uint8Array
  readonly limits?: XmlLimits
}

type Surroundings = {
  readonly views: DocumentViews
  readonly limits: XmlLimits
  readonly content: Uint8Array | undefined
  readonly places: readonly ElementPlace[]
}

/** A signature with what was found of its references, while the document is open. */
type OpenSignature = {
  readonly signature: SignatureElement
  readonly references: readonly CheckedReference[]
}

const holds = (references: readonly CheckedReference[]): boolean =>
  references.every(({ fact }) => fact.result === 'match')

/**
 * References as they are now, or else as they were before the signatures that follow among the siblings
 * were added: Kazakh clients sign what is there, earlier signatures included (kz-egov-mobile.md §14).
 */
const checkReferences = (
  signature: SignatureElement,
  { views, content, places }: Surroundings,
): readonly CheckedReference[] => {
  const place = placeOf(signature.element)
  const check = (later: readonly ElementPlace[]): readonly CheckedReference[] =>
    signature.references.map((reference) =>
      checkReference(reference, { views, content, later, signature: place, signatures: places }),
    )
  const asIs = check([])
  const level = place.length - 1
  const later = places.filter(
    (other) =>
      other.length === place.length &&
      placeContains(other.slice(0, level), place) &&
      (other[level] ?? 0) > (place[level] ?? 0),
  )
  if (later.length === 0 || holds(asIs)) {
    return asIs
  }
  const asSigned = check(later)
  return holds(asSigned) ? asSigned : asIs
}

const referenceDefects = ({ signature, references }: OpenSignature): readonly XmlDefect[] => {
  const { method } = signature
  const defects = references.flatMap(({ fact }): readonly XmlDefect[] => {
    const isForeign =
      method !== undefined &&
      fact.digestOid !== undefined &&
      !method.digestOids.includes(fact.digestOid)
    return [
      ...(fact.defect === undefined ? [] : [fact.defect]),
      ...(isForeign ? (['method.digest-mismatch'] as const) : []),
    ]
  })
  const isExternal = signature.references.filter(
    ({ uri }) => uri === undefined || (uri !== '' && !uri.startsWith('#')),
  )
  if (isExternal.length > 1) {
    defects.push('reference.several-external')
  }
  const isSomething = references.some((reference) => {
    const role = roleOf(reference, signature)
    return role === 'content' || role === 'countersigned' || role === 'manifest'
  })
  if (references.length > 0 && !isSomething) {
    defects.push('reference.no-content')
  }
  return defects
}

/** A CounterSignature is in the unsigned properties of the signature that it is over. */
const countersignedBy = ({ parent }: XmlElement): string | undefined => {
  if (parent === null || !isNamed(parent, namespace.xades, 'CounterSignature')) {
    return undefined
  }
  for (let around = parent.parent; around !== null; around = around.parent) {
    if (isNamed(around, namespace.ds, 'Signature')) {
      return pathOf(around)
    }
  }
  return undefined
}

const factOf = (
  open: OpenSignature,
  {
    views,
    signedByAny,
    given,
    canonical,
  }: {
    readonly views: DocumentViews
    readonly signedByAny: readonly XmlElement[]
    readonly given: GivenContent | undefined
    readonly canonical: Uint8Array | undefined
  },
): XmlSignatureFact => {
  const { signature, references } = open
  const { document } = views
  const { signedInfo, canonicalization, method } = signature
  const coverage = findCoverage(views, { signature, references, signedByAny })
  const properties = readQualifyingProperties(signature, { references, views })
  const keyInfo = readKeyInfo(signature.keyInfo, views)
  const referenceFacts = references.map((reference) => ({
    ...reference.fact,
    role: roleOf(reference, signature),
  }))
  const countersigns = countersignedBy(signature.element)
  const isCounterSignature =
    countersigns === undefined ||
    referenceFacts.some(
      ({ role, path }) => role === 'countersigned' && path?.startsWith(`${countersigns}/`) === true,
    )
  const defects = new Set<XmlDefect>([
    ...signature.defects,
    ...referenceDefects(open),
    ...coverage.defects,
    ...(properties?.defects ?? []),
    ...(isCounterSignature ? [] : (['xades.counter-signature'] as const)),
    ...(keyInfo.isMalformed ? (['key-info.malformed'] as const) : []),
  ])
  return {
    path: pathOf(signature.element),
    id: signature.id,
    countersigns,
    isChildOfRoot: signature.element.parent?.isSameNode(document.root) === true,
    methodUri: signature.methodUri,
    signatureOid: method?.signatureOid,
    encoding: method?.encoding ?? 'scheme',
    signedInfo:
      signedInfo === undefined || canonicalization === undefined
        ? undefined
        : views.canonicalizeElement(signedInfo, canonicalization),
    signatureValue: signature.signatureValue,
    references: referenceFacts,
    coverage,
    content: compareContent(given, { references: referenceFacts, coverage, canonical }),
    keyInfo,
    properties,
    defects: [...defects],
  }
}

/** Signatures stand one after the other, or in each other's objects: never in each other's values. */
const findSignatures = (
  views: DocumentViews,
  { maxSignatures }: XmlLimits,
): readonly XmlElement[] => {
  const elements = views.document.find('//ds:Signature', { ds: namespace.ds }).filter(isElement)
  if (elements.length === 0) {
    throw new PkiError({
      code: 'xml.no-signature',
      message: 'The document holds no ds:Signature.',
    })
  }
  if (elements.length > maxSignatures) {
    throw new PkiError({
      code: 'xml.too-many-signatures',
      message: 'The document holds more signatures than the limit.',
      data: { maxSignatures },
    })
  }
  return elements
}

/**
 * Reads every ds:Signature of a document and checks its references: structure, Ids, positions,
 * transforms, digests, what is covered, what KeyInfo and XAdES properties say. No certificate is looked
 * at and nothing is fetched; the facts hold no node, and the document is freed.
 *
 * Throws `xml.no-signature`, `xml.too-many-signatures` and the other `xml.*` codes of a document that
 * cannot be read. What is wrong with a signature is a fact.
 */
export const gatherXmlSignatures = async (
  bytes: Uint8Array,
  { content, limits = defaultXmlLimits }: GatherXmlOptions = {},
): Promise<readonly XmlSignatureFact[]> => {
  const source = await readXmlSource(bytes, limits)
  const given = content === undefined ? undefined : await readGivenContent(content, limits)
  return withDocumentViews(source, (views) => {
    const elements = findSignatures(views, limits)
    const surroundings: Surroundings = {
      views,
      limits,
      content,
      places: elements.map(placeOf),
    }
    const open = elements.map((element): OpenSignature => {
      const signature = readSignature(element, limits)
      return { signature, references: checkReferences(signature, surroundings) }
    })
    // A counter-signature is a signer of nothing: what it claims to cover is covered by nobody.
    const signing = open.filter(({ signature }) => countersignedBy(signature.element) === undefined)
    const signedByAny = signing.flatMap(({ references }) =>
      references.flatMap(({ target, fact }) =>
        target !== undefined && target !== 'document' && fact.result === 'match' ? [target] : [],
      ),
    )
    const canonical = given === undefined ? undefined : canonicalWithoutSignatures(views)
    return open.map((each) => factOf(each, { views, signedByAny, given, canonical }))
  })
}
