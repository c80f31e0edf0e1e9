/**
 * Triple DES with three keys (FIPS 46-3, ANSI X9.52) in CBC mode: old PKCS#12 stores are encrypted
 * with it, and browsers do not have it. For those stores only; its table look-ups depend on the key.
 * @module
 */

/** IP as FIPS 46-3 prints it: bit numbers, 1 the most significant. */
const INITIAL = Array.from({ length: 64 }, (_, i) => {
  const row = i >>> 3
  return (row < 4 ? 58 + 2 * row : 57 + 2 * (row - 4)) - 8 * (i & 7)
})
/** IP^-1. */
const FINAL = Array.from({ length: 64 }, (_, i) => INITIAL.indexOf(i + 1) + 1)
const PERMUTATION = [
  ...[16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10],
  ...[2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25],
]
const CHOICE_1 = [
  ...[57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3],
  ...[60, 52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37],
  ...[29, 21, 13, 5, 28, 20, 12, 4],
]
const CHOICE_2 = [
  ...[14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2],
  ...[41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29],
  32,
]
const ROTATIONS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]
/** S1 to S8, four rows of sixteen digits each. */
const SUBSTITUTIONS = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
].map((rows) => rows.replaceAll(' ', ''))

const BLOCK_BYTES = 8

/** Picks bits of a number of `width` bits given as two words, most significant first. */
const pick = (
  bits: readonly number[],
  { high, low, width }: { readonly high: number; readonly low: number; readonly width: number },
): readonly [number, number] => {
  const half = width / 2
  const picked = [0, 0]
  bits.forEach((bit, at) => {
    const value = bit <= half ? (high >>> (half - bit)) & 1 : (low >>> (width - bit)) & 1
    const word = at < bits.length / 2 ? 0 : 1
    picked[word] = ((picked[word] ?? 0) << 1) | value
  })
  return [picked[0] ?? 0, picked[1] ?? 0]
}

/** S and P of each group of six bits, joined: entry `64 i + value`. */
const ROUND_TABLE = new Int32Array(8 * 64)
for (let i = 0; i < 8; i += 1) {
  for (let value = 0; value < 64; value += 1) {
    const row = ((value >>> 4) & 2) | (value & 1)
    const digit = (SUBSTITUTIONS[i] ?? '').charAt(16 * row + ((value >>> 1) & 15))
    const word = Number.parseInt(digit, 16) << (28 - 4 * i)
    const [high, low] = pick(PERMUTATION, { high: word >>> 16, low: word & 0xffff, width: 32 })
    ROUND_TABLE[64 * i + value] = (high << 16) | low
  }
}

/** Sixteen round keys of eight groups of six bits. */
const expandKey = (key: Uint8Array): Uint8Array => {
  const view = new DataView(key.buffer, key.byteOffset, BLOCK_BYTES)
  let [c, d] = pick(CHOICE_1, { high: view.getUint32(0), low: view.getUint32(4), width: 64 })
  const groups = new Uint8Array(16 * 8)
  const turn = (half: number, by: number): number =>
    ((half << by) | (half >>> (28 - by))) & 0xfffffff
  ROTATIONS.forEach((by, round) => {
    c = turn(c, by)
    d = turn(d, by)
    const [high, low] = pick(CHOICE_2, { high: c, low: d, width: 56 })
    for (let i = 0; i < 4; i += 1) {
      groups[8 * round + i] = (high >>> (18 - 6 * i)) & 63
      groups[8 * round + 4 + i] = (low >>> (18 - 6 * i)) & 63
    }
  })
  return groups
}

type Halves = { left: number; right: number }

/** Sixteen rounds without the permutations at the ends, and the exchange of halves after them. */
const runRounds = (halves: Halves, keys: Uint8Array, direction: 1 | -1): void => {
  let { left, right } = halves
  for (let step = 0; step < 16; step += 1) {
    const at = 8 * (direction === 1 ? step : 15 - step)
    let sum = 0
    for (let i = 0; i < 8; i += 1) {
      const by = (5 + 4 * i) & 31
      const group = ((right << by) | (right >>> (32 - by))) & 63
      sum ^= ROUND_TABLE[64 * i + (group ^ (keys[at + i] ?? 0))] ?? 0
    }
    const next = left ^ sum
    left = right
    right = next
  }
  halves.left = right
  halves.right = left
}

type TripleKey = readonly [Uint8Array, Uint8Array, Uint8Array]

const expandTriple = (key: Uint8Array): TripleKey => [
  expandKey(key.subarray(0, 8)),
  expandKey(key.subarray(8, 16)),
  expandKey(key.subarray(16, 24)),
]

const cryptBlock = (view: DataView, at: number, keys: TripleKey, direction: 1 | -1): void => {
  const [left, right] = pick(INITIAL, {
    high: view.getUint32(at),
    low: view.getUint32(at + 4),
    width: 64,
  })
  const halves = { left, right }
  const [first, second, third] = direction === 1 ? keys : [keys[2], keys[1], keys[0]]
  runRounds(halves, first, direction)
  runRounds(halves, second, direction === 1 ? -1 : 1)
  runRounds(halves, third, direction)
  const [high, low] = pick(FINAL, { high: halves.left, low: halves.right, width: 64 })
  view.setInt32(at, high)
  view.setInt32(at + 4, low)
}

const xorBlock = (target: Uint8Array, at: number, other: Uint8Array): void => {
  for (let i = 0; i < BLOCK_BYTES; i += 1) {
    target[at + i] = (target[at + i] ?? 0) ^ (other[i] ?? 0)
  }
}

type KeyAndIv = { readonly key: Uint8Array; readonly iv: Uint8Array }

/** CBC encryption of whole blocks of 8 octets under a key of 24. */
export const encryptTripleDesCbc = ({ key, iv }: KeyAndIv, octets: Uint8Array): Uint8Array => {
  const keys = expandTriple(key)
  const result = Uint8Array.from(octets)
  const view = new DataView(result.buffer)
  let previous = iv
  for (let at = 0; at < result.length; at += BLOCK_BYTES) {
    xorBlock(result, at, previous)
    cryptBlock(view, at, keys, 1)
    previous = result.subarray(at, at + BLOCK_BYTES)
  }
  return result
}

/** CBC decryption of whole blocks of 8 octets under a key of 24. */
export const decryptTripleDesCbc = ({ key, iv }: KeyAndIv, octets: Uint8Array): Uint8Array => {
  const keys = expandTriple(key)
  const result = Uint8Array.from(octets)
  const view = new DataView(result.buffer)
  let previous = iv
  for (let at = 0; at < result.length; at += BLOCK_BYTES) {
    cryptBlock(view, at, keys, -1)
    xorBlock(result, at, previous)
    previous = octets.subarray(at, at + BLOCK_BYTES)
  }
  return result
}
