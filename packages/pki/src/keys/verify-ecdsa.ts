import type { ECDSA } from '@noble/curves/abstract/weierstrass.js'
import { brainpoolP256r1, brainpoolP384r1, brainpoolP512r1 } from '@noble/curves/misc.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { readDsaSignature } from './dsa-signature.ts'
import type { EcCurveName, EcPublicKey } from './spki.ts'

const curves: Readonly<Record<EcCurveName, ECDSA>> = {
  'P-256': p256,
  'P-384': p384,
  'P-521': p521,
  brainpoolP256r1,
  brainpoolP384r1,
  brainpoolP512r1,
}

/** The point of a key, or `undefined` when it is none of its curve (SEC 1 §2.3.4, infinity included). */
const pointOf = (key: EcPublicKey): InstanceType<ECDSA['Point']> | undefined => {
  const { Point } = curves[key.curve]
  try {
    const point = Point.fromBytes(key.point)
    point.assertValidity()
    return point
  } catch {
    return undefined
  }
}

/** Is the key a point of its curve, and not infinity? All curves here have cofactor 1. */
export const isPointOfCurve = (key: EcPublicKey): boolean => pointOf(key) !== undefined

/** Octets of `value`, big-endian, filled up to `length`; `undefined` when it does not fit. */
const fixedOctets = (value: bigint, length: number): Uint8Array | undefined => {
  const octets = new Uint8Array(length)
  let rest = value
  for (let index = length - 1; index >= 0; index -= 1) {
    octets[index] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return rest === 0n ? octets : undefined
}

/**
 * ECDSA verification of FIPS 186-5 §6.4.2. The signature is ECDSA-Sig-Value in strict DER (RFC 3279
 * §2.2.3); the digest is cut to the leftmost bits of the order. False for everything that a hostile
 * signature or key can be.
 */
export const verifyEcdsaDigest = (
  key: EcPublicKey,
  { digest, signature }: { readonly digest: Uint8Array; readonly signature: Uint8Array },
): boolean => {
  const curve = curves[key.curve]
  const values = readDsaSignature(signature)
  const point = pointOf(key)
  const { BYTES: length, ORDER: order } = curve.Point.Fn
  if (
    values === undefined ||
    point === undefined ||
    values.r < 1n ||
    values.r >= order ||
    values.s < 1n ||
    values.s >= order
  ) {
    return false
  }
  const r = fixedOctets(values.r, length)
  const s = fixedOctets(values.s, length)
  if (r === undefined || s === undefined) {
    return false
  }
  const compact = new Uint8Array(2 * length)
  compact.set(r)
  compact.set(s, length)
  // X.509 knows no rule of low s: both halves are right (FIPS 186-5 §6.4).
  return curve.verify(compact, digest, key.point, {
    prehash: false,
    lowS: false,
    format: 'compact',
  })
}
