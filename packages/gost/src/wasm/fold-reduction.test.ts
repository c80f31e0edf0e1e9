import { describe, expect, it } from 'vitest'
import { compile } from '../../assembly/compile.ts'
import {
  type Bounds,
  loadedBounds,
  productBounds,
  scaleBounds,
} from '../../assembly/fp24/bounds.ts'
import { convertSource } from '../../assembly/fp24/convert-source.ts'
import { fieldSource, multiplyAddOf } from '../../assembly/fp24/field-source.ts'
import { Layout } from '../../assembly/fp24/layout.ts'
import { shape256, shape512 } from '../../assembly/fp24/shape.ts'
import { integersSource } from '../../assembly/integers/integers-source.ts'
import { littleEndianToNumber, numberToLittleEndian } from '../octets.ts'
import { instantiateOctets, type WasmVariant } from './load-module.ts'

type Field = {
  readonly setField: (p: number) => void
  readonly multiply: (r: number, a: number, b: number) => void
  readonly square: (r: number, a: number) => void
  readonly toOctets: (dst: number, lane: number) => void
}

const [A, B, R, P, OCTETS] = [0xa000, 0xa400, 0xa800, 0xac00, 0xac80] as const

const modulo = (value: bigint, p: bigint): bigint => ((value % p) + p) % p

/** Signs that repeat themselves from the same seed (xorshift). */
const signsOf = (seed: number) => {
  let state = seed

  return (): 1 | -1 => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5

    return (state & 1) === 0 ? 1 : -1
  }
}

describe.each([shape256, shape512])('products of $name', (shape) => {
  const { n, limbs, byteLength } = shape

  it.each(['relaxed-simd', 'simd'] as const)(
    'are right with every limb at the largest size that the bounds allow, %s',
    async (variant: WasmVariant) => {
      const layout = new Layout(4096)
      const text = [
        integersSource(),
        fieldSource(shape, layout, multiplyAddOf(variant)),
        convertSource(shape, layout),
      ]
        .join('\n')
        .replaceAll(/^function (setField|multiply|square|toOctets)\b/gm, 'export function $1')
      const code = await compile(
        { name: 'field', variants: [variant], memoryPages: 1, source: () => text, check: () => {} },
        variant,
      )
      const { exports: field, memory } = instantiateOctets<Field>(code)
      const numbers = new DataView(memory.buffer)
      const read = (at: number, lane: number): readonly number[] =>
        limbs.map((j) => numbers.getFloat64(at + 16 * j + 8 * lane, true))
      const numberOf = (values: readonly number[]): bigint =>
        values.reduceRight((sum, value) => (sum << 24n) + BigInt(value), 0n)

      for (const [at, prime] of shape.primes.entries()) {
        const p = 2n ** BigInt(24 * (n - 1) + prime.topBits) - BigInt(prime.tail)
        memory.set(numberToLittleEndian(p, byteLength), P)
        field.setField(P)
        // As far as one factor may grow beside another of one unit before a bound is broken.
        const unit = loadedBounds(shape)
        let factor = 1
        for (;;) {
          try {
            productBounds(shape, scaleBounds(unit, factor + 0.25), unit)
            factor += 0.25
          } catch {
            break
          }
        }
        expect(factor).toBeGreaterThan(4)
        const sizes: readonly (readonly [Bounds, Bounds])[] = [
          [scaleBounds(unit, factor), unit],
          [scaleBounds(unit, Math.sqrt(factor)), scaleBounds(unit, Math.sqrt(factor))],
        ]
        const sign = signsOf(0x2545f491)
        for (const [left, right] of sizes) {
          const allowed = productBounds(shape, left, right)[at] ?? []
          for (let round = 0; round < 300; round++) {
            for (const [address, bounds] of [
              [A, left],
              [B, right],
            ] as const) {
              for (const j of limbs) {
                for (const lane of [0, 1]) {
                  const size = Math.floor(bounds[at]?.[j] ?? 0)
                  const signed = round === 0 ? size : round === 1 ? -size : sign() * size
                  numbers.setFloat64(address + 16 * j + 8 * lane, signed, true)
                }
              }
            }
            const [a, b] = [A, B].map((address) =>
              [0, 1].map((lane) => numberOf(read(address, lane))),
            )
            field.multiply(R, A, B)
            for (const lane of [0, 1]) {
              const made = read(R, lane)
              const wanted = modulo((a?.[lane] ?? 0n) * (b?.[lane] ?? 0n), p)
              expect(modulo(numberOf(made), p)).toBe(wanted)
              expect(made.every((limb, j) => Math.abs(limb) <= (allowed[j] ?? 0))).toBe(true)
              field.toOctets(OCTETS, R + 8 * lane)
              expect(littleEndianToNumber(memory.slice(OCTETS, OCTETS + byteLength))).toBe(wanted)
            }
            if (left === right) continue
            field.square(R, B)
            expect(modulo(numberOf(read(R, 1)), p)).toBe(modulo((b?.[1] ?? 0n) ** 2n, p))
          }
        }
      }
    },
  )
})
