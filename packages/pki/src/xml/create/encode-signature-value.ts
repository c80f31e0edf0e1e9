import { PkiError } from '../../error.ts'
import { readDsaSignature } from '../../keys/dsa-signature.ts'
import type { SubjectPublicKeyInfo } from '../../keys/index.ts'

const octetsOf = (number: bigint, length: number): Uint8Array => {
  const hex = number.toString(16).padStart(2 * length, '0')
  return Uint8Array.from({ length }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  )
}

/** Octets of a coordinate: P-521 has 66, every other curve an eighth of the bits in its name. */
const coordinateLength = (curve: string): number =>
  Math.ceil(Number(/\d{3}/.exec(curve)?.[0] ?? '0') / 8)

/**
 * ECDSA-Sig-Value as XMLDSig has it: r and s side by side, each as long as the order (RFC 9231 §2.3.6).
 * Throws `xml.not-signable` for a value that is none.
 */
export const encodeNumbersSideBySide = (
  signature: Uint8Array,
  { key }: SubjectPublicKeyInfo,
): Uint8Array => {
  const numbers = readDsaSignature(signature)
  const length = key.type === 'ec' ? coordinateLength(key.curve) : 0
  if (numbers === undefined || length === 0) {
    throw new PkiError({
      code: 'xml.not-signable',
      message: 'The signer gave no ECDSA signature.',
    })
  }
  return Uint8Array.of(...octetsOf(numbers.r, length), ...octetsOf(numbers.s, length))
}
