import { beforeAll, describe, expect, it } from 'vitest'
import { compile } from '../../assembly/compile.ts'
import { addBounds, type Bounds, loadedBounds, productBounds } from '../../assembly/fp24/bounds.ts'
import { convertSource } from '../../assembly/fp24/convert-source.ts'
import { fieldSource, multiplyAddOf } from '../../assembly/fp24/field-source.ts'
import { Layout } from '../../assembly/fp24/layout.ts'
import { shapeAny256 } from '../../assembly/fp24/shape.ts'
import { integersSource } from '../../assembly/integers/integers-source.ts'
import { curves } from '../curves.ts'
import { littleEndianToNumber, numberToLittleEndian } from '../octets.ts'
import { instantiateOctets } from './load-module.ts'

type Field = {
  readonly setField: (p: number) => void
  readonly multiply: (r: number, a: number, b: number) => void
  readonly square: (r: number, a: number) => void
  readonly carry: (r: number) => void
  readonly toOctets: (dst: number, lane: number) => void
  readonly fromOctets: (lane: number, src: number) => void
}

const { n, limbs } = shapeAny256
const [A, B, R, P, OCTETS, MODULUS] = [0xa000, 0xa200, 0xa400, 0xa600, 0xa640, 0xa700] as const

let field: Field
let memory: Uint8Array
let numbers: DataView

beforeAll(async () => {
  const layout = new Layout(4096)
  const text = [
    integersSource(),
    `const modulusP: usize = ${MODULUS}`,
    fieldSource(shapeAny256, layout, multiplyAddOf('relaxed-simd')),
    convertSource(shapeAny256, layout),
  ].join('\n')
  const source = text.replaceAll(
    /^function (setField|multiply|square|carry|toOctets|fromOctets)\b/gm,
    'export function $1',
  )
  const code = await compile(
    {
      name: 'field',
      variants: ['relaxed-simd'],
      memoryPages: 1,
      source: () => source,
      check: () => {},
    },
    'relaxed-simd',
  )
  const module = instantiateOctets<Field>(code)
  field = module.exports
  memory = module.memory
  numbers = new DataView(memory.buffer)
})

const write = (address: number, lanes: readonly (readonly number[])[]): void => {
  for (const [lane, values] of lanes.entries()) {
    for (const [j, value] of values.entries()) {
      numbers.setFloat64(address + 16 * j + 8 * lane, value, true)
    }
  }
}
const read = (address: number, lane: number): readonly number[] =>
  limbs.map((j) => numbers.getFloat64(address + 16 * j + 8 * lane, true))
const numberOf = (values: readonly number[]): bigint =>
  values.reduceRight((sum, value) => (sum << 24n) + BigInt(value), 0n)
const modulo = (value: bigint, p: bigint): bigint => ((value % p) + p) % p

/** Repeats itself from the same seed (xorshift). */
const randomOf = (seed: number) => {
  let state = seed

  return (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5

    return (state >>> 0) / 2 ** 32
  }
}

const primes = [
  { name: 'p of CryptoPro-C', p: curves['cryptopro-C'].p },
  { name: 'p of CryptoPro-A', p: curves['cryptopro-A'].p },
  { name: 'p of test-256', p: curves['test-256'].p },
  { name: 'the highest odd number', p: 2n ** 256n - 1n },
  {
    name: 'limbs of one half',
    p: 0x8000800000800000800000800000800000800000800000800000800000800001n,
  },
]

describe.each(primes)('products of FP24 pairs modulo $name', ({ p }) => {
  beforeAll(() => {
    memory.set(numberToLittleEndian(p, 32), P)
    field.setField(P)
  })

  // Three times and once a number as read: as long as formulas may have them.
  const loaded = loadedBounds(shapeAny256)
  const long = addBounds(addBounds(loaded, loaded), loaded)
  const limits: readonly (readonly [Bounds, Bounds])[] = [
    [loaded, loaded],
    [long, long],
  ]

  it.each(limits)('are right and short where every limb is as long as it may be (%#)', (a, b) => {
    const random = randomOf(0x1234567)
    const result = productBounds(shapeAny256, a, b)[0] ?? []
    const signs: readonly (() => number)[] = [
      () => 1,
      () => -1,
      () => (random() < 0.5 ? 1 : -1),
      () => 2 * random() - 1,
    ]
    const draw = (bounds: Bounds, sign: () => number): readonly number[] =>
      (bounds[0] ?? []).map((limb) => Math.round(limb * sign()) + 0)
    const check = (values: readonly number[], expected: bigint): void => {
      expect(modulo(numberOf(values) - expected, p)).toBe(0n)
      for (const [j, value] of values.entries()) {
        expect(Math.abs(value)).toBeLessThanOrEqual(result[j] ?? 0)
      }
    }
    for (let round = 0; round < 60; round++) {
      const sign = signs[round % 4] ?? random
      const other = signs[(round >> 2) % 4] ?? random
      const left = [draw(a, sign), draw(a, other)] as const
      const right = [draw(b, other), draw(b, sign)] as const
      write(A, left)
      write(B, right)
      field.multiply(R, A, B)
      for (const lane of [0, 1] as const) {
        check(read(R, lane), numberOf(left[lane]) * numberOf(right[lane]))
      }
      field.square(R, A)
      for (const lane of [0, 1] as const) check(read(R, lane), numberOf(left[lane]) ** 2n)
    }
  })

  it('keep their value in a carry, and go to octets as the least residue and back', () => {
    const random = randomOf(0x89abcde)
    for (let round = 0; round < 60; round++) {
      const values = limbs.map((j) => Math.round((random() - 0.5) * 2 ** (j === n - 1 ? 18 : 27)))
      write(A, [values, values])
      const value = modulo(numberOf(values), p)
      field.toOctets(OCTETS, A + 8)
      expect(littleEndianToNumber(memory.slice(OCTETS, OCTETS + 32))).toBe(value)
      field.carry(A)
      expect(numberOf(read(A, 0))).toBe(numberOf(values))
      field.fromOctets(A, OCTETS)
      expect(numberOf(read(A, 0))).toBe(value)
    }
    for (const value of [0n, 1n, p - 1n, p, -p, 2n * p, -2n * p, p + 1n, -1n]) {
      const values = limbs.map((j) =>
        j === n - 1
          ? Number(value >> BigInt(24 * j))
          : Number((value >> BigInt(24 * j)) & 0xffffffn),
      )
      write(A, [values])
      field.toOctets(OCTETS, A)
      expect(littleEndianToNumber(memory.slice(OCTETS, OCTETS + 32))).toBe(modulo(value, p))
    }
  })
})
