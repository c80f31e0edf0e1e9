import { algorithmUri, c14nAlgorithm } from './algorithms.ts'
import type { XmlSignatureFact } from './gather-signatures.ts'

/** How signatures of a document break the profile of one enveloped signature. */
export type XmlProfileBreach =
  | 'several-signatures'
  | 'not-child-of-root'
  | 'several-references'
  | 'reference-uri'
  | 'transforms'
  | 'properties'

/**
 * The profile of results of eGov (kz-egov-mobile.md §14): exactly one signature, a child of the root, with
 * one Reference to the whole document by `URI=""`, enveloped and canonicalised and nothing more. Empty:
 * the signature keeps it.
 */
export const singleEnvelopedBreaches = (
  fact: XmlSignatureFact,
  all: readonly XmlSignatureFact[],
): readonly XmlProfileBreach[] => {
  const [reference] = fact.references
  const [first, second, ...more] = reference?.transforms ?? []
  const isPlain =
    first === algorithmUri.enveloped &&
    (second === undefined || c14nAlgorithm(second) !== undefined) &&
    more.length === 0
  const breaches: readonly (readonly [XmlProfileBreach, boolean])[] = [
    ['several-signatures', all.length !== 1],
    ['not-child-of-root', !fact.isChildOfRoot],
    ['several-references', fact.references.length !== 1],
    ['reference-uri', reference?.uri !== ''],
    ['transforms', !isPlain],
    ['properties', fact.properties !== undefined],
  ]
  return breaches.filter(([, isBroken]) => isBroken).map(([breach]) => breach)
}
