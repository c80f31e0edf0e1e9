/**
 * Digits of scalars, one signed octet each, lowest first.
 */
import { bytesOf } from './modulus.as'

/** Bit `i` and the 31 above it of a number of `bytes` octets, zeros beyond its end. */
function bitsFrom(a: usize, i: usize, bytes: usize): u32 {
  const offset = (i >> 5) << 2
  const low = offset < bytes ? u64(load<u32>(a + offset)) : 0
  const high = offset + 4 < bytes ? u64(load<u32>(a + offset + 4)) : 0

  return u32((low | (high << 32)) >> (i & 31))
}

/**
 * Non-adjacent form of width `width` (2 to 8): digits are 0 or odd, below 2^(width - 1) in size, at
 * least width - 1 zeros after each that is not 0. Writes 8 bytes + 1 digits, returns how many there
 * are up to the last that is not 0. For public numbers: the time tells the number.
 */
export function recodeSparse(dst: usize, a: usize, width: i32, bytes: usize): i32 {
  const bits = bytes << 3
  memory.fill(dst, 0, bits + 1)
  const full = (1 << width) - 1
  let carry: i32 = 0
  let count: i32 = 0
  let i: usize = 0
  while (i <= bits) {
    let digit = i32(bitsFrom(a, i, bytes)) & full
    if ((digit & 1) == carry) {
      i++
      continue
    }
    digit += carry
    carry = (digit >> (width - 1)) & 1
    digit -= carry << width
    store<i8>(dst + i, i8(digit))
    count = i32(i) + 1
    i += usize(width)
  }

  return count
}

/**
 * Signed odd digits -31, -29 ... 31 of an odd number, base 32, `count` of them; the number is below
 * 2^(5 count). Neither time nor addresses depend on it.
 */
export function recodeRegularly(dst: usize, a: usize, count: i32, bytes: usize): void {
  for (let i: i32 = 0; i != count - 1; i++) {
    const digit = i32(bitsFrom(a, usize(5 * i + 1), bytes) & 31)
    store<i8>(dst + usize(i), i8(2 * digit - 31))
  }
  const digit = i32(bitsFrom(a, usize(5 * count - 4), bytes) & 15)
  store<i8>(dst + usize(count - 1), i8(2 * digit + 1))
}

/**
 * dst = k + m q, odd, of bytes + 8 octets: m is the 64 random bits at `random` with the lowest chosen
 * so that the sum is odd (q is odd). The same point for a point of order q, with other digits each
 * time. `dst` is neither `k` nor the modulus.
 */
export function blindScalar(dst: usize, k: usize, random: usize, modulus: usize): void {
  const bytes = bytesOf(modulus)
  const parity = (load<u32>(k) & 1) ^ 1
  const low = u64((load<u32>(random) & 0xfffffffe) | parity)
  const high = u64(load<u32>(random, 4))
  let carry: u64 = 0
  for (let i: usize = 0; i != bytes; i += 4) {
    carry += low * u64(load<u32>(modulus + i))
    const word = u64(u32(carry)) + u64(load<u32>(k + i))
    store<u32>(dst + i, u32(word))
    carry = (carry >> 32) + (word >> 32)
  }
  store<u32>(dst + bytes, u32(carry))
  store<u32>(dst + bytes + 4, 0)
  carry = 0
  for (let i: usize = 0; i != bytes; i += 4) {
    carry += high * u64(load<u32>(modulus + i))
    const word = u64(u32(carry)) + u64(load<u32>(dst + i + 4))
    store<u32>(dst + i + 4, u32(word))
    carry = (carry >> 32) + (word >> 32)
  }
  store<u32>(dst + bytes + 4, u32(carry))
}

/** dst = k + q where k is even, k where it is odd, of bytes + 4 octets: what `blindScalar` adds at least. */
export function makeOdd(dst: usize, k: usize, modulus: usize): void {
  const bytes = bytesOf(modulus)
  const mask = (load<u32>(k) & 1) - 1
  let carry: u64 = 0
  for (let i: usize = 0; i != bytes; i += 4) {
    carry += u64(load<u32>(k + i)) + u64(load<u32>(modulus + i) & mask)
    store<u32>(dst + i, u32(carry))
    carry >>= 32
  }
  store<u32>(dst + bytes, u32(carry))
}
