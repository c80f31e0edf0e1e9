/**
 * The signature of GOST R 34.10 as two numbers, and its national encodings. The equation is one in
 * all three countries; the octets are not, so a country has to be named each time.
 * @module
 */
import {
  assertOctets,
  bigEndianToNumber,
  concatOctets,
  littleEndianToNumber,
  numberToBigEndian,
  numberToLittleEndian,
} from './octets.ts'

/** Whose encoding of a signature is meant. */
export type SignatureCountry = 'RU' | 'KZ' | 'UZ'

/** A signature: RFC 7091 section 6.1, steps 4 and 5. The numbers are not checked against any curve. */
export type Signature = {
  /** Octets of r and of s: 32 for curves of 256 bits, 64 for curves of 512. */
  readonly byteLength: 32 | 64
  readonly r: bigint
  readonly s: bigint
}

const assertCountry = (country: SignatureCountry): void => {
  if (country !== 'RU' && country !== 'KZ' && country !== 'UZ') {
    throw new RangeError('"country" expected "RU", "KZ" or "UZ"')
  }
}

/**
 * Octets of a signature, 64 or 128.
 *
 * `RU` (RFC 9215 section 2, RFC 4490 section 3, XMLDSig too) and `UZ` (O'z DSt 1092): s || r, each
 * big-endian. `KZ` (certificates, CRLs, CMS and XMLDSig alike): r || s, each little-endian, that is
 * the Russian octets reversed as a whole.
 * @throws RangeError when r or s does not fit, or the country is unknown.
 */
export function encodeSignature(country: SignatureCountry, signature: Signature): Uint8Array {
  assertCountry(country)
  const { r, s, byteLength } = signature
  if (byteLength !== 32 && byteLength !== 64) {
    throw new RangeError('"byteLength" expected 32 or 64')
  }
  if (country === 'KZ') {
    return concatOctets(numberToLittleEndian(r, byteLength), numberToLittleEndian(s, byteLength))
  }

  return concatOctets(numberToBigEndian(s, byteLength), numberToBigEndian(r, byteLength))
}

/**
 * Reads the octets of a signature as `encodeSignature` writes them. Any 64 or 128 octets are read:
 * the range of r and s is for `verifyDigest` to refuse, and so is the encoding of another country,
 * which gives other numbers that do not verify.
 * @throws RangeError when the length is neither 64 nor 128, or the country is unknown.
 */
export function decodeSignature(country: SignatureCountry, octets: Uint8Array): Signature {
  assertCountry(country)
  assertOctets(octets, 'octets')
  if (octets.length !== 64 && octets.length !== 128) {
    throw new RangeError(`"octets" expected 64 or 128 octets, got ${octets.length}`)
  }
  const byteLength = octets.length === 64 ? 32 : 64
  const first = octets.subarray(0, byteLength)
  const second = octets.subarray(byteLength)
  const [r, s] =
    country === 'KZ'
      ? [littleEndianToNumber(first), littleEndianToNumber(second)]
      : [bigEndianToNumber(second), bigEndianToNumber(first)]

  return Object.freeze({ byteLength, r, s })
}
