import { type CurveName, curves } from '../../src/curves.ts'
import { equalOctets, numberToLittleEndian } from '../../src/octets.ts'
import type { LoadedModule } from '../../src/wasm/load-module.ts'
import type { WasmSource } from '../wasm-source.ts'
import { integersSource } from './integers-source.ts'

type Exports = Readonly<Record<string, WebAssembly.Global>> &
  Readonly<Record<string, (...numbers: readonly number[]) => number>>

/** What a function is to leave at an address. */
type Written = readonly [address: number, value: bigint, byteLength: number]

const FREE = 0x8000
const MODULUS = 0x8100
const [A, B, C, D] = [0x8300, 0x8400, 0x8500, 0x8600] as const
const LIST = 0x8800
const SCRATCH = 0x8c00
const DIGITS = 0x9000
const FREE_END = 0x9800
const ALL_ONES = -1

/** Bytes that no number left: what is read or written beyond its end shows. */
const GARBAGE = 0xa5

/** Calls functions and looks at all of the memory that the caller owns. */
class Caller {
  readonly exports: Exports
  readonly memory: Uint8Array

  constructor({ exports, memory }: LoadedModule<unknown>) {
    this.exports = exports as Exports
    this.memory = memory
    memory.fill(GARBAGE, FREE, FREE_END)
    memory.fill(GARBAGE, this.#guard, this.#guard + 16)
  }

  get #guard(): number {
    return this.exports['endOfPlaces']?.value
  }

  put(address: number, value: bigint, byteLength: number): void {
    this.memory.set(numberToLittleEndian(value, byteLength), address)
  }

  /** The scratch areas of the functions. */
  scratch(): Uint8Array {
    return this.memory.slice(0, this.#guard)
  }

  /** @throws Error unless the function answers and writes this and nothing else. */
  expect(
    [name, ...numbers]: readonly [string, ...(readonly number[])],
    { answer, written = [] }: { readonly answer?: number; readonly written?: readonly Written[] },
  ): void {
    const expected = this.memory.slice(FREE, FREE_END)
    for (const [address, value, byteLength] of written) {
      expected.set(numberToLittleEndian(value, byteLength), address - FREE)
    }
    const got = this.exports[name]?.(...numbers)
    const guard = this.memory.subarray(this.#guard, this.#guard + 16)
    const isRight =
      got === answer &&
      guard.every((octet) => octet === GARBAGE) &&
      equalOctets(expected, this.memory.subarray(FREE, FREE_END))
    if (!isRight) throw new Error(`integers: ${name}`)
  }
}

const modulo = (value: bigint, m: bigint): bigint => ((value % m) + m) % m

/** 1 / a modulo m by Euclid; 0 for 0. */
function inverseOf(a: bigint, m: bigint): bigint {
  let [u, v, x, y] = [modulo(a, m), m, 1n, 0n]
  while (u > 1n) {
    const times = v / u
    ;[u, v, x, y] = [v - times * u, u, y - times * x, x]
  }

  return u === 0n ? 0n : modulo(x, m)
}

/** Numbers of a size: its edges, those that carry through every word, and others. */
function numbersOf(byteLength: number, m: bigint): readonly bigint[] {
  const limit = 2n ** BigInt(8 * byteLength)
  const low = limit / 0xffff_ffff_ffff_ffffn
  const sparse = [low, low * 0xffff_ffffn, limit - low, (limit >> 1n) - 1n, limit >> 1n]
  const mixed = [3n, 5n, 7n].map((base) => base ** 400n % limit)

  return [0n, 1n, 2n, m - 1n, m, m + 1n, m >> 1n, limit - 1n, ...sparse, ...mixed].filter(
    (number) => number < limit,
  )
}

const bit = (isTrue: boolean): number => (isTrue ? 1 : 0)

/** Every function over one modulus. */
function checkModulus(call: Caller, name: CurveName, m: bigint): void {
  const { byteLength: bytes } = curves[name]
  const limit = 2n ** BigInt(8 * bytes)
  const numbers = numbersOf(bytes, m)
  const back = inverseOf(limit, m)
  call.put(A, m, bytes)
  call.expect(['prepareModulus', MODULUS, A, bytes], { written: preparedModulus(m, bytes) })
  for (const [i, a] of numbers.entries()) {
    const b = modulo(numbers.at(i - 3) ?? 0n, m)
    const least = a % m
    call.put(A, a, bytes)
    call.put(B, b, bytes)
    const gives = (call_: readonly [string, ...(readonly number[])], value: bigint): void =>
      call.expect(call_, { written: [[C, value, bytes]] })
    gives(['montgomeryProduct', C, A, B, MODULUS], (a * b * back) % m)
    gives(['multiplyModulo', C, A, B, MODULUS], (a * b) % m)
    gives(['toMontgomery', C, A, MODULUS], (a * limit) % m)
    gives(['fromMontgomery', C, A, MODULUS], (a * back) % m)
    gives(['loadDigest', C, A, MODULUS], least || 1n)
    gives(['reduceModulo', C, A, MODULUS], least)
    call.expect(['isInRange', A, MODULUS], { answer: bit(a > 0n && a < m) })
    // From here on A is reduced.
    call.expect(['reduceModulo', A, A, MODULUS], { written: [[A, least, bytes]] })
    gives(['addModulo', C, A, B, MODULUS], (least + b) % m)
    gives(['subtractModulo', C, A, B, MODULUS], modulo(least - b, m))
    gives(['negateModulo', C, A, MODULUS], modulo(-least, m))
    // The steady way first: it always ends.
    gives(['invertSteadily', C, A, MODULUS], inverseOf(least, m))
    gives(['invertFast', C, A, MODULUS], inverseOf(least, m))
    checkFactors(call, { r: least, s: b, m, bytes })
    checkScalars(call, { k: least, random: a ^ (b >> 9n), m, bytes })
  }
  checkManyInverses(call, { numbers: numbers.map((number) => number % m || 1n), m, bytes })
}

/** m, 2^(16 bytes) modulo m, limbs of 30 bits, -1/m and 1/m, and the size. */
function preparedModulus(m: bigint, bytes: number): readonly Written[] {
  const limbs = Array.from({ length: (bytes / 32) * 9 }, (_, i): Written => {
    const limb = (m >> BigInt(30 * i)) & 0x3fffffffn

    return [MODULUS + 128 + 4 * i, limb, 4]
  })
  const word = 2n ** 32n
  const inverse = inverseOf(m % word, word)

  return [
    [MODULUS, m, bytes],
    [MODULUS + 64, 2n ** BigInt(16 * bytes) % m, bytes],
    ...limbs,
    [MODULUS + 200, word - inverse, 4],
    [MODULUS + 204, inverse & 0x3fffffffn, 4],
    [MODULUS + 208, BigInt(bytes), 4],
  ]
}

type Sizes = { readonly m: bigint; readonly bytes: number }

function checkFactors(
  call: Caller,
  { r, s, m, bytes }: Sizes & { readonly r: bigint; readonly s: bigint },
): void {
  const limit = 2n ** BigInt(8 * bytes)
  const v = modulo(7n * r + s, m) || 1n
  call.put(D, (v * limit) % m, bytes)
  call.expect(['findFactors', C, LIST, A, B, D, MODULUS], {
    written: [
      [C, (s * v) % m, bytes],
      [LIST, modulo(-r * v, m), bytes],
    ],
  })
  for (const p of [limit - 1n, r + m, r + m + 1n]) {
    if (p >= limit) continue
    call.put(C, r, bytes)
    call.put(D, p, bytes)
    call.expect(['advanceCandidate', C, MODULUS, D], {
      answer: bit(r + m < p),
      written: [[C, (r + m) % limit, bytes]],
    })
  }
}

function checkScalars(
  call: Caller,
  { k, random, m, bytes }: Sizes & { readonly k: bigint; readonly random: bigint },
): void {
  const isOdd = (k & 1n) === 1n
  const times = random & 0xffff_ffff_ffff_fffen
  call.put(D, random & 0xffff_ffff_ffff_ffffn, 8)
  call.expect(['blindScalar', C, A, D, MODULUS], {
    written: [[C, k + (isOdd ? times : times + 1n) * m, bytes + 8]],
  })
  call.expect(['makeOdd', C, A, MODULUS], { written: [[C, isOdd ? k : k + m, bytes + 4]] })
  const odd = (random * 2n ** 64n + k) | 1n
  for (const [number, size] of [
    [k | 1n, bytes],
    [odd % 2n ** BigInt(8 * bytes + 64), bytes + 8],
  ] as const) {
    const count = Math.ceil((8 * size) / 5)
    call.put(C, number, size)
    call.expect(['recodeRegularly', DIGITS, C, count, size], {
      written: regularDigits(number, count).map((digit, i) => digitAt(i, digit)),
    })
  }
}

const digitAt = (i: number, digit: bigint): Written => [DIGITS + i, BigInt.asUintN(8, digit), 1]

/** Odd digits base 32, each but the last made odd by what the next one gives. */
const regularDigits = (odd: bigint, count: number): readonly bigint[] =>
  Array.from({ length: count }, (_, i) =>
    i === count - 1 ? (odd >> BigInt(5 * i)) | 1n : 2n * ((odd >> BigInt(5 * i + 1)) & 31n) - 31n,
  )

function checkManyInverses(
  call: Caller,
  { numbers, m, bytes }: Sizes & { readonly numbers: readonly bigint[] },
): void {
  const radix = 2n ** BigInt(8 * bytes)
  for (const count of [1, 2, 5]) {
    const list = numbers.slice(-count)
    for (const [i, number] of list.entries()) call.put(LIST + i * bytes, number, bytes)
    const inverses = list.map((number) => (inverseOf(number, m) * radix) % m)
    call.expect(['invertMany', LIST, count, SCRATCH, MODULUS], {
      written: [
        ...inverses.map((inverse, i): Written => [LIST + i * bytes, inverse, bytes]),
        // The scratch area keeps the inverses too, that of the first number in its last place.
        ...inverses.slice(1).map((inverse, i): Written => [SCRATCH + i * bytes, inverse, bytes]),
        [SCRATCH + (count - 1) * bytes, inverses[0] ?? 0n, bytes],
      ],
    })
  }
}

/** Non-adjacent form. */
function sparseDigits(a: bigint, width: number): readonly bigint[] {
  const digits: bigint[] = []
  for (let rest = a; rest > 0n; rest >>= 1n) {
    const digit = rest & 1n ? BigInt.asIntN(width, rest) : 0n
    rest -= digit
    digits.push(digit)
  }

  return digits
}

/** Functions that know of no modulus. */
function checkWords(call: Caller, bytes: number): void {
  const limit = 2n ** BigInt(8 * bytes)
  const numbers = numbersOf(bytes, limit / 3n)
  for (const [i, a] of numbers.entries()) {
    const b = numbers.at(i - 4) ?? 0n
    call.put(A, a, bytes)
    call.put(B, b, bytes)
    const octets = numberToLittleEndian(a, bytes)
    const reversed = octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n)
    call.expect(['reverseOctets', C, A, bytes], { written: [[C, reversed, bytes]] })
    call.expect(['copyWords', C, A, bytes], { written: [[C, a, bytes]] })
    call.expect(['clearWords', C, bytes], { written: [[C, 0n, bytes]] })
    call.expect(['isZero', A, bytes], { answer: bit(a === 0n) })
    call.expect(['isEqual', A, B, bytes], { answer: bit(a === b) })
    call.expect(['isEqual', A, A, bytes], { answer: 1 })
    call.expect(['isBelow', A, B, bytes], { answer: bit(a < b) })
    call.expect(['addWords', C, A, B, bytes], {
      answer: bit(a + b >= limit),
      written: [[C, (a + b) % limit, bytes]],
    })
    for (const mask of [0, ALL_ONES]) {
      const taken = mask === 0 ? 0n : b
      call.expect(['subtractMasked', C, A, B, mask, bytes], {
        answer: bit(a < taken),
        written: [[C, modulo(a - taken, limit), bytes]],
      })
      call.expect(['selectWords', C, A, B, mask, bytes], {
        written: [[C, mask === 0 ? a : b, bytes]],
      })
    }
    for (let width = 2; width <= 8; width++) {
      const digits = sparseDigits(a, width)
      const all = Array.from({ length: 8 * bytes + 1 }, (_, j) => digits[j] ?? 0n)
      call.expect(['recodeSparse', DIGITS, A, width, bytes], {
        answer: digits.length,
        written: all.map((digit, j) => digitAt(j, digit)),
      })
    }
  }
  for (let j = 0; j < bytes; j += 4) {
    call.put(A, 1n << BigInt(8 * j + 13), bytes)
    call.expect(['isZero', A, bytes], { answer: 0 })
  }
}

/** The wipes clear all that inverses and products are made in, and nothing else. Last: constants are lost. */
function checkWipes(call: Caller): void {
  const { exports, memory } = call
  const wiped = new Map(['numberF', 'numberG', 'factorD', 'factorE'].map((name) => [name, 72])).set(
    'productWords',
    64,
  )
  const steps = ['matrixU', 'matrixV', 'matrixQ', 'matrixR']
  memory.fill(GARBAGE, 0, call.scratch().length)
  const expected = call.scratch()
  for (const [name, length] of wiped) {
    const at = exports[name]?.value
    expected.fill(0, at, at + length)
  }
  for (const name of steps) {
    const global = exports[name]
    if (global !== undefined) global.value = 1
  }
  exports['wipeInverse']?.()
  exports['wipeProduct']?.()
  const isLeft = steps.some((name) => exports[name]?.value !== 0)
  if (isLeft || !equalOctets(expected, call.scratch())) {
    throw new Error('integers: something is left of an inverse or a product')
  }
}

/**
 * The functions of this room by themselves, exported: never shipped. Their own answers reach what those of the
 * modules cannot, such as how a scalar is blinded.
 */
export const integersProbe: WasmSource = {
  name: 'integers',
  variants: ['simd'],
  memoryPages: 1,
  source: () =>
    `${integersSource({ isExported: true })}\nexport const endOfPlaces: usize = memory.data(16)\n`,
  check: (module) => {
    const call = new Caller(module)
    checkWords(call, 32)
    checkWords(call, 64)
    for (const name of ['cryptopro-A', 'tc26-512-B', 'tc26-512-A', 'cryptopro-B'] as const) {
      checkModulus(call, name, curves[name].q)
      checkModulus(call, name, curves[name].p)
    }
    checkWipes(call)
  },
}
