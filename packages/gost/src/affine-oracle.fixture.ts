/**
 * School-book affine arithmetic for the tests: slow, and made from nothing that it checks.
 * @module
 */
import type { CurveParameters } from './curves.ts'

/** A point, or undefined for the point at infinity. */
export type AffinePoint = { readonly x: bigint; readonly y: bigint } | undefined

const modulo = (value: bigint, p: bigint): bigint => ((value % p) + p) % p

/** value to the power of exponent modulo p. */
export function power(value: bigint, exponent: bigint, p: bigint): bigint {
  let result = 1n
  for (let base = modulo(value, p), n = exponent; n > 0n; n >>= 1n) {
    if (n & 1n) result = (result * base) % p
    base = (base * base) % p
  }

  return result
}

/** 1 / value modulo p, by the extended algorithm of Euclid. */
const inverse = (value: bigint, p: bigint): bigint => {
  let [low, high, t, u] = [modulo(value, p), p, 1n, 0n]
  while (low > 0n) {
    const quotient = high / low
    ;[low, high, t, u] = [high - quotient * low, low, u - quotient * t, t]
  }

  return modulo(u, p)
}

/** The sum of two points. */
export function add(curve: CurveParameters, left: AffinePoint, right: AffinePoint): AffinePoint {
  if (left === undefined) return right
  if (right === undefined) return left
  const { p, a } = curve
  if (left.x === right.x && modulo(left.y + right.y, p) === 0n) return undefined
  const slope =
    left.x === right.x
      ? (3n * left.x * left.x + a) * inverse(2n * left.y, p)
      : (right.y - left.y) * inverse(right.x - left.x, p)
  const x = modulo(slope * slope - left.x - right.x, p)

  return { x, y: modulo(slope * (left.x - x) - left.y, p) }
}

/** n times a point. */
export function multiply(curve: CurveParameters, n: bigint, point: AffinePoint): AffinePoint {
  let result: AffinePoint
  for (const bit of n.toString(2)) {
    result = add(curve, result, result)
    if (bit === '1') result = add(curve, result, point)
  }

  return result
}

/** Points of order 2 and 4 of a curve with cofactor 4 over p = 3 mod 4, found by search. */
export function smallOrderPoints(curve: CurveParameters): readonly { x: bigint; y: bigint }[] {
  const { p, a, b, q } = curve
  const found = new Map<bigint, { x: bigint; y: bigint }>()
  for (let x = 1n; x < 40n && found.size < 3; x++) {
    const square = modulo(x * x * x + a * x + b, p)
    const y = power(square, (p + 1n) / 4n, p)
    if ((y * y) % p !== square) continue
    const small = multiply(curve, q, { x, y })
    for (const point of [small, add(curve, small, small)]) {
      if (point !== undefined) found.set(point.x, point)
    }
  }

  return [...found.values()]
}
