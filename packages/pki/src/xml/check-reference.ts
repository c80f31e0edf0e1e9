import type { XmlElement } from 'libxml2-wasm'
import { equalOctets } from '../asn1/bytes.ts'
import { digestOf } from '../keys/digests.ts'
import { digestOidOfUri } from './algorithms.ts'
import { applyTransforms, type TransformContext, type TransformData } from './apply-transforms.ts'
import type { XmlDefect } from './defects.ts'
import { placeContains } from './document-views.ts'
import { type ElementPlace, pathOf, placeOf } from './elements.ts'
import type { ReferenceElement } from './read-signature.ts'
import { resolveUri } from './resolve-uri.ts'

/** One Reference, checked. Data: no node of the document stays in it. */
export type ReferenceFact = {
  readonly id: string | undefined
  readonly uri: string | undefined
  readonly type: string | undefined
  /** URIs, in order. */
  readonly transforms: readonly string[]
  readonly digestMethod: string
  /** `undefined`: outside the white list. */
  readonly digestOid: string | undefined
  /** `absent`: it lies outside and was not given. `refused`: a defect says why. */
  readonly result: 'match' | 'mismatch' | 'absent' | 'unsupported' | 'refused'
  readonly defect: XmlDefect | undefined
  /** Path of what is signed; `/` for the document, `undefined` for what lies outside. */
  readonly path: string | undefined
  /** The digest of what it leads to. */
  readonly computed: Uint8Array | undefined
  /** The octets that were digested: an application that reads only these reads what was signed. */
  readonly octets: Uint8Array | undefined
}

/** A Reference with what it leads to, while the document is open. */
export type CheckedReference = {
  readonly fact: ReferenceFact
  readonly target: XmlElement | 'document' | undefined
  /** Do the octets that were digested show its comments? */
  readonly showsComments: boolean
}

/** What a Reference is checked in. */
export type ReferenceContext = TransformContext & {
  /** Signatures that were added after this one: they are not there. */
  readonly later: readonly ElementPlace[]
  /** What an external reference means. */
  readonly content: Uint8Array | undefined
}

/**
 * Checks the digest of one Reference (XMLDSig 1.1 §3.2.1). Nothing outside of the document is fetched;
 * what the caller gave stands for the one external reference.
 *
 * Throws `xml.too-much-work`, `xml.not-canonicalizable`.
 */
export const checkReference = (
  reference: ReferenceElement,
  context: ReferenceContext,
): CheckedReference => {
  const { views, later, content } = context
  const { id, uri, type, digestMethod, digestValue, transforms } = reference
  const digestOid = digestOidOfUri(digestMethod)
  const resolved = resolveUri(views, uri)
  const base = {
    id,
    uri,
    type,
    transforms: transforms.map((transform) => transform.uri),
    digestMethod,
    digestOid,
  }
  const refuse = (defect: XmlDefect): CheckedReference => ({
    fact: {
      ...base,
      result: 'refused',
      defect,
      path: undefined,
      computed: undefined,
      octets: undefined,
    },
    target: undefined,
    showsComments: false,
  })
  if (resolved.kind === 'refused') {
    return refuse(resolved.defect)
  }
  if (resolved.kind === 'element') {
    // For its place and its path.
    views.walk()
  }
  const target =
    resolved.kind === 'element'
      ? resolved.element
      : resolved.kind === 'document'
        ? 'document'
        : undefined
  const path = target === undefined ? undefined : target === 'document' ? '/' : pathOf(target)
  const open = (result: 'absent' | 'unsupported'): CheckedReference => ({
    fact: { ...base, result, defect: undefined, path, computed: undefined, octets: undefined },
    target,
    showsComments: false,
  })
  let start: TransformData
  if (resolved.kind === 'external') {
    if (content === undefined) {
      return open('absent')
    }
    start = { kind: 'octets', octets: content }
  } else {
    const apex = resolved.kind === 'element' ? placeOf(resolved.element) : 'document'
    const gone = later.filter((place) => apex === 'document' || placeContains(apex, place))
    if (apex !== 'document' && later.some((place) => placeContains(place, apex))) {
      return refuse('reference.unresolved')
    }
    start = { kind: 'nodes', nodes: { apex, removed: gone, comments: resolved.comments } }
  }
  const transformed = applyTransforms(start, transforms, context)
  if ('defect' in transformed) {
    return refuse(transformed.defect)
  }
  if (digestOid === undefined) {
    return open('unsupported')
  }
  const { octets, showsComments } = transformed
  const computed = digestOf(digestOid, octets)
  const isMatch = equalOctets(computed, digestValue)
  return {
    fact: {
      ...base,
      result: isMatch ? 'match' : 'mismatch',
      defect: undefined,
      path,
      computed,
      octets: isMatch ? octets : undefined,
    },
    target,
    showsComments,
  }
}
