import { groupOf } from './curve-group.ts'
import type { CurveParameters } from './curves.ts'
import type { Signature } from './signature.ts'

/**
 * RFC 7091 section 6.1 with a given nonce: r = x(kP) mod q, s = rd + ke mod q.
 * Undefined where r or s is zero: the caller takes another nonce.
 */
export function signWithNonce(
  curve: CurveParameters,
  numbers: { readonly d: bigint; readonly e: bigint; readonly k: bigint },
): Signature | undefined {
  const { d, e, k } = numbers
  const { q, byteLength } = curve
  const r = groupOf(curve.name).BASE.multiply(k).toAffine().x % q
  if (r === 0n) return undefined
  const s = (r * d + k * e) % q
  if (s === 0n) return undefined

  return Object.freeze({ byteLength, r, s })
}
