import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSignature, encodeSignature, type Signature, type SignatureCountry } from './index.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')
const countries = ['RU', 'KZ', 'UZ'] as const

const signatures = fc
  .constantFrom<32 | 64>(32, 64)
  .chain((byteLength) =>
    fc
      .tuple(
        fc.bigInt({ min: 0n, max: 2n ** BigInt(8 * byteLength) - 1n }),
        fc.bigInt({ min: 0n, max: 2n ** BigInt(8 * byteLength) - 1n }),
      )
      .map(([r, s]): Signature => ({ byteLength, r, s })),
  )

describe('national encodings of r and s', () => {
  const signature: Signature = { byteLength: 32, r: 0x0102n, s: 0x0304n }
  const zeros = '00'.repeat(30)

  it('Russia and Uzbekistan: s || r, each big-endian', () => {
    expect(hex(encodeSignature('RU', signature))).toBe(`${zeros}0304${zeros}0102`)
    expect(hex(encodeSignature('UZ', signature))).toBe(`${zeros}0304${zeros}0102`)
  })

  it('Kazakhstan: r || s, each little-endian', () => {
    expect(hex(encodeSignature('KZ', signature))).toBe(`0201${zeros}0403${zeros}`)
  })

  it('come back as they were, and Kazakh octets are the Russian ones reversed', () => {
    fc.assert(
      fc.property(signatures, fc.constantFrom(...countries), (value, country) => {
        const octets = encodeSignature(country, value)
        expect(octets).toHaveLength(2 * value.byteLength)
        expect(decodeSignature(country, octets)).toEqual(value)
        expect(encodeSignature('KZ', value)).toEqual(encodeSignature('RU', value).reverse())
      }),
    )
  })

  it('every string of 64 or 128 octets is read and written back unchanged', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ minLength: 64, maxLength: 64 }),
          fc.uint8Array({ minLength: 128, maxLength: 128 }),
        ),
        fc.constantFrom(...countries),
        (octets, country) => {
          expect(encodeSignature(country, decodeSignature(country, octets))).toEqual(octets)
        },
      ),
    )
  })

  it('refuse any other length, numbers that do not fit, unknown countries, other kinds', () => {
    for (const length of [0, 1, 63, 65, 127, 129, 256]) {
      expect(() => decodeSignature('RU', new Uint8Array(length))).toThrow(RangeError)
    }
    expect(() => encodeSignature('KZ', { ...signature, r: 2n ** 256n })).toThrow(RangeError)
    expect(() => encodeSignature('RU', { ...signature, s: -1n })).toThrow(RangeError)
    expect(() => encodeSignature('RU', { ...signature, byteLength: 48 as 32 })).toThrow(RangeError)
    expect(() => encodeSignature('BY' as SignatureCountry, signature)).toThrow(RangeError)
    expect(() => decodeSignature('BY' as SignatureCountry, new Uint8Array(64))).toThrow(RangeError)
    expect(() => decodeSignature('RU', '00' as unknown as Uint8Array)).toThrow(TypeError)
  })
})
