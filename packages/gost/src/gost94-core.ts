/**
 * GOST R 34.11-94 (RFC 5831; in Kazakhstan GOST 34.311-95): the algorithm alone, without the
 * start-up check. Old and weak against collisions by today's measure: for verification of objects
 * that exist, never for new signatures.
 * @module
 */
import { assertOctets } from './octets.ts'
import type { Hasher } from './streebog-core.ts'

/**
 * Which substitution of the block cipher is used.
 * `d-test`: id-GostR3411-94-TestParamSet, Kazakhstan (1.2.398.3.10.1.3.1).
 * `cryptopro`: id-GostR3411-94-CryptoProParamSet, Russia (1.2.643.2.2.9) and Uzbekistan.
 */
export type Gost94Sbox = 'd-test' | 'cryptopro'

/** Rows as RFC 4357 section 11.2 prints them, one hexadecimal digit an entry, lowest nibble first. */
const SBOX_ROWS: Readonly<Record<Gost94Sbox, readonly string[]>> = {
  'd-test': [
    '4A92D80E6B1C7F53',
    'EB4C6DFA23810759',
    '581DA342EFC7609B',
    '7DA1089FE46CB253',
    '6C715FD84A9E03B2',
    '4BA0721D36859CFE',
    'DB413F590AE7682C',
    '1FD057A4923E6B8C',
  ],
  cryptopro: [
    'A4568137DCE092BF',
    '5F402DB91763CEA8',
    '7FCE94103B526A8D',
    '4A7C0F28E165DB93',
    '764B9C2A180EFD35',
    '7624D9F0A15B8EC3',
    'DE41705A3C8F629B',
    '13A95B4F867ED02C',
  ],
}

const BLOCK_BYTES = 32
const WORDS = 8

const digitsOf = (row = ''): readonly number[] =>
  [...row].map((digit) => Number.parseInt(digit, 16))

/**
 * Four tables of 256: two neighbouring 4-bit substitutions and the rotation left by 11, joined.
 * Entry `256 i + octet` serves octet i of the 32-bit word.
 */
const buildTable = (rows: readonly string[]): Int32Array<ArrayBuffer> => {
  const table = new Int32Array(4 * 256)
  for (let i = 0; i < 4; i++) {
    const low = digitsOf(rows[2 * i])
    const high = digitsOf(rows[2 * i + 1])
    for (let octet = 0; octet < 256; octet++) {
      const image = (low[octet & 15] as number) | ((high[octet >>> 4] as number) << 4)
      const word = image << (8 * i)
      table[256 * i + octet] = (word << 11) | (word >>> 21)
    }
  }

  return table
}

const tables = new Map<Gost94Sbox, Int32Array<ArrayBuffer>>()

/** The joined tables of a substitution, made at the first call. */
export function gost94TableOf(sbox: Gost94Sbox): Int32Array<ArrayBuffer> {
  const table = tables.get(sbox) ?? buildTable(SBOX_ROWS[sbox])
  tables.set(sbox, table)

  return table
}

/** C_3 of RFC 5831 section 5.1, lowest 32 bits first. C_2 and C_4 are zero. */
const C3 = Int32Array.of(
  0xff00ff00,
  0xff00ff00,
  0x00ff00ff,
  0x00ff00ff,
  0x00ffff00,
  0xff0000ff,
  0x000000ff,
  0xff00ffff,
)

/** A(Y) = (y1 xor y2) || y4 || y3 || y2 over 64-bit parts, in place; low words stand first. */
const transformA = (y: Int32Array): void => {
  const low = (y[0] as number) ^ (y[2] as number)
  const high = (y[1] as number) ^ (y[3] as number)
  y.copyWithin(0, 2)
  y[6] = low
  y[7] = high
}

/** key = P(u xor v): octet i + 4 k of the key is octet 8 i + k, RFC 5831 section 5.1. */
const permute = (key: Int32Array, u: Int32Array, v: Int32Array): void => {
  for (let k = 0; k < WORDS; k++) {
    const half = k >>> 2
    const shift = 8 * (k & 3)
    let word = 0
    for (let i = 0; i < 4; i++) {
      const from = (u[2 * i + half] as number) ^ (v[2 * i + half] as number)
      word |= ((from >>> shift) & 255) << (8 * i)
    }
    key[k] = word
  }
}

/** One block of GOST 28147-89 in simple substitution mode, from `h` to `s` at words `at`, `at + 1`. */
const encrypt = (
  table: Int32Array,
  key: Int32Array,
  words: { readonly from: Int32Array; readonly to: Int32Array; readonly at: number },
): void => {
  let n1 = words.from[words.at] as number
  let n2 = words.from[words.at + 1] as number
  for (let round = 0; round < 32; round += 2) {
    const first = round < 24 ? round & 7 : 31 - round
    const second = round < 24 ? (round & 7) + 1 : 30 - round
    let x = (n1 + (key[first] as number)) | 0
    n2 ^=
      (table[x & 255] as number) ^
      (table[((x >>> 8) & 255) | 256] as number) ^
      (table[((x >>> 16) & 255) | 512] as number) ^
      (table[(x >>> 24) | 768] as number)
    x = (n2 + (key[second] as number)) | 0
    n1 ^=
      (table[x & 255] as number) ^
      (table[((x >>> 8) & 255) | 256] as number) ^
      (table[((x >>> 16) & 255) | 512] as number) ^
      (table[(x >>> 24) | 768] as number)
  }
  words.to[words.at] = n2
  words.to[words.at + 1] = n1
}

/** The shift register psi of RFC 5831 section 5.3 over 16-bit parts, `times` over, in place. */
const shiftRegister = (ring: Uint16Array, words: Int32Array, times: number): void => {
  for (let i = 0; i < WORDS; i++) {
    ring[2 * i] = words[i] as number
    ring[2 * i + 1] = (words[i] as number) >>> 16
  }
  for (let i = 0; i < times; i++) {
    ring[i + 16] =
      (ring[i] as number) ^
      (ring[i + 1] as number) ^
      (ring[i + 2] as number) ^
      (ring[i + 3] as number) ^
      (ring[i + 12] as number) ^
      (ring[i + 15] as number)
  }
  for (let i = 0; i < WORDS; i++) {
    words[i] = (ring[times + 2 * i] as number) | ((ring[times + 2 * i + 1] as number) << 16)
  }
}

const xorInto = (to: Int32Array, from: Int32Array): void => {
  for (let i = 0; i < WORDS; i++) to[i] = (to[i] as number) ^ (from[i] as number)
}

/** One hash computation: H, the length and the control sum of RFC 5831 section 6. */
export class Gost94Typescript implements Hasher {
  readonly byteLength = 32
  readonly #table: Int32Array
  readonly #h = new Int32Array(WORDS)
  readonly #sum = new Int32Array(WORDS)
  readonly #u = new Int32Array(WORDS)
  readonly #v = new Int32Array(WORDS)
  readonly #key = new Int32Array(WORDS)
  readonly #s = new Int32Array(WORDS)
  readonly #message = new Int32Array(WORDS)
  readonly #ring = new Uint16Array(16 + 61)
  readonly #block = new Uint8Array(BLOCK_BYTES)
  #filled = 0
  #bytes = 0
  #isDone = false

  constructor(sbox: Gost94Sbox) {
    this.#table = gost94TableOf(sbox)
  }

  update(octets: Uint8Array): this {
    assertOctets(octets, 'octets')
    if (this.#isDone) throw new TypeError('the hash is already finished')
    this.#bytes += octets.length
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
    // No unfinished block, no step for it: the empty message has only the two closing steps.
    if (this.#filled > 0) this.#take(this.#block.fill(0, this.#filled), 0)
    const bits = this.#message.fill(0)
    bits[0] = (this.#bytes % 2 ** 29) * 8
    bits[1] = Math.floor(this.#bytes / 2 ** 29)
    this.#step(bits)
    this.#step(this.#sum)
    const octets = new Uint8Array(BLOCK_BYTES)
    const view = new DataView(octets.buffer)
    this.#h.forEach((word, i) => {
      view.setInt32(i * 4, word, true)
    })

    return octets
  }

  #take(octets: Uint8Array, offset: number): void {
    const m = this.#message
    let carry = 0
    for (let i = 0, at = offset; i < WORDS; i++, at += 4) {
      const word =
        (octets[at] as number) |
        ((octets[at + 1] as number) << 8) |
        ((octets[at + 2] as number) << 16) |
        ((octets[at + 3] as number) << 24)
      const total = ((this.#sum[i] as number) >>> 0) + (word >>> 0) + carry
      m[i] = word
      this.#sum[i] = total | 0
      carry = total > 0xffffffff ? 1 : 0
    }
    this.#step(m)
  }

  /** H = chi(m, H), RFC 5831 section 5. */
  #step(m: Int32Array): void {
    const h = this.#h
    const s = this.#s
    this.#u.set(h)
    this.#v.set(m)
    for (let i = 0; i < 4; i++) {
      if (i > 0) {
        transformA(this.#u)
        if (i === 2) xorInto(this.#u, C3)
        transformA(this.#v)
        transformA(this.#v)
      }
      permute(this.#key, this.#u, this.#v)
      encrypt(this.#table, this.#key, { from: h, to: s, at: 2 * i })
    }
    shiftRegister(this.#ring, s, 12)
    xorInto(s, m)
    shiftRegister(this.#ring, s, 1)
    xorInto(h, s)
    shiftRegister(this.#ring, h, 61)
  }
}

/** @throws RangeError when `sbox` names no substitution of this room. */
export function assertGost94Sbox(sbox: Gost94Sbox): void {
  if (!Object.hasOwn(SBOX_ROWS, sbox)) {
    throw new RangeError('"sbox" expected "d-test" or "cryptopro"')
  }
}
