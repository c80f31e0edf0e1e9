import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { curves } from '../curves.ts'
import { littleEndianToNumber, numberToLittleEndian } from '../octets.ts'
import { compileAssembly } from './compile-assembly.fixture.ts'

type Call = (...numbers: readonly number[]) => number

let call: (name: string, ...numbers: readonly number[]) => number
let memory: Uint8Array

beforeAll(async () => {
  const exports = await compileAssembly('integers/exports.as.ts')
  call = (name, ...numbers) => (exports[name] as Call)(...numbers)
  memory = new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer)
})

const MODULUS = 0x8000
const [A, B, C, D] = [0x9000, 0x9100, 0x9200, 0x9300] as const
const DIGITS = 0xa000
const LIST = 0xb000
const SCRATCH = 0xd000
const ALL_ONES = -1

const modulo = (value: bigint, m: bigint): bigint => ((value % m) + m) % m
const put = (address: number, value: bigint, bytes: number): void =>
  memory.set(numberToLittleEndian(value, bytes), address)
const get = (address: number, bytes: number): bigint =>
  littleEndianToNumber(memory.slice(address, address + bytes))
const digitsAt = (address: number, count: number): readonly number[] => [
  ...new Int8Array(memory.buffer, address, count),
]

const power = (value: bigint, exponent: bigint, m: bigint): bigint => {
  let result = 1n
  for (let base = value, n = exponent; n > 0n; n >>= 1n) {
    if (n & 1n) result = (result * base) % m
    base = (base * base) % m
  }

  return result
}

/** Any number of the size, the edges of the size and of the modulus often. */
const numberBelow = (limit: bigint, m: bigint): fc.Arbitrary<bigint> => {
  const edges = [0n, 1n, 2n, m - 1n, m, m + 1n, 2n * m, limit - 1n, (limit >> 1n) - 1n, limit >> 1n]

  return fc.oneof(
    fc.bigInt({ min: 0n, max: limit - 1n }),
    fc.constantFrom(...edges.filter((edge) => edge >= 0n && edge < limit)),
    // Sparse in words: carries run through.
    fc
      .array(fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff), {
        minLength: 8,
        maxLength: 16,
      })
      .map((words) => words.reduce((all, word) => (all << 32n) | BigInt(word), 0n) % limit),
  )
}

const moduli = Object.values(curves).flatMap(({ name, byteLength, p, q }) => [
  { name: `q of ${name}`, byteLength, m: q },
  { name: `p of ${name}`, byteLength, m: p },
])

describe.each(moduli)('integers modulo $name', ({ byteLength, m }) => {
  const limit = 2n ** BigInt(8 * byteLength)
  const any = numberBelow(limit, m)
  const reduced = numberBelow(m, m)
  const radix = limit % m
  const runs = { numRuns: 60 }
  const check = (property: fc.IProperty<[bigint, bigint]>): void => fc.assert(property, runs)

  beforeAll(() => {
    put(A, m, byteLength)
    call('prepareModulus', MODULUS, A, byteLength)
  })

  it('multiplies in Montgomery form and out of it', () => {
    check(
      fc.property(any, reduced, (a, b) => {
        put(A, a, byteLength)
        put(B, b, byteLength)
        call('montgomeryProduct', C, A, B, MODULUS)
        expect((get(C, byteLength) * radix) % m).toBe((a * b) % m)
        expect(get(C, byteLength)).toBeLessThan(m)
        call('multiplyModulo', C, A, B, MODULUS)
        expect(get(C, byteLength)).toBe((a * b) % m)
        call('toMontgomery', C, A, MODULUS)
        expect(get(C, byteLength)).toBe((a * radix) % m)
        call('fromMontgomery', C, C, MODULUS)
        expect(get(C, byteLength)).toBe(a % m)
        call('multiplyModulo', A, A, A, MODULUS)
        call('reduceModulo', B, A, MODULUS)
        expect([get(A, byteLength), get(B, byteLength)]).toStrictEqual([
          (((a * a * radix) % m) * power(radix, m - 2n, m)) % m,
          (a * a) % m,
        ])
      }),
    )
  })

  it('adds, subtracts and negates', () => {
    check(
      fc.property(reduced, reduced, (a, b) => {
        put(A, a, byteLength)
        put(B, b, byteLength)
        call('addModulo', C, A, B, MODULUS)
        expect(get(C, byteLength)).toBe((a + b) % m)
        call('subtractModulo', C, A, B, MODULUS)
        expect(get(C, byteLength)).toBe(modulo(a - b, m))
        call('negateModulo', C, A, MODULUS)
        expect(get(C, byteLength)).toBe(modulo(-a, m))
      }),
    )
  })

  it('inverts by both ways, alone and many at once', () => {
    check(
      fc.property(reduced, reduced, (a, b) => {
        put(A, a, byteLength)
        call('invertFast', B, A, MODULUS)
        call('invertSteadily', C, A, MODULUS)
        const inverse = power(a, m - 2n, m)
        expect(get(B, byteLength)).toBe(inverse)
        expect(get(C, byteLength)).toBe(inverse)

        const list = [a, b, m - 1n, a, 1n].map((value) => (value === 0n ? 1n : value))
        for (const count of [1, list.length]) {
          const values = list.slice(0, count)
          for (const [i, value] of values.entries()) put(LIST + i * byteLength, value, byteLength)
          call('invertMany', LIST, count, SCRATCH, MODULUS)
          for (const [i, value] of values.entries()) {
            expect((get(LIST + i * byteLength, byteLength) * value) % m).toBe(radix)
          }
        }
      }),
    )
  })

  it('reads a digest as e: modulo q, and 1 in place of 0', () => {
    check(
      fc.property(any, any, (digest, _) => {
        put(A, digest, byteLength)
        call('loadDigest', B, A, MODULUS)
        expect(get(B, byteLength)).toBe(digest % m === 0n ? 1n : digest % m)
        expect(call('isInRange', A, MODULUS)).toBe(digest > 0n && digest < m ? 1 : 0)
      }),
    )
  })

  it('finds the factors of a verification, and every number that is r modulo q', () => {
    check(
      fc.property(reduced, reduced, (r, s) => {
        const e = modulo(r * 7n + s + 1n, m) || 1n
        put(A, r, byteLength)
        put(B, s, byteLength)
        put(LIST, e, byteLength)
        call('invertMany', LIST, 1, SCRATCH, MODULUS)
        call('findFactors', C, D, A, B, LIST, MODULUS)
        const v = power(e, m - 2n, m)
        expect(get(C, byteLength)).toBe((s * v) % m)
        expect(get(D, byteLength)).toBe(modulo(-r * v, m))
        put(B, limit - 1n, byteLength)
        const isPossible = r + m < limit - 1n
        expect(call('advanceCandidate', A, MODULUS, B)).toBe(isPossible ? 1 : 0)
        if (isPossible) expect(get(A, byteLength)).toBe(r + m)
      }),
    )
  })

  it('blinds a scalar by a random multiple, always odd', () => {
    check(
      fc.property(reduced, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (k, random) => {
        put(A, k, byteLength)
        put(B, random, 8)
        call('blindScalar', C, A, B, MODULUS)
        const factor = ((random >> 1n) << 1n) + (k & 1n ? 0n : 1n)
        expect(get(C, byteLength + 8)).toBe(k + factor * m)
        call('makeOdd', C, A, MODULUS)
        expect(get(C, byteLength + 4)).toBe(k & 1n ? k : k + m)
      }),
    )
  })
})

describe.each([32, 64])('digits of numbers of %i octets', (byteLength) => {
  const limit = 2n ** BigInt(8 * byteLength)
  const any = numberBelow(limit, limit / 3n)

  it('are sparse, small and make the number again, in every width', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: 2, max: 8 }), (a, width) => {
        put(A, a, byteLength)
        const count = call('recodeSparse', DIGITS, A, width, byteLength)
        const digits = digitsAt(DIGITS, 8 * byteLength + 1)
        expect(digits.reduceRight((sum, digit) => sum * 2n + BigInt(digit), 0n)).toBe(a)
        expect(digits.findLastIndex((digit) => digit !== 0) + 1).toBe(count)
        let last = -width
        digits.forEach((digit, i) => {
          if (digit === 0) return
          expect(digit & 1).toBe(1)
          expect(Math.abs(digit)).toBeLessThan(2 ** (width - 1))
          expect(i - last).toBeGreaterThanOrEqual(width)
          last = i
        })
      }),
      { numRuns: 300 },
    )
  })

  it('are odd and make the number again in the regular form', () => {
    fc.assert(
      fc.property(any, fc.boolean(), (a, isWide) => {
        const bytes = isWide ? byteLength + 8 : byteLength
        const odd = (isWide ? a << 64n : a) | 1n
        put(A, odd, bytes)
        const count = Math.ceil((8 * bytes) / 5)
        call('recodeRegularly', DIGITS, A, count, bytes)
        const digits = digitsAt(DIGITS, count)
        expect(digits.reduceRight((sum, digit) => sum * 32n + BigInt(digit), 0n)).toBe(odd)
        for (const digit of digits) {
          expect(digit & 1).toBe(1)
          expect(Math.abs(digit)).toBeLessThan(32)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('compares, selects and reverses', () => {
    fc.assert(
      fc.property(any, any, fc.boolean(), (a, b, isSecond) => {
        const mask = isSecond ? ALL_ONES : 0
        put(A, a, byteLength)
        put(B, b, byteLength)
        expect(call('isBelow', A, B, byteLength)).toBe(a < b ? 1 : 0)
        expect(call('isEqual', A, B, byteLength)).toBe(a === b ? 1 : 0)
        expect(call('isZero', A, byteLength)).toBe(a === 0n ? 1 : 0)
        call('selectWords', C, A, B, mask, byteLength)
        expect(get(C, byteLength)).toBe(isSecond ? b : a)
        call('reverseOctets', C, A, byteLength)
        call('copyWords', D, C, byteLength)
        call('reverseOctets', C, D, byteLength)
        expect(get(C, byteLength)).toBe(a)
        expect(memory[D]).toBe(memory[A + byteLength - 1])
      }),
      { numRuns: 300 },
    )
  })
})

describe('secrets in scratch areas', () => {
  it('are gone after the wipes', () => {
    put(A, curves['cryptopro-A'].q, 32)
    call('prepareModulus', MODULUS, A, 32)
    memory.fill(0x5a, B, B + 32)
    const scratch = (): Uint8Array => memory.slice(0, 0x1000)
    call('wipeInverse')
    call('wipeProduct')
    const clean = scratch()
    call('invertSteadily', C, B, MODULUS)
    call('montgomeryProduct', C, B, C, MODULUS)
    expect(scratch()).not.toStrictEqual(clean)
    call('wipeInverse')
    call('wipeProduct')
    expect(scratch()).toStrictEqual(clean)
  })
})
