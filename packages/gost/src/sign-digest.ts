import { checkCurves } from './check-curves.ts'
import { checkHashes } from './check-hashes.ts'
import { type CurveName, curveOf } from './curves.ts'
import { deriveNonces } from './derive-nonce.ts'
import { digestNumber } from './digest-number.ts'
import { assertOctets } from './octets.ts'
import { readPrivateNumber } from './private-key.ts'
import { signWithNonce } from './sign-core.ts'
import type { Signature } from './signature.ts'

/** What `signDigest` needs. */
export type SignDigestInput = {
  readonly curve: CurveName
  /** Octets of d, little-endian, 32 or 64. */
  readonly privateKey: Uint8Array
  /** The digest octets as the hash emits them; 32 or 64, as the curve has. */
  readonly digest: Uint8Array
  /** Random octets mixed into the nonce: against faults, recommended for keys of a server. */
  readonly extraEntropy?: Uint8Array
}

/**
 * Signs a digest: GOST R 34.10-2012, RFC 7091 section 6.1. The nonce is deterministic (RFC 6979 over
 * HMAC-Streebog of the size of the curve), so without `extraEntropy` the same input gives the same
 * signature. Turn the result into octets by `encodeSignature` of the country.
 *
 * Side channels, as far as this engine goes: multiplication of the generator by a secret number is
 * noble's `multiply`, which uses fixed windows with dummy additions and blinds the scalar by random
 * multiples of q where the platform has a random source; but it rests on JavaScript's BigInt, as
 * do the products modulo q here, and BigInt takes time that depends on its values. Who can measure
 * single signatures on the same machine may learn something; keep keys that matter off shared hosts.
 *
 * @throws RangeError when the private key is not of the curve or the digest is of another length.
 */
export function signDigest(input: SignDigestInput): Signature {
  const curve = curveOf(input.curve)
  const d = readPrivateNumber(curve, input.privateKey)
  const e = digestNumber(curve, input.digest)
  if (input.extraEntropy !== undefined) assertOctets(input.extraEntropy, 'extraEntropy')
  checkHashes()
  checkCurves(curve.byteLength)
  const nonces = deriveNonces(curve, { d, e, extraEntropy: input.extraEntropy })
  for (;;) {
    const signature = signWithNonce(curve, { d, e, k: nonces.next().value })
    if (signature !== undefined) return signature
  }
}
