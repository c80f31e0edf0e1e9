/**
 * Private keys: octets of the number d, 0 < d < q, little-endian, as PKCS#8 holds them in all three
 * countries.
 * @module
 */
import { checkCurves } from './check-curves.ts'
import { groupOf } from './curve-group.ts'
import { type CurveName, type CurveParameters, curveOf } from './curves.ts'
import { loadCurve } from './load-curve.ts'
import {
  assertOctets,
  concatOctets,
  isBelowSecret,
  littleEndianToNumber,
  numberToBigEndian,
  numberToLittleEndian,
} from './octets.ts'

/**
 * Random octets of the length asked for, from a cryptographic source
 * (`crypto.getRandomValues(new Uint8Array(n))`).
 */
export type RandomBytes = (byteLength: number) => Uint8Array

/** Of draws under 2^bits, at least half are below q: 128 refusals in a row mean a broken source. */
const MAX_DRAWS = 128

/**
 * The number d of a private key.
 * @throws RangeError when the length is wrong or d is not between 0 and q; never prints the key.
 */
export function readPrivateNumber(curve: CurveParameters, privateKey: Uint8Array): bigint {
  assertOctets(privateKey, 'privateKey', curve.byteLength)
  const d = littleEndianToNumber(privateKey)
  if (d === 0n || d >= curve.q) throw new RangeError('"privateKey" is not between 0 and q')

  return d
}

/**
 * Makes a private key by rejection: draws as many bits as q has and draws again while the number is
 * zero or not below q, so that every key is equally likely.
 * @returns octets of d, little-endian.
 * @throws Error when the source gives nothing usable in 128 draws.
 */
export function generatePrivateKey(curve: CurveName, randomBytes: RandomBytes): Uint8Array {
  const { q, byteLength } = curveOf(curve)
  const order = numberToBigEndian(q, byteLength)
  const topMask = 2 ** (32 - Math.clz32(order[0] as number)) - 1
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const drawn = randomBytes(byteLength)
    assertOctets(drawn, 'randomBytes()', byteLength)
    const octets = Uint8Array.from(drawn)
    octets[byteLength - 1] = (octets[byteLength - 1] as number) & topMask
    if (isBelowSecret(octets.toReversed(), order) && octets.some((octet) => octet !== 0))
      return octets
  }
  throw new Error('the random source gives no usable number')
}

/**
 * The public key of a private one: Q = dP, octets x || y, each little-endian. Side channels are those
 * of `signDigest`, the nonce apart.
 * @throws RangeError when the private key is not one of the curve.
 */
export function derivePublicKey(curve: CurveName, privateKey: Uint8Array): Uint8Array {
  const parameters = curveOf(curve)
  const { byteLength } = parameters
  assertOctets(privateKey, 'privateKey', byteLength)
  const instance = loadCurve(curve, 'sign')
  if (instance !== undefined) {
    const publicKey = instance.derivePublic(privateKey)
    if (publicKey === undefined) throw new RangeError('"privateKey" is not between 0 and q')

    return publicKey
  }
  const d = readPrivateNumber(parameters, privateKey)
  checkCurves(byteLength)
  const { x, y } = groupOf(curve).BASE.multiply(d).toAffine()

  return concatOctets(numberToLittleEndian(x, byteLength), numberToLittleEndian(y, byteLength))
}
