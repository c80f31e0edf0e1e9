/**
 * Kuznyechik, RFC 7801 (GOST R 34.12-2015 with n = 128).
 *
 * Encryption looks up 16 tables of 256 blocks (64 KiB) at places that depend on key and data, like
 * GOST 28147-89 here: see `gost28147-core.ts` for what that means.
 * @module
 */
import { CIPHER_KEY_BYTES } from './gost28147-core.ts'
import { assertOctets, octetsOfHex, viewOf } from './octets.ts'
import { PI_HEX } from './streebog-constants.ts'

const BLOCK_BYTES = 16
const ROUNDS = 10
const WORDS = 4

/** Pi of RFC 7801 section 4.1.1, the same as that of Streebog. */
const PI = octetsOfHex(PI_HEX)
const PI_INVERSE = new Uint8Array(256)
for (let i = 0; i < 256; i++) PI_INVERSE[PI[i] as number] = i

/** Coefficients of l, RFC 7801 section 4.1.2, that of the leftmost octet first. */
const L_COEFFICIENTS = Uint8Array.of(
  ...[148, 32, 133, 16, 194, 192, 1, 251, 1, 192, 194, 16, 133, 32, 148, 1],
)

/** Product in GF(2^8) modulo x^8 + x^7 + x^6 + x + 1, RFC 7801 section 2. */
const multiply = (a: number, b: number): number => {
  let product = 0
  let shifted = a
  for (let bit = 0; bit < 8; bit++) {
    product ^= shifted & -((b >>> bit) & 1)
    shifted = (shifted << 1) ^ (0x1c3 & -((shifted >>> 7) & 1))
  }

  return product & 255
}

/** Products of each coefficient with each octet, for the shift register: made at the first key. */
let lProducts: Uint8Array | undefined

const productsOfL = (): Uint8Array => {
  if (lProducts !== undefined) return lProducts
  const products = new Uint8Array(BLOCK_BYTES * 256)
  for (let i = 0; i < BLOCK_BYTES; i++) {
    for (let octet = 0; octet < 256; octet++) {
      products[256 * i + octet] = multiply(octet, L_COEFFICIENTS[i] as number)
    }
  }
  lProducts = products

  return products
}

const l = (block: Uint8Array): number => {
  const products = productsOfL()
  let sum = 0
  for (let i = 0; i < BLOCK_BYTES; i++) sum ^= products[256 * i + (block[i] as number)] as number

  return sum
}

/** L: sixteen times R, in place (RFC 7801 section 4.2). */
const applyL = (block: Uint8Array): void => {
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const first = l(block)
    block.copyWithin(1, 0, BLOCK_BYTES - 1)
    block[0] = first
  }
}

/** The inverse of L, in place. */
const reverseL = (block: Uint8Array): void => {
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const first = block[0] as number
    block.copyWithin(0, 1)
    block[BLOCK_BYTES - 1] = first
    block[BLOCK_BYTES - 1] = l(block)
  }
}

/** LS of every octet at every place, as words: made at the first key. */
let lsTables: Int32Array | undefined

const tablesOfLs = (): Int32Array => {
  if (lsTables !== undefined) return lsTables
  const tables = new Int32Array(BLOCK_BYTES * 256 * WORDS)
  // L is linear over bits: one column a bit is enough.
  const columns = Array.from({ length: BLOCK_BYTES * 8 }, (_, at) => {
    const block = new Uint8Array(BLOCK_BYTES)
    block[at >>> 3] = 1 << (at & 7)
    applyL(block)

    return Int32Array.from({ length: WORDS }, (__, w) => viewOf(block).getInt32(4 * w))
  })
  for (let i = 0; i < BLOCK_BYTES; i++) {
    for (let octet = 0; octet < 256; octet++) {
      const image = PI[octet] as number
      for (let bit = 0; bit < 8; bit++) {
        if (((image >>> bit) & 1) === 0) continue
        const column = columns[8 * i + bit] as Int32Array
        for (let w = 0; w < WORDS; w++) {
          const at = (256 * i + octet) * WORDS + w
          tables[at] = (tables[at] as number) ^ (column[w] as number)
        }
      }
    }
  }
  lsTables = tables

  return tables
}

/** block = LS(block), in place. */
const applyLs = (block: Uint8Array): void => {
  const tables = tablesOfLs()
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let i = 0; i < BLOCK_BYTES; i++) {
    const at = (256 * i + (block[i] as number)) * WORDS
    a ^= tables[at] as number
    b ^= tables[at + 1] as number
    c ^= tables[at + 2] as number
    d ^= tables[at + 3] as number
  }
  const view = viewOf(block)
  view.setInt32(0, a)
  view.setInt32(4, b)
  view.setInt32(8, c)
  view.setInt32(12, d)
}

const xorInto = (block: Uint8Array, other: Uint8Array): void => {
  for (let i = 0; i < BLOCK_BYTES; i++) block[i] = (block[i] as number) ^ (other[i] as number)
}

/** Ten round keys out of the key, RFC 7801 section 4.3. */
const expandKey = (key: Uint8Array): readonly Uint8Array[] => {
  let first = key.slice(0, BLOCK_BYTES)
  let second = key.slice(BLOCK_BYTES)
  const roundKeys = [first, second]
  for (let i = 1; i <= 32; i++) {
    const constant = new Uint8Array(BLOCK_BYTES)
    constant[BLOCK_BYTES - 1] = i
    applyL(constant)
    const next = Uint8Array.from(first)
    xorInto(next, constant)
    applyLs(next)
    xorInto(next, second)
    second = first
    first = next
    if (i % 8 === 0) roundKeys.push(first, second)
  }

  return roundKeys
}

/** Kuznyechik under one key, on blocks of 16 octets in place. */
export class KuznyechikCore {
  readonly blockBytes = BLOCK_BYTES
  readonly #roundKeys: readonly Uint8Array[]

  constructor(key: Uint8Array) {
    assertOctets(key, 'key', CIPHER_KEY_BYTES)
    this.#roundKeys = expandKey(key)
  }

  encrypt(block: Uint8Array): void {
    for (let round = 0; round < ROUNDS; round++) {
      xorInto(block, this.#roundKeys[round] as Uint8Array)
      if (round < ROUNDS - 1) applyLs(block)
    }
  }

  decrypt(block: Uint8Array): void {
    for (let round = ROUNDS - 1; round >= 0; round--) {
      xorInto(block, this.#roundKeys[round] as Uint8Array)
      if (round === 0) return
      reverseL(block)
      for (let i = 0; i < BLOCK_BYTES; i++) block[i] = PI_INVERSE[block[i] as number] as number
    }
  }

  wipe(): void {
    for (const roundKey of this.#roundKeys) roundKey.fill(0)
  }
}
