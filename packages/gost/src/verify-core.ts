import { invert } from '@noble/curves/abstract/modular.js'
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js'
import { groupOf } from './curve-group.ts'
import type { CurveParameters } from './curves.ts'
import type { Signature } from './signature.ts'

/**
 * RFC 7091 section 6.2: ranges first, then v = 1/e, z1 = sv, z2 = -rv, C = z1 P + z2 Q, and the
 * signature holds when x(C) mod q is r. The key must already be a point of the subgroup.
 */
export function verifyWithPoint(
  curve: CurveParameters,
  input: {
    readonly point: WeierstrassPoint<bigint>
    readonly e: bigint
    readonly signature: Signature
  },
): boolean {
  const { q } = curve
  const { r, s, byteLength } = input.signature
  if (byteLength !== curve.byteLength) return false
  if (r <= 0n || r >= q || s <= 0n || s >= q) return false
  const v = invert(input.e, q)
  const z1 = (s * v) % q
  const z2 = q - ((r * v) % q)
  const c = groupOf(curve.name).BASE.mulAddUnsafe(z1, input.point, z2)

  return !c.is0() && c.toAffine().x % q === r
}
