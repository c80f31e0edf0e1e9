import { checkCurves } from './check-curves.ts'
import { type CurveName, curveOf } from './curves.ts'
import { digestNumber } from './digest-number.ts'
import { readPublicPoint } from './public-key.ts'
import type { Signature } from './signature.ts'
import { verifyWithPoint } from './verify-core.ts'

/** What `verifyDigest` needs. */
export type VerifyDigestInput = {
  readonly curve: CurveName
  /** Octets x || y, each little-endian; 64 or 128. */
  readonly publicKey: Uint8Array
  /** The digest octets as the hash emits them; 32 or 64, as the curve has. */
  readonly digest: Uint8Array
  /** From `decodeSignature` of the country. */
  readonly signature: Signature
}

/**
 * Says whether a signature over a digest holds: GOST R 34.10-2012, RFC 7091 section 6.2.
 *
 * False, never an error, for everything hostile that a key or a signature can hold: r or s zero, not
 * below q or of another size of curve; a key of the wrong length, with coordinates not below p, off
 * the curve or of small order (`checkPublicKey` tells which). Time depends on the input: all of it
 * is public.
 *
 * @throws RangeError when the digest is not as long as the curve asks: the caller joined a key with
 *   the wrong hash, which is to be refused before, by the algorithm identifiers.
 */
export function verifyDigest(input: VerifyDigestInput): boolean {
  const curve = curveOf(input.curve)
  const e = digestNumber(curve, input.digest)
  checkCurves(curve.byteLength)
  const key = readPublicPoint(input.curve, input.publicKey)

  return key.ok && verifyWithPoint(curve, { point: key.point, e, signature: input.signature })
}
