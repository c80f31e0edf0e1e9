/**
 * GostPrivateKeyParameters of CryptoPro containers and key exports (ru-cryptopro-container.md §1).
 * @module
 */
import { type CurveName, curveOf, type Gost28147Sbox } from '@muhr/gost'
import { bitsOf, expectSequence, isTagged, oidOf } from '../asn1/access.ts'
import type { Asn1Node } from '../asn1/node.ts'
import { PkiError } from '../error.ts'
import { gostSchemeOfKey } from '../keys/pkcs8.ts'
import type { GostScheme } from '../keys/schemes.ts'

/** What a container says of a key beside the key itself. */
export type CryptoProKeyParameters = {
  readonly scheme: GostScheme
  readonly curve: CurveName
  /** Octets of the number. */
  readonly byteLength: 32 | 64
  /** OIDs of parameter set and digest, as the container has them. */
  readonly parameters: readonly string[]
  /** A policy bit: whoever holds the container and its PIN may sign, but not take the key out. */
  readonly exportable: boolean
}

/** A bit of a named BIT STRING; one that is not there is 0. Throws `asn1.*`. */
export const namedBit = (node: Asn1Node | undefined, bit: number): boolean =>
  (((bitsOf(node).bytes[bit >>> 3] ?? 0) << (bit & 7)) & 0x80) !== 0

/**
 * Reads GostPrivateKeyParameters out of its parts: attributes and `[0]` the algorithm.
 *
 * Throws `cryptopro.unsupported` for an algorithm or curve that is not one of ours, `asn1.*`.
 */
export const readKeyParameters = (parts: readonly Asn1Node[]): CryptoProKeyParameters => {
  const [attributes, algorithm] = parts
  if (!isTagged(algorithm, 'context', 0)) {
    throw new PkiError({
      code: 'cryptopro.damaged',
      message: 'The parameters of the key are not packed as CryptoPro does it.',
    })
  }
  const [keyOid, sets] = algorithm.children
  const oid = oidOf(keyOid)
  const parameters = expectSequence(sets).map(oidOf)
  const scheme = gostSchemeOfKey(oid)
  const curve = scheme?.parameterSets[parameters[0] ?? '']
  if (scheme === undefined || scheme.country !== 'RU' || curve === undefined) {
    throw new PkiError({
      code: 'cryptopro.unsupported',
      message: 'The key is of an algorithm or on a curve that is not read here.',
      data: { oid, parameterSet: parameters[0] ?? null },
    })
  }
  return {
    scheme,
    curve,
    byteLength: curveOf(curve).byteLength,
    // The third OID names the cipher of key agreement; public keys do not repeat it.
    parameters: parameters.slice(0, 2),
    exportable: namedBit(attributes, 0),
  }
}

/** The substitution that a container's key and check values are under (§3). */
export const containerSbox = ({ scheme }: CryptoProKeyParameters): Gost28147Sbox =>
  scheme.id === 'ru-2001' ? 'cryptopro-a' : 'tc26-z'
