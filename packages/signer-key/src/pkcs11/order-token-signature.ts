import {
  concatOctets,
  type SignatureScheme,
  type SubjectPublicKeyInfo,
  verifySignatureValue,
} from '@muhr/pki'

/**
 * The Russian order of a raw signature, s ‖ r big-endian, out of whatever order the token's library has:
 * makers differ in which number stands first and in the order of octets (crypto.md §1). Only the order
 * that verifies with the public key is believed. `undefined`: none does.
 */
export function orderTokenSignature(
  value: Uint8Array,
  key: {
    readonly spki: SubjectPublicKeyInfo
    readonly scheme: SignatureScheme
    readonly data: Uint8Array
  },
): Uint8Array | undefined {
  const half = value.length / 2
  const [first, second] = [value.slice(0, half), value.slice(half)]
  const candidates = [
    value,
    concatOctets(second, first),
    value.toReversed(),
    concatOctets(first.toReversed(), second.toReversed()),
  ]

  return candidates.find((signature) => verifySignatureValue({ ...key, signature }))
}
