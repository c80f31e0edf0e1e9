/**
 * The two factors of RFC 7091 section 6.2: z1 = s / e, z2 = -r / e modulo q.
 */
import { bytesOf, montgomeryProduct, negateModulo } from './modulus.as'
import { addWords, isBelow } from './words.as'

/**
 * Writes z1 and z2 for one signature, 0 < r, s < q, and `inverse` = 2^(8 bytes) / e as `invertMany`
 * gives it. `z1` and `z2` are none of the inputs.
 */
export function findFactors(
  z1: usize,
  z2: usize,
  r: usize,
  s: usize,
  inverse: usize,
  q: usize,
): void {
  montgomeryProduct(z1, s, inverse, q)
  montgomeryProduct(z2, r, inverse, q)
  negateModulo(z2, z2, q)
}

/**
 * Next number that is r modulo q: x = x + q. 1 when it is still below p, so that a coordinate may
 * equal it, else 0 (and x is then of no use). With cofactor 4 there are up to four such numbers.
 */
export function advanceCandidate(x: usize, q: usize, p: usize): u32 {
  const bytes = bytesOf(q)
  const carry = addWords(x, x, q, bytes)

  return isBelow(x, p, bytes) & (carry ^ 1)
}
