import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  diversifyKeyCryptoPro,
  unwrapKeyCryptoPro,
  unwrapKeyGost28147,
  wrapKeyCryptoPro,
  wrapKeyGost28147,
} from './index.ts'

const octetsOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const sbox = 'cryptopro-a'

describe('key wrap of RFC 4357 section 6', () => {
  it('unwraps what it wraps, under either wrap, keys of 32 and of 64 octets', () => {
    fc.assert(
      fc.property(
        octetsOf(32),
        fc.oneof(octetsOf(32), octetsOf(64)),
        octetsOf(8),
        (key, secret, ukm) => {
          const plainWrap = wrapKeyGost28147(secret, { key, sbox, ukm })
          expect(plainWrap.length).toBe(secret.length + 12)
          expect(unwrapKeyGost28147(plainWrap, { key, sbox })).toEqual(secret)
          const wrap = wrapKeyCryptoPro(secret, { key, sbox, ukm })
          expect(unwrapKeyCryptoPro(wrap, { key, sbox })).toEqual(secret)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('gives nothing for another key, nor for any wrap with one bit changed', () => {
    const key = new Uint8Array(32).fill(3)
    const wrap = wrapKeyCryptoPro(new Uint8Array(32).fill(5), { key, sbox, ukm: new Uint8Array(8) })
    expect(unwrapKeyCryptoPro(wrap, { key: new Uint8Array(32), sbox })).toBeUndefined()
    for (let i = 0; i < wrap.length; i++) {
      const changed = wrap.with(i, (wrap[i] as number) ^ 0x40)
      expect(unwrapKeyCryptoPro(changed, { key, sbox })).toBeUndefined()
    }
    expect(unwrapKeyCryptoPro(wrap, { key, sbox })).toEqual(new Uint8Array(32).fill(5))
  })

  it('refuses wraps of an impossible length', () => {
    const key = new Uint8Array(32)
    for (const length of [0, 7, 43, 45, 20]) {
      expect(() => unwrapKeyCryptoPro(new Uint8Array(length), { key, sbox })).toThrow('"wrapped"')
    }
  })

  it('diversification depends on every octet of the material', () => {
    const key = Uint8Array.from({ length: 32 }, (_, i) => i)
    const seen = new Set<string>()
    for (let i = 0; i < 8; i++) {
      const ukm = new Uint8Array(8)
      ukm[i] = 1
      seen.add(diversifyKeyCryptoPro({ key, sbox, ukm }).join())
    }
    expect(seen.size).toBe(8)
    expect(key[31]).toBe(31)
  })
})
