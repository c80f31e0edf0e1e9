/**
 * Plain numbers: little-endian octets in memory, handled as 32-bit words; `bytes` is 32 or 64.
 * Nothing here branches on a value or takes an address from one.
 */

/** Copies octets in reversed order: between big-endian and little-endian. `dst` is not `src`. */
export function reverseOctets(dst: usize, src: usize, bytes: usize): void {
  for (let i: usize = 0; i != bytes; i++) store<u8>(dst + i, load<u8>(src + bytes - 1 - i))
}

export function copyWords(dst: usize, src: usize, bytes: usize): void {
  for (let i: usize = 0; i != bytes; i += 4) store<u32>(dst + i, load<u32>(src + i))
}

export function clearWords(dst: usize, bytes: usize): void {
  for (let i: usize = 0; i != bytes; i += 4) store<u32>(dst + i, 0)
}

/** 1 when the number is zero, else 0. */
export function isZero(a: usize, bytes: usize): u32 {
  let all: u32 = 0
  for (let i: usize = 0; i != bytes; i += 4) all |= load<u32>(a + i)

  return u32((u64(all) - 1) >> 63)
}

/** 1 when both are the same number, else 0. */
export function isEqual(a: usize, b: usize, bytes: usize): u32 {
  let all: u32 = 0
  for (let i: usize = 0; i != bytes; i += 4) all |= load<u32>(a + i) ^ load<u32>(b + i)

  return u32((u64(all) - 1) >> 63)
}

/** 1 when a < b, else 0. */
export function isBelow(a: usize, b: usize, bytes: usize): u32 {
  let borrow: u64 = 0
  for (let i: usize = 0; i != bytes; i += 4) {
    borrow = (u64(load<u32>(a + i)) - u64(load<u32>(b + i)) - borrow) >> 63
  }

  return u32(borrow)
}

/** dst = a + b, the carry returned. Any of the three may be the same. */
export function addWords(dst: usize, a: usize, b: usize, bytes: usize): u32 {
  let carry: u64 = 0
  for (let i: usize = 0; i != bytes; i += 4) {
    carry += u64(load<u32>(a + i)) + u64(load<u32>(b + i))
    store<u32>(dst + i, u32(carry))
    carry >>= 32
  }

  return u32(carry)
}

/** dst = a - (b & mask), the borrow returned; mask is 0 or all ones. Any may be the same. */
export function subtractMasked(dst: usize, a: usize, b: usize, mask: u32, bytes: usize): u32 {
  let borrow: u64 = 0
  for (let i: usize = 0; i != bytes; i += 4) {
    const difference = u64(load<u32>(a + i)) - u64(load<u32>(b + i) & mask) - borrow
    store<u32>(dst + i, u32(difference))
    borrow = difference >> 63
  }

  return u32(borrow)
}

/** dst = mask ? b : a, for a mask of 0 or all ones. */
export function selectWords(dst: usize, a: usize, b: usize, mask: u32, bytes: usize): void {
  for (let i: usize = 0; i != bytes; i += 4) {
    const left = load<u32>(a + i)
    store<u32>(dst + i, left ^ ((left ^ load<u32>(b + i)) & mask))
  }
}
