/**
 * Arithmetic modulo an odd number m of up to 256 or 512 bits (q, or p where a plain number will do).
 * Numbers are plain little-endian words; results are below m. Time does not depend on any value.
 *
 * A modulus is a block of MODULUS_BYTES at an address that the caller chooses, made once by
 * `prepareModulus`.
 */
import { addWords, clearWords, copyWords, isBelow, isZero, subtractMasked } from './words.as'

/** Size of a prepared modulus. The number m itself stands at its beginning. */
export const MODULUS_BYTES: usize = 224
/** 2^(2 * 8 * bytes) mod m: what a number is multiplied by to enter Montgomery form. */
export const SQUARE_OFFSET: usize = 64
/** m in limbs of 30 bits, oneWords to an i32, for the inverse. */
export const LIMBS_OFFSET: usize = 128
/** -1/m mod 2^32. */
const NEGATIVE_INVERSE_OFFSET: usize = 200
/** 1/m mod 2^30. */
export const INVERSE_OFFSET: usize = 204
/** Octets of a number: 32 or 64. */
export const BYTES_OFFSET: usize = 208

export const productWords = memory.data(64)
const oneWords = memory.data(64)
const zeroWords = memory.data(64)

/** Octets of a number of this modulus: 32 or 64. */
// @ts-ignore: decorator
@inline
export function bytesOf(modulus: usize): usize {
  return load<u32>(modulus, BYTES_OFFSET)
}

/** Makes a modulus out of the odd number at `m`, of 32 or 64 octets, m > 2^(8 bytes - 32). */
export function prepareModulus(modulus: usize, m: usize, bytes: usize): void {
  copyWords(modulus, m, bytes)
  store<u32>(modulus, bytes, BYTES_OFFSET)
  const low = load<u32>(m)
  // Newton: an odd number is its own inverse mod 8; each step doubles the bits.
  let inverse = low
  for (let step = 0; step != 4; step++) inverse *= 2 - low * inverse
  store<u32>(modulus, 0 - inverse, NEGATIVE_INVERSE_OFFSET)
  store<u32>(modulus, inverse & 0x3fffffff, INVERSE_OFFSET)
  splitLimbs(modulus + LIMBS_OFFSET, modulus, bytes)

  const square = modulus + SQUARE_OFFSET
  clearWords(square, bytes)
  store<u32>(square, 1)
  for (let i: usize = 0; i != bytes << 4; i++) addModulo(square, square, square, modulus)
  store<u32>(oneWords, 1)
}

/** Writes the number of `bytes` octets in limbs of 30 bits: 9 or 18 of them. */
export function splitLimbs(dst: usize, src: usize, bytes: usize): void {
  let bits: u64 = 0
  let held: u64 = 0
  for (let i: usize = 0; i != bytes; i += 4) {
    bits |= u64(load<u32>(src + i)) << held
    held += 32
    while (held >= 30) {
      store<u32>(dst, u32(bits) & 0x3fffffff)
      dst += 4
      bits >>= 30
      held -= 30
    }
  }
  store<u32>(dst, u32(bits))
}

/** dst = a - m when that is not negative (with `carry` as the word above a), else a. a + carry < 2m. */
function subtractOnce(dst: usize, a: usize, carry: u32, modulus: usize): void {
  const bytes = bytesOf(modulus)
  const borrow = subtractMasked(dst, a, modulus, 0xffffffff, bytes)
  addMasked(dst, modulus, 0 - (borrow & ~carry), bytes)
}

function addMasked(dst: usize, b: usize, mask: u32, bytes: usize): void {
  let carry: u64 = 0
  for (let i: usize = 0; i != bytes; i += 4) {
    carry += u64(load<u32>(dst + i)) + u64(load<u32>(b + i) & mask)
    store<u32>(dst + i, u32(carry))
    carry >>= 32
  }
}

/** dst = a + b mod m, for a, b < m. Any of the three may be the same. */
export function addModulo(dst: usize, a: usize, b: usize, modulus: usize): void {
  const carry = addWords(dst, a, b, bytesOf(modulus))
  subtractOnce(dst, dst, carry, modulus)
}

/** dst = a - b mod m, for a, b < m. Any of the three may be the same. */
export function subtractModulo(dst: usize, a: usize, b: usize, modulus: usize): void {
  const bytes = bytesOf(modulus)
  const borrow = subtractMasked(dst, a, b, 0xffffffff, bytes)
  addMasked(dst, modulus, 0 - borrow, bytes)
}

/** dst = -a mod m, for a < m. */
export function negateModulo(dst: usize, a: usize, modulus: usize): void {
  subtractModulo(dst, zeroWords, a, modulus)
}

/**
 * The Montgomery product: dst = a b / 2^(8 bytes) mod m, below m, for b < m and any a of that many
 * octets. Any of the three may be the same.
 */
export function montgomeryProduct(dst: usize, a: usize, b: usize, modulus: usize): void {
  const bytes = bytesOf(modulus)
  const negativeInverse = load<u32>(modulus, NEGATIVE_INVERSE_OFFSET)
  clearWords(productWords, bytes)
  let top: u64 = 0
  for (let i: usize = 0; i != bytes; i += 4) {
    const word = u64(load<u32>(a + i))
    let sum = u64(load<u32>(productWords)) + word * u64(load<u32>(b))
    let carry = sum >> 32
    const factor = u64(u32(sum) * negativeInverse)
    let fold = (u64(u32(sum)) + factor * u64(load<u32>(modulus))) >> 32
    for (let j: usize = 4; j != bytes; j += 4) {
      sum = u64(load<u32>(productWords + j)) + word * u64(load<u32>(b + j)) + carry
      carry = sum >> 32
      fold += u64(u32(sum)) + factor * u64(load<u32>(modulus + j))
      store<u32>(productWords + j - 4, u32(fold))
      fold >>= 32
    }
    top += carry + fold
    store<u32>(productWords + bytes - 4, u32(top))
    top >>= 32
  }
  subtractOnce(dst, productWords, u32(top), modulus)
}

/** dst = a 2^(8 bytes) mod m, for any a of that many octets: into Montgomery form. */
export function toMontgomery(dst: usize, a: usize, modulus: usize): void {
  montgomeryProduct(dst, a, modulus + SQUARE_OFFSET, modulus)
}

/** dst = a / 2^(8 bytes) mod m: out of Montgomery form. */
export function fromMontgomery(dst: usize, a: usize, modulus: usize): void {
  montgomeryProduct(dst, a, oneWords, modulus)
}

/** dst = a b mod m, plain numbers; any a of that many octets, b < m. */
export function multiplyModulo(dst: usize, a: usize, b: usize, modulus: usize): void {
  montgomeryProduct(dst, a, b, modulus)
  montgomeryProduct(dst, dst, modulus + SQUARE_OFFSET, modulus)
}

/** dst = a mod m, for any a of that many octets. */
export function reduceModulo(dst: usize, a: usize, modulus: usize): void {
  toMontgomery(dst, a, modulus)
  fromMontgomery(dst, dst, modulus)
}

/**
 * dst = e: the digest octets as a little-endian number mod q, and 1 in place of 0 (RFC 7091 section
 * 6.1 step 2).
 */
export function loadDigest(dst: usize, digest: usize, q: usize): void {
  reduceModulo(dst, digest, q)
  store<u32>(dst, load<u32>(dst) | isZero(dst, bytesOf(q)))
}

/** 1 when 0 < x < m, else 0. */
export function isInRange(x: usize, modulus: usize): u32 {
  const bytes = bytesOf(modulus)

  return isBelow(x, modulus, bytes) & (isZero(x, bytes) ^ 1)
}

/** Overwrites what the last product left in the scratch area. */
export function wipeProduct(): void {
  clearWords(productWords, 64)
}
