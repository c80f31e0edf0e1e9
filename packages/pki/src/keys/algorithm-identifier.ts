import { expectEnd, expectSequence, isUniversal, oidOf } from '../asn1/access.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'

/** AlgorithmIdentifier of RFC 5280 §4.1.1.2. */
export type AlgorithmIdentifier = {
  readonly oid: string
  /** The parameters as encoded, or `null` when absent. */
  readonly parameters: Asn1Node | null
  /** The whole structure as encoded. */
  readonly bytes: Uint8Array
}

/** Reads an AlgorithmIdentifier. Throws the `asn1.*` codes of a structure that is none. */
export const parseAlgorithmIdentifier = (node: Asn1Node | undefined): AlgorithmIdentifier => {
  const parts = expectSequence(node)
  expectEnd(parts, 2)
  return {
    oid: oidOf(parts[0]),
    parameters: parts[1] ?? null,
    bytes: node?.bytes ?? new Uint8Array(),
  }
}

/** Writes an AlgorithmIdentifier; `parameters` is a whole encoded value, absent by default. */
export const encodeAlgorithmIdentifier = (oid: string, parameters?: Uint8Array): Uint8Array =>
  parameters === undefined ? der.sequence(der.oid(oid)) : der.sequence(der.oid(oid), parameters)

/**
 * Digest and signature algorithms of ours take no parameters: NULL or absence are the only forms
 * seen (kz-egov-mobile.md §11.3), and anything else is a door for malleability.
 * Throws `key.bad-parameters`.
 */
export const expectNoParameters = (algorithm: AlgorithmIdentifier): void => {
  if (algorithm.parameters !== null && !isUniversal(algorithm.parameters, universalTag.null)) {
    throw new PkiError({
      code: 'key.bad-parameters',
      message: 'An algorithm that takes no parameters carries some.',
      data: { oid: algorithm.oid },
    })
  }
}
