import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CurveName, curves } from './curves.ts'
import { divideModuloOrder, isPrivateKey, multiplyModuloOrder } from './index.ts'
import { littleEndianToNumber, numberToLittleEndian } from './octets.ts'

const names = Object.keys(curves) as CurveName[]
const anyCase = fc.constantFrom(...names).chain((name) => {
  const { byteLength, q } = curves[name]
  const edge = fc.constantFrom(0n, 1n, 2n, q - 1n, q, q + 1n, (1n << BigInt(8 * byteLength)) - 1n)
  const number = fc.oneof(
    { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: (1n << BigInt(8 * byteLength)) - 1n }) },
    edge,
  )

  return fc.tuple(fc.constant(name), number, number, number)
})

describe('secret numbers modulo the order of a curve', () => {
  it('multiply as BigInt does, any factors that fit', () => {
    fc.assert(
      fc.property(anyCase, ([name, a, b, c]) => {
        const { byteLength, q } = curves[name]
        const factors = [a, b, c].map((value) => numberToLittleEndian(value, byteLength))
        expect(littleEndianToNumber(multiplyModuloOrder(name, factors))).toBe((a * b * c) % q)
      }),
      { numRuns: 300 },
    )
  })

  it('divide so that multiplying gives the dividend again', () => {
    fc.assert(
      fc.property(anyCase, ([name, a, b]) => {
        const { byteLength, q } = curves[name]
        const divisor = numberToLittleEndian(b, byteLength)
        const dividend = numberToLittleEndian(a, byteLength)
        const quotient = divideModuloOrder(name, { dividend, divisor })
        expect(littleEndianToNumber(multiplyModuloOrder(name, [quotient, divisor]))).toBe(
          b % q === 0n ? 0n : a % q,
        )
      }),
      { numRuns: 25 },
    )
  })

  it('the empty product is one', () => {
    expect(multiplyModuloOrder('tc26-256-A', [])).toEqual(numberToLittleEndian(1n, 32))
  })

  it('a private key lies between 0 and q, both left out', () => {
    for (const name of names) {
      const { byteLength, q } = curves[name]
      const isKey = (value: bigint) => isPrivateKey(name, numberToLittleEndian(value, byteLength))
      expect([0n, 1n, q - 1n, q, q + 1n].map(isKey)).toEqual([false, true, true, false, false])
      expect(isKey((1n << BigInt(8 * byteLength)) - 1n)).toBe(false)
      expect(isPrivateKey(name, new Uint8Array(byteLength + 1).fill(1))).toBe(false)
    }
  })

  it('refuses numbers of another length', () => {
    expect(() => multiplyModuloOrder('tc26-512-A', [new Uint8Array(32)])).toThrow('"factors"')
    const divisor = new Uint8Array(31)
    expect(() =>
      divideModuloOrder('tc26-256-A', { dividend: new Uint8Array(32), divisor }),
    ).toThrow('"divisor"')
  })
})
