import type { CurveParameters } from './curves.ts'
import { assertOctets, littleEndianToNumber } from './octets.ts'

/**
 * The number e that is signed: the digest octets, as the hash emits them, read little-endian, modulo
 * q, and 1 in place of 0 (RFC 7091 section 6.1 step 2; the RFC prints digests reversed).
 * @throws RangeError when the digest is not as long as the curve asks.
 */
export function digestNumber(curve: CurveParameters, digest: Uint8Array): bigint {
  assertOctets(digest, 'digest', curve.byteLength)
  const e = littleEndianToNumber(digest) % curve.q

  return e === 0n ? 1n : e
}
