/**
 * GOST R 34.11-2012 "Streebog" (RFC 6986): the algorithm alone, without the start-up check.
 * Substitution, permutation and linear transformation are joined in eight tables of 256 64-bit
 * entries, kept as pairs of 32-bit halves because JavaScript has no fast 64-bit integer.
 * Table look-ups depend on the data: a neighbour on a shared host may time the cache.
 * @module
 */
import { assertOctets, octetsOfHex } from './octets.ts'
import { A_ROWS_HEX, C_HEX, PI_HEX } from './streebog-constants.ts'

/** A running hash. After `digest` it takes nothing more. */
export type Hasher = {
  /** Octets of the digest. */
  readonly byteLength: number
  /** Takes the next octets of the message; any length, also none. Throws after `digest`. */
  update(octets: Uint8Array): Hasher
  /** Ends the message and gives the digest octets, in the order every deployed encoder emits them. */
  digest(): Uint8Array
}

const BLOCK_BYTES = 64
const WORDS = 16

const T_LOW = new Int32Array(8 * 256)
const T_HIGH = new Int32Array(8 * 256)

let areTablesFilled = false

/** Fills entry `256 j + octet` with both halves of l(Pi(octet) at octet place j), at the first call. */
const fillTables = (): void => {
  if (areTablesFilled) return
  areTablesFilled = true
  const pi = octetsOfHex(PI_HEX)
  const rows = A_ROWS_HEX.map((row) => ({
    low: Number.parseInt(row.slice(8), 16),
    high: Number.parseInt(row.slice(0, 8), 16),
  })).toReversed()
  for (let place = 0; place < 8; place++) {
    for (let octet = 0; octet < 256; octet++) {
      const image = pi[octet] as number
      rows.slice(8 * place, 8 * place + 8).forEach((row, bit) => {
        if (((image >>> bit) & 1) === 0) return
        T_LOW[256 * place + octet] = (T_LOW[256 * place + octet] as number) ^ row.low
        T_HIGH[256 * place + octet] = (T_HIGH[256 * place + octet] as number) ^ row.high
      })
    }
  }
}

const readWords = (octets: Uint8Array, offset: number, words: Int32Array): void => {
  for (let i = 0, at = offset; i < WORDS; i++, at += 4) {
    words[i] =
      (octets[at] as number) |
      ((octets[at + 1] as number) << 8) |
      ((octets[at + 2] as number) << 16) |
      ((octets[at + 3] as number) << 24)
  }
}

const ROUND_KEYS = C_HEX.map((hex) => {
  const words = new Int32Array(WORDS)
  readWords(octetsOfHex(hex).reverse(), 0, words)

  return words
})

/**
 * `to` = LPS(`a` xor `b`), RFC 6986 section 6; `to` may be `a` or `b`.
 * P takes octet i of input word j to octet j of output word i, so each pass of the loop gathers
 * one octet of all eight input words: first from their low halves, then from their high halves.
 */
const xorLps = (to: Int32Array, a: Int32Array, b: Int32Array): void => {
  const low = T_LOW
  const high = T_HIGH
  const l0 = (a[0] as number) ^ (b[0] as number)
  const h0 = (a[1] as number) ^ (b[1] as number)
  const l1 = (a[2] as number) ^ (b[2] as number)
  const h1 = (a[3] as number) ^ (b[3] as number)
  const l2 = (a[4] as number) ^ (b[4] as number)
  const h2 = (a[5] as number) ^ (b[5] as number)
  const l3 = (a[6] as number) ^ (b[6] as number)
  const h3 = (a[7] as number) ^ (b[7] as number)
  const l4 = (a[8] as number) ^ (b[8] as number)
  const h4 = (a[9] as number) ^ (b[9] as number)
  const l5 = (a[10] as number) ^ (b[10] as number)
  const h5 = (a[11] as number) ^ (b[11] as number)
  const l6 = (a[12] as number) ^ (b[12] as number)
  const h6 = (a[13] as number) ^ (b[13] as number)
  const l7 = (a[14] as number) ^ (b[14] as number)
  const h7 = (a[15] as number) ^ (b[15] as number)
  for (let i = 0, shift = 0; i < 8; i += 2, shift += 8) {
    let x0 = (l0 >>> shift) & 255
    let x1 = ((l1 >>> shift) & 255) | 256
    let x2 = ((l2 >>> shift) & 255) | 512
    let x3 = ((l3 >>> shift) & 255) | 768
    let x4 = ((l4 >>> shift) & 255) | 1024
    let x5 = ((l5 >>> shift) & 255) | 1280
    let x6 = ((l6 >>> shift) & 255) | 1536
    let x7 = ((l7 >>> shift) & 255) | 1792
    to[i] =
      (low[x0] as number) ^
      (low[x1] as number) ^
      (low[x2] as number) ^
      (low[x3] as number) ^
      (low[x4] as number) ^
      (low[x5] as number) ^
      (low[x6] as number) ^
      (low[x7] as number)
    to[i + 1] =
      (high[x0] as number) ^
      (high[x1] as number) ^
      (high[x2] as number) ^
      (high[x3] as number) ^
      (high[x4] as number) ^
      (high[x5] as number) ^
      (high[x6] as number) ^
      (high[x7] as number)
    x0 = (h0 >>> shift) & 255
    x1 = ((h1 >>> shift) & 255) | 256
    x2 = ((h2 >>> shift) & 255) | 512
    x3 = ((h3 >>> shift) & 255) | 768
    x4 = ((h4 >>> shift) & 255) | 1024
    x5 = ((h5 >>> shift) & 255) | 1280
    x6 = ((h6 >>> shift) & 255) | 1536
    x7 = ((h7 >>> shift) & 255) | 1792
    to[i + 8] =
      (low[x0] as number) ^
      (low[x1] as number) ^
      (low[x2] as number) ^
      (low[x3] as number) ^
      (low[x4] as number) ^
      (low[x5] as number) ^
      (low[x6] as number) ^
      (low[x7] as number)
    to[i + 9] =
      (high[x0] as number) ^
      (high[x1] as number) ^
      (high[x2] as number) ^
      (high[x3] as number) ^
      (high[x4] as number) ^
      (high[x5] as number) ^
      (high[x6] as number) ^
      (high[x7] as number)
  }
}

/** One hash computation: h, N and Sigma of RFC 6986 section 8, and the unfinished block. */
export class StreebogTypescript implements Hasher {
  readonly byteLength: number
  readonly #h = new Int32Array(WORDS)
  readonly #sum = new Int32Array(WORDS)
  readonly #state = new Int32Array(WORDS)
  readonly #key = new Int32Array(WORDS)
  readonly #message = new Int32Array(WORDS)
  readonly #length = new Int32Array(WORDS)
  readonly #block = new Uint8Array(BLOCK_BYTES)
  #filled = 0
  #blocks = 0
  #isDone = false

  constructor(byteLength: 32 | 64) {
    fillTables()
    this.byteLength = byteLength
    if (byteLength === 32) this.#h.fill(0x01010101)
  }

  update(octets: Uint8Array): this {
    assertOctets(octets, 'octets')
    if (this.#isDone) throw new TypeError('the hash is already finished')
    let at = 0
    if (this.#filled > 0) {
      at = Math.min(BLOCK_BYTES - this.#filled, octets.length)
      this.#block.set(octets.subarray(0, at), this.#filled)
      this.#filled += at
      if (this.#filled < BLOCK_BYTES) return this
      this.#take(this.#block, 0)
      this.#filled = 0
    }
    for (; at + BLOCK_BYTES <= octets.length; at += BLOCK_BYTES) this.#take(octets, at)
    this.#block.set(octets.subarray(at))
    this.#filled = octets.length - at

    return this
  }

  digest(): Uint8Array {
    if (this.#isDone) throw new TypeError('the hash is already finished')
    this.#isDone = true
    this.#block.fill(0, this.#filled)
    this.#block[this.#filled] = 1
    readWords(this.#block, 0, this.#message)
    this.#setLength(0)
    this.#compress(this.#message)
    this.#add(this.#message)
    this.#setLength(this.#filled * 8)
    const length = this.#length.slice()
    this.#length.fill(0)
    this.#compress(length)
    this.#compress(this.#sum)
    const octets = new Uint8Array(BLOCK_BYTES)
    const view = new DataView(octets.buffer)
    this.#h.forEach((word, i) => {
      view.setInt32(i * 4, word, true)
    })

    return octets.slice(BLOCK_BYTES - this.byteLength)
  }

  #take(octets: Uint8Array, offset: number): void {
    readWords(octets, offset, this.#message)
    this.#setLength(0)
    this.#compress(this.#message)
    this.#add(this.#message)
    this.#blocks++
  }

  /** N = 512 times the whole blocks taken so far, plus the bits of an unfinished one. */
  #setLength(extraBits: number): void {
    this.#length[0] = ((this.#blocks % 2 ** 23) * 512) | extraBits
    this.#length[1] = Math.floor(this.#blocks / 2 ** 23)
  }

  /** h = g_N(h, m), RFC 6986 section 8. */
  #compress(m: Int32Array): void {
    const h = this.#h
    const key = this.#key
    const state = this.#state
    xorLps(key, h, this.#length)
    xorLps(state, m, key)
    for (let i = 0; i < 11; i++) {
      xorLps(key, key, ROUND_KEYS[i] as Int32Array)
      xorLps(state, state, key)
    }
    xorLps(key, key, ROUND_KEYS[11] as Int32Array)
    for (let i = 0; i < WORDS; i++) {
      h[i] = (h[i] as number) ^ (m[i] as number) ^ (key[i] as number) ^ (state[i] as number)
    }
  }

  /** Sigma = Sigma + m modulo 2^512. */
  #add(m: Int32Array): void {
    const sum = this.#sum
    let carry = 0
    for (let i = 0; i < WORDS; i++) {
      const total = ((sum[i] as number) >>> 0) + ((m[i] as number) >>> 0) + carry
      sum[i] = total | 0
      carry = total > 0xffffffff ? 1 : 0
    }
  }
}
