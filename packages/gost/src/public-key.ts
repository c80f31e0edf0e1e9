/**
 * Public keys: octets x || y, each coordinate little-endian, as the OCTET STRING inside the
 * BIT STRING of a SubjectPublicKeyInfo holds them in all three countries (RFC 9215 section 4.3).
 * @module
 */
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js'
import { groupOf } from './curve-group.ts'
import { type CurveName, curveOf } from './curves.ts'
import { loadCurve } from './load-curve.ts'
import { assertOctets, concatOctets, littleEndianToNumber, numberToLittleEndian } from './octets.ts'
import { isInSubgroup } from './subgroup.ts'

/** Affine coordinates of a public key. */
export type PublicPoint = { readonly x: bigint; readonly y: bigint }

/**
 * What is wrong with a public key.
 * `length`: not twice the octets of the curve. `coordinate`: x or y is not below p.
 * `not-on-curve`: the equation does not hold; the point at infinity has no octets and (0, 0) lies on
 * no curve here. `not-in-subgroup`: of small order, or with a part of small order (cofactor 4).
 */
export type PublicKeyFault = 'length' | 'coordinate' | 'not-on-curve' | 'not-in-subgroup'

/** By the answers of a curve module. */
const ANSWERS: readonly ('valid' | PublicKeyFault)[] = [
  'valid',
  'coordinate',
  'not-on-curve',
  'not-in-subgroup',
]

type Reading =
  | { readonly ok: true; readonly point: WeierstrassPoint<bigint> }
  | { readonly ok: false; readonly fault: PublicKeyFault }

/** Reads a public key as a point of the subgroup of order q, or says what is wrong with it. */
export function readPublicPoint(name: CurveName, octets: Uint8Array): Reading {
  const curve = curveOf(name)
  const { byteLength, p, a, b, cofactor } = curve
  assertOctets(octets, 'publicKey')
  if (octets.length !== 2 * byteLength) return { ok: false, fault: 'length' }
  const x = littleEndianToNumber(octets.subarray(0, byteLength))
  const y = littleEndianToNumber(octets.subarray(byteLength))
  if (x >= p || y >= p) return { ok: false, fault: 'coordinate' }
  if ((y * y - (x * x * x + a * x + b)) % p !== 0n) return { ok: false, fault: 'not-on-curve' }
  if (cofactor !== 1 && !isInSubgroup(curve, x, y)) return { ok: false, fault: 'not-in-subgroup' }

  return { ok: true, point: groupOf(name).fromAffine({ x, y }) }
}

/**
 * Says whether octets are a public key of the curve, and if not, why.
 * Takes anything that came from outside; throws only for arguments of the wrong kind.
 */
export function checkPublicKey(curve: CurveName, publicKey: Uint8Array): 'valid' | PublicKeyFault {
  assertOctets(publicKey, 'publicKey')
  if (publicKey.length !== 2 * curveOf(curve).byteLength) return 'length'
  const instance = loadCurve(curve, 'verify')
  if (instance !== undefined) return ANSWERS[instance.examineKey(publicKey)] ?? 'not-on-curve'
  const reading = readPublicPoint(curve, publicKey)

  return reading.ok ? 'valid' : reading.fault
}

/**
 * Coordinates of a public key given as octets x || y, each little-endian.
 * @throws RangeError when the octets are not a public key of the curve (see `checkPublicKey`).
 */
export function decodePublicKey(curve: CurveName, publicKey: Uint8Array): PublicPoint {
  const reading = readPublicPoint(curve, publicKey)
  if (!reading.ok) throw new RangeError(`"publicKey" is not a key of the curve: ${reading.fault}`)
  const { x, y } = reading.point.toAffine()

  return Object.freeze({ x, y })
}

/**
 * Octets x || y, each little-endian, of a public key given by its coordinates.
 * @throws RangeError when the point is not a public key of the curve (see `checkPublicKey`).
 */
export function encodePublicKey(curve: CurveName, point: PublicPoint): Uint8Array {
  const { byteLength } = curveOf(curve)
  const octets = concatOctets(
    numberToLittleEndian(point.x, byteLength),
    numberToLittleEndian(point.y, byteLength),
  )
  decodePublicKey(curve, octets)

  return octets
}
