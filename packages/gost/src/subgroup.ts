import type { CurveParameters } from './curves.ts'

/** X / Z^2 and Y / Z^3; Z = 0 is the point at infinity. */
type Jacobian = { readonly x: bigint; readonly y: bigint; readonly z: bigint }

const double = ({ p, a }: CurveParameters, { x, y, z }: Jacobian): Jacobian => {
  const yy = (y * y) % p
  const s = (4n * x * yy) % p
  const zz = (z * z) % p
  const m = (3n * x * x + a * zz * zz) % p
  const x3 = (m * m - 2n * s) % p

  return { x: x3, y: (m * (s - x3) - 8n * yy * yy) % p, z: (2n * y * z) % p }
}

/** Adds the affine point (x2, y2), with every exceptional case answered. */
const addAffine = (
  curve: CurveParameters,
  left: Jacobian,
  [x2, y2]: readonly [bigint, bigint],
): Jacobian => {
  if (left.z === 0n) return { x: x2, y: y2, z: 1n }
  const { p } = curve
  const zz = (left.z * left.z) % p
  const h = (x2 * zz - left.x) % p
  const r = (y2 * zz * left.z - left.y) % p
  if (h === 0n) return r === 0n ? double(curve, left) : { x: 1n, y: 1n, z: 0n }
  const hh = (h * h) % p
  const hhh = (hh * h) % p
  const v = (left.x * hh) % p
  const x3 = (r * r - hhh - 2n * v) % p

  return { x: x3, y: (r * (v - x3) - left.y * hhh) % p, z: (left.z * h) % p }
}

/**
 * Whether a point of the curve lies in the subgroup of order q: whether q times it is infinity.
 *
 * Own arithmetic, because hostile points are exactly those that the fast formulas do not answer:
 * those are complete only in groups of odd order, and noble throws when it meets a point of order 2.
 * Left to right over the signed digits of q, taken from 3q and q as in IEEE 1363 A.10.3. Variable
 * time: for public keys alone.
 */
export function isInSubgroup(curve: CurveParameters, x: bigint, y: bigint): boolean {
  const { p, q } = curve
  const minusY = p - y
  const triple = 3n * q
  let point: Jacobian = { x, y, z: 1n }
  for (let i = BigInt(triple.toString(2).length - 2); i > 0n; i--) {
    point = double(curve, point)
    const digit = ((triple >> i) & 1n) - ((q >> i) & 1n)
    if (digit !== 0n) point = addAffine(curve, point, [x, digit > 0n ? y : minusY])
  }

  return point.z === 0n
}
