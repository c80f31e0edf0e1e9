/**
 * Point arithmetic of a curve, by @noble/curves; made at the first use of each curve.
 * @module
 */
import { type WeierstrassPointCons, weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { type CurveName, curveOf } from './curves.ts'

/** The group of one curve in projective coordinates, with complete addition formulas. */
export type CurveGroup = WeierstrassPointCons<bigint>

const groups = new Map<CurveName, CurveGroup>()

/** The group of a curve; the same object at every call. */
export function groupOf(name: CurveName): CurveGroup {
  const known = groups.get(name)
  if (known !== undefined) return known
  const { p, a, b, q, x, y, cofactor } = curveOf(name)
  const group = weierstrass({ p, a, b, n: q, h: BigInt(cofactor), Gx: x, Gy: y })
  groups.set(name, group)

  return group
}
