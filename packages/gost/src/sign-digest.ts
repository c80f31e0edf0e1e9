import { checkCurves } from './check-curves.ts'
import { checkHashes } from './check-hashes.ts'
import { type CurveName, type CurveParameters, curveOf } from './curves.ts'
import { nonceLimit, useNonces } from './derive-nonce.ts'
import { digestNumber } from './digest-number.ts'
import { loadCurve } from './load-curve.ts'
import { assertOctets, bigEndianToNumber, numberToBigEndian } from './octets.ts'
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
 * Side channels. In WebAssembly nothing branches on the private key, the nonce or their digits, and no
 * address comes from them: every entry of a comb is read, the nonce is hidden by a random multiple of
 * q, coordinates by a random factor, inverses take the same steps for every number, and the secret
 * memory of the module is overwritten before the call returns. What remains: the nonce is derived with
 * Streebog, whose look-ups depend on the data, so who shares the processor's caches may learn
 * something of it; an engine may compile WebAssembly as it likes; copies of the key that JavaScript
 * makes are overwritten where they are known, but its collector is not asked; and the random source of
 * the platform is trusted. Keys that matter do not belong on shared hosts.
 * Where WebAssembly is missing (`gostBackend` says `typescript`), signing rests on BigInt, whose time
 * depends on its values, and on noble's `multiply` with fixed windows and blinded scalars.
 *
 * @throws RangeError when the private key is not of the curve or the digest is of another length.
 */
export function signDigest(input: SignDigestInput): Signature {
  const curve = curveOf(input.curve)
  const { byteLength } = curve
  const { privateKey, digest, extraEntropy } = input
  assertOctets(privateKey, 'privateKey', byteLength)
  assertOctets(digest, 'digest', byteLength)
  if (extraEntropy !== undefined) assertOctets(extraEntropy, 'extraEntropy')
  checkHashes()
  const instance = loadCurve(input.curve, 'sign')
  if (instance === undefined) return signInTypescript(curve, input)
  const made = instance.sign({ privateKey, digest, extraEntropy })
  if (made === undefined) throw new RangeError('"privateKey" is not between 0 and q')

  return Object.freeze({ byteLength, ...made })
}

function signInTypescript(
  curve: CurveParameters,
  { privateKey, digest, extraEntropy }: SignDigestInput,
): Signature {
  const d = readPrivateNumber(curve, privateKey)
  const e = digestNumber(curve, digest)
  checkCurves(curve.byteLength)
  const { byteLength, q } = curve
  const excessBits = BigInt(byteLength * 8 - q.toString(2).length)
  const input = {
    byteLength,
    limit: nonceLimit(curve),
    d: numberToBigEndian(d, byteLength),
    e: numberToBigEndian(e, byteLength),
    extraEntropy,
  }
  let signature: Signature | undefined
  useNonces(input, (nonce) => {
    const k = bigEndianToNumber(nonce) >> excessBits
    signature = k === 0n ? undefined : signWithNonce(curve, { d, e, k })

    return signature !== undefined
  })
  if (signature === undefined) throw new Error('no nonce gave a signature')

  return signature
}
