import {
  asUniversal,
  contextChild,
  expectEnd,
  expectSequence,
  integerOf,
  isTagged,
  oidOf,
  present,
  smallIntegerOf,
} from '../asn1/access.ts'
import { stringOf } from '../asn1/access-text.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { PkiError } from '../error.ts'
import { type GeneralName, parseGeneralName } from './general-name.ts'

/** A qualifier of a policy, as encoded. */
export type PolicyQualifier = { readonly oid: string; readonly bytes: Uint8Array }

/** One certificate policy and the statements it points to. */
export type PolicyInformation = {
  readonly oid: string
  readonly cps: readonly string[]
  readonly qualifiers: readonly PolicyQualifier[]
}

/** What a CA holds to be the same policy in its own domain and that of its subject. */
export type PolicyMapping = {
  readonly issuerDomainPolicy: string
  readonly subjectDomainPolicy: string
}

/** GeneralSubtree of RFC 5280 §4.2.1.10. */
export type GeneralSubtree = {
  readonly base: GeneralName
  /** It has a minimum other than 0, or a maximum, which RFC 5280 knows no use for. */
  readonly isBounded: boolean
}

/** Which names the subjects below a CA may bear. */
export type NameConstraints = {
  /** `undefined` when nothing is said of what is permitted. */
  readonly permitted?: readonly GeneralSubtree[]
  readonly excluded?: readonly GeneralSubtree[]
}

const missing = (): PkiError =>
  new PkiError({ code: 'asn1.missing', message: 'A list must not be empty.' })

const nonEmpty = (parts: readonly Asn1Node[]): readonly Asn1Node[] => {
  if (parts.length === 0) {
    throw missing()
  }
  return parts
}

const cpsQualifier = '1.3.6.1.5.5.7.2.1'

/** certificatePolicies, RFC 5280 §4.2.1.4. */
export const parsePolicies = (
  node: Asn1Node,
): { readonly policies: readonly PolicyInformation[] } => ({
  policies: nonEmpty(expectSequence(node)).map((information): PolicyInformation => {
    const parts = expectSequence(information)
    expectEnd(parts, 2)
    const qualifiers =
      parts[1] === undefined
        ? []
        : nonEmpty(expectSequence(parts[1])).map((each) => {
            const [id, qualifier] = expectSequence(each)
            return { oid: oidOf(id), bytes: each.bytes, qualifier }
          })
    return {
      oid: oidOf(parts[0]),
      cps: qualifiers.flatMap(({ oid, qualifier }) =>
        oid === cpsQualifier ? [stringOf(qualifier)] : [],
      ),
      qualifiers: qualifiers.map(({ oid, bytes }) => ({ oid, bytes })),
    }
  }),
})

/** policyMappings, RFC 5280 §4.2.1.5. */
export const parsePolicyMappings = (
  node: Asn1Node,
): { readonly mappings: readonly PolicyMapping[] } => ({
  mappings: nonEmpty(expectSequence(node)).map((mapping) => {
    const parts = expectSequence(mapping)
    expectEnd(parts, 2)
    return { issuerDomainPolicy: oidOf(parts[0]), subjectDomainPolicy: oidOf(parts[1]) }
  }),
})

/** SkipCerts: a count of certificates, not negative. */
const skipCertsOf = (node: Asn1Node): number => {
  const count = smallIntegerOf(node)
  if (count < 0) {
    throw new PkiError({
      code: 'asn1.bad-integer',
      message: 'A count of certificates is negative.',
    })
  }
  return count
}

/** policyConstraints, RFC 5280 §4.2.1.11; an empty one says nothing and is refused. */
export const parsePolicyConstraints = (
  node: Asn1Node,
): { readonly requireExplicitPolicy?: number; readonly inhibitPolicyMapping?: number } => {
  nonEmpty(expectSequence(node))
  const count = (tag: number): number | undefined => {
    const child = contextChild(node, tag)
    return child === undefined ? undefined : skipCertsOf(asUniversal(child, universalTag.integer))
  }
  const [requireExplicitPolicy, inhibitPolicyMapping] = [count(0), count(1)]
  return {
    ...(requireExplicitPolicy === undefined ? {} : { requireExplicitPolicy }),
    ...(inhibitPolicyMapping === undefined ? {} : { inhibitPolicyMapping }),
  }
}

/** inhibitAnyPolicy, RFC 5280 §4.2.1.14. */
export const parseInhibitAnyPolicy = (node: Asn1Node): { readonly skipCerts: number } => ({
  skipCerts: skipCertsOf(node),
})

const parseSubtree = (node: Asn1Node): GeneralSubtree => {
  const [base, ...bounds] = expectSequence(node)
  const isBounded = bounds.some(
    (bound) =>
      !isTagged(bound, 'context', 0) || integerOf(asUniversal(bound, universalTag.integer)) !== 0n,
  )
  return { base: parseGeneralName(present(base)), isBounded }
}

/** nameConstraints, RFC 5280 §4.2.1.10. */
export const parseNameConstraints = (node: Asn1Node): NameConstraints => {
  const parts = expectSequence(node)
  if (!parts.every((part) => part.class === 'context' && part.tag <= 1)) {
    throw new PkiError({
      code: 'asn1.unexpected-type',
      message: 'A structure has a field that its type does not know.',
    })
  }
  const subtrees = (tag: number): readonly GeneralSubtree[] | undefined => {
    const list = contextChild(node, tag)
    return list === undefined ? undefined : nonEmpty(list.children).map(parseSubtree)
  }
  const [permitted, excluded] = [subtrees(0), subtrees(1)]
  return {
    ...(permitted === undefined ? {} : { permitted }),
    ...(excluded === undefined ? {} : { excluded }),
  }
}
