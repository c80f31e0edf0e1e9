/**
 * Inverses modulo an odd prime by division steps (Bernstein and Yang, "Fast constant-time gcd
 * computation and modular inversion", 2019): thirty steps on the low words give a matrix, which is
 * then applied to the long numbers. Limbs of 30 bits, one to an i32, the highest signed.
 */
import {
  bytesOf,
  INVERSE_OFFSET,
  LIMBS_OFFSET,
  montgomeryProduct,
  splitLimbs,
  SQUARE_OFFSET,
} from './modulus.as'

const LIMB_MASK: i32 = 0x3fffffff
const LONGEST_LIMBS: usize = 72

export const numberF = memory.data(72)
export const numberG = memory.data(72)
export const factorD = memory.data(72)
export const factorE = memory.data(72)

// The matrix of the last thirty steps, times 2^30: (f, g) becomes (u f + v g, q f + r g).
export let matrixU: i32
export let matrixV: i32
export let matrixQ: i32
export let matrixR: i32

function startInverse(a: usize, modulus: usize): void {
  const bytes = bytesOf(modulus)
  memory.copy(numberF, modulus + LIMBS_OFFSET, LONGEST_LIMBS)
  splitLimbs(numberG, a, bytes)
  memory.fill(factorD, 0, LONGEST_LIMBS)
  memory.fill(factorE, 0, LONGEST_LIMBS)
  store<i32>(factorE, 1)
}

/** Octets of the limbs: 9 for numbers of 256 bits, 18 for 512. */
// @ts-ignore: decorator
@inline
function limbBytes(modulus: usize): usize {
  return (bytesOf(modulus) / 8) * 9
}

/** (f, g) becomes the matrix times (f, g) over 2^30. */
function updateNumbers(length: usize): void {
  const u0 = i64(matrixU)
  const v0 = i64(matrixV)
  const q0 = i64(matrixQ)
  const r0 = i64(matrixR)
  let left = i64(load<i32>(numberF))
  let right = i64(load<i32>(numberG))
  let low = (u0 * left + v0 * right) >> 30
  let high = (q0 * left + r0 * right) >> 30
  for (let i: usize = 4; i != length; i += 4) {
    left = i64(load<i32>(numberF + i))
    right = i64(load<i32>(numberG + i))
    low += u0 * left + v0 * right
    high += q0 * left + r0 * right
    store<i32>(numberF + i - 4, i32(low) & LIMB_MASK)
    store<i32>(numberG + i - 4, i32(high) & LIMB_MASK)
    low >>= 30
    high >>= 30
  }
  store<i32>(numberF + length - 4, i32(low))
  store<i32>(numberG + length - 4, i32(high))
}

/** (d, e) becomes the matrix times (d, e) over 2^30 modulo m; both stay between -2m and m. */
function updateFactors(modulus: usize): void {
  const length = limbBytes(modulus)
  const limbs = modulus + LIMBS_OFFSET
  const inverse = load<i32>(modulus, INVERSE_OFFSET)
  const u0 = i64(matrixU)
  const v0 = i64(matrixV)
  const q0 = i64(matrixQ)
  const r0 = i64(matrixR)
  const signD = load<i32>(factorD + length - 4) >> 31
  const signE = load<i32>(factorE + length - 4) >> 31
  let foldD = (matrixU & signD) + (matrixV & signE)
  let foldE = (matrixQ & signD) + (matrixR & signE)
  let left = i64(load<i32>(factorD))
  let right = i64(load<i32>(factorE))
  let low = u0 * left + v0 * right
  let high = q0 * left + r0 * right
  foldD -= (inverse * i32(low) + foldD) & LIMB_MASK
  foldE -= (inverse * i32(high) + foldE) & LIMB_MASK
  const md = i64(foldD)
  const me = i64(foldE)
  let limb = i64(load<i32>(limbs))
  low = (low + limb * md) >> 30
  high = (high + limb * me) >> 30
  for (let i: usize = 4; i != length; i += 4) {
    left = i64(load<i32>(factorD + i))
    right = i64(load<i32>(factorE + i))
    limb = i64(load<i32>(limbs + i))
    low += u0 * left + v0 * right + limb * md
    high += q0 * left + r0 * right + limb * me
    store<i32>(factorD + i - 4, i32(low) & LIMB_MASK)
    store<i32>(factorE + i - 4, i32(high) & LIMB_MASK)
    low >>= 30
    high >>= 30
  }
  store<i32>(factorD + length - 4, i32(low))
  store<i32>(factorE + length - 4, i32(high))
}

/** Thirty steps whose time depends on nothing; returns the new zeta = -(delta + 1/2). */
function stepSteadily(zeta: i32): i32 {
  let a: u32 = 1
  let b: u32 = 0
  let c: u32 = 0
  let t: u32 = 1
  let x = load<u32>(numberF) | (load<u32>(numberF, 4) << 30)
  let y = load<u32>(numberG) | (load<u32>(numberG, 4) << 30)
  for (let i = 0; i != 30; i++) {
    let swap = u32(zeta >> 31)
    const odd: u32 = 0 - (y & 1)
    y += ((x ^ swap) - swap) & odd
    c += ((a ^ swap) - swap) & odd
    t += ((b ^ swap) - swap) & odd
    swap &= odd
    zeta = (zeta ^ i32(swap)) - 1
    x += y & swap
    a = (a + (c & swap)) << 1
    b = (b + (t & swap)) << 1
    y >>= 1
  }
  matrixU = i32(a)
  matrixV = i32(b)
  matrixQ = i32(c)
  matrixR = i32(t)

  return zeta
}

/** Thirty steps as fast as the numbers allow; returns the new eta = -delta. */
function stepFast(eta: i32): i32 {
  let a: u32 = 1
  let b: u32 = 0
  let c: u32 = 0
  let t: u32 = 1
  let x = load<u32>(numberF) | (load<u32>(numberF, 4) << 30)
  let y = load<u32>(numberG) | (load<u32>(numberG, 4) << 30)
  let left: i32 = 30
  for (;;) {
    const zeros = ctz<u32>(y | (u32(0xffffffff) << left))
    y >>= zeros
    a <<= zeros
    b <<= zeros
    eta -= i32(zeros)
    left -= i32(zeros)
    if (left == 0) break
    if (eta < 0) {
      eta = -eta
      let held = x
      x = y
      y = 0 - held
      held = a
      a = c
      c = 0 - held
      held = b
      b = t
      t = 0 - held
    }
    const limit = min<i32>(eta + 1, left)
    // x (x x - 2) is -1/x modulo 64: up to six zeros are made at once.
    const factor = (y * x * (x * x - 2)) & ((1 << limit) - 1) & 63
    y += x * factor
    c += a * factor
    t += b * factor
  }
  matrixU = i32(a)
  matrixV = i32(b)
  matrixQ = i32(c)
  matrixR = i32(t)

  return eta
}

/** dst = d times the sign, brought between 0 and m, as plain words. */
function finishInverse(dst: usize, sign: i32, modulus: usize): void {
  const length = limbBytes(modulus)
  addLimbs(modulus + LIMBS_OFFSET, i64(load<i32>(factorD + length - 4) >> 31), i64(sign >> 31), length)
  addLimbs(modulus + LIMBS_OFFSET, i64(load<i32>(factorD + length - 4) >> 31), 0, length)
  let bits: u64 = 0
  let held: u64 = 0
  const end = dst + bytesOf(modulus)
  for (let i: usize = 0; i != length; i += 4) {
    bits |= u64(load<u32>(factorD + i)) << held
    held += 30
    if (held >= 32 && dst < end) {
      store<u32>(dst, u32(bits))
      dst += 4
      bits >>= 32
      held -= 32
    }
  }
}

/** d = d + (m & mask), negated when `negate` is all ones. */
function addLimbs(limbs: usize, mask: i64, negate: i64, length: usize): void {
  let carry: i64 = 0
  for (let i: usize = 0; i != length; i += 4) {
    const limb = i64(load<i32>(factorD + i)) + (i64(load<i32>(limbs + i)) & mask)
    carry += (limb ^ negate) - negate
    store<i32>(factorD + i, i != length - 4 ? i32(carry) & LIMB_MASK : i32(carry))
    carry >>= 30
  }
}

/**
 * dst = 1/a mod m for 0 <= a < m, plain numbers; 0 for 0. The time depends on the size of m alone:
 * 590 steps are enough for every number of 256 bits, 1181 for 512.
 */
export function invertSteadily(dst: usize, a: usize, modulus: usize): void {
  startInverse(a, modulus)
  const length = limbBytes(modulus)
  const batches = i32(length / 9) * 5
  let zeta: i32 = -1
  for (let i = 0; i != batches; i++) {
    zeta = stepSteadily(zeta)
    updateFactors(modulus)
    updateNumbers(length)
  }
  finishInverse(dst, load<i32>(numberF + length - 4), modulus)
}

/** dst = 1/a mod m for 0 <= a < m, plain numbers; 0 for 0. For public numbers: the time tells a. */
export function invertFast(dst: usize, a: usize, modulus: usize): void {
  startInverse(a, modulus)
  let length = limbBytes(modulus)
  let eta: i32 = -1
  for (;;) {
    eta = stepFast(eta)
    updateFactors(modulus)
    updateNumbers(length)
    let rest: i32 = 0
    for (let i: usize = 0; i != length; i += 4) rest |= load<i32>(numberG + i)
    if (rest == 0) break
    const topF = load<i32>(numberF + length - 4)
    const topG = load<i32>(numberG + length - 4)
    if (length > 8 && ((topF ^ (topF >> 31)) | (topG ^ (topG >> 31))) == 0) {
      length -= 4
      store<i32>(numberF + length - 4, load<i32>(numberF + length - 4) | (topF << 30))
      store<i32>(numberG + length - 4, load<i32>(numberG + length - 4) | (topG << 30))
    }
  }
  finishInverse(dst, load<i32>(numberF + length - 4), modulus)
}

/**
 * Replaces `count` numbers, 0 < a < m, at `numbers` by 2^(8 bytes) times their inverses: inverses in
 * Montgomery form, so that the product with a plain number is plain. One inverse in all
 * (Montgomery's trick); `scratch` takes `count` numbers. None may be 0.
 */
export function invertMany(numbers: usize, count: i32, scratch: usize, modulus: usize): void {
  const bytes = bytesOf(modulus)
  const last = usize(count - 1) * bytes
  memory.copy(scratch, numbers, bytes)
  for (let i = bytes; i <= last; i += bytes) {
    montgomeryProduct(scratch + i, scratch + i - bytes, numbers + i, modulus)
  }
  // The last product is a0 a1 ... an / R^n; its inverse times R keeps one R more at each step down.
  const inverse = scratch + last
  invertFast(inverse, inverse, modulus)
  montgomeryProduct(inverse, inverse, modulus + SQUARE_OFFSET, modulus)
  for (let i = last; i > 0; i -= bytes) {
    const number = numbers + i
    montgomeryProduct(scratch + i - bytes, inverse, scratch + i - bytes, modulus)
    montgomeryProduct(inverse, inverse, number, modulus)
    memory.copy(number, scratch + i - bytes, bytes)
  }
  memory.copy(numbers, inverse, bytes)
}

/** Overwrites what the last inverse left in the scratch area. */
export function wipeInverse(): void {
  memory.fill(numberF, 0, LONGEST_LIMBS)
  memory.fill(numberG, 0, LONGEST_LIMBS)
  memory.fill(factorD, 0, LONGEST_LIMBS)
  memory.fill(factorE, 0, LONGEST_LIMBS)
  matrixU = matrixV = matrixQ = matrixR = 0
}
