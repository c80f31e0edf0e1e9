import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { equalSecrets, fromHex, indexOfOctets, latin1Of, toHex } from './bytes.ts'

describe('base64', () => {
  it('RFC 4648 section 10', () => {
    for (const [plain, encoded] of [
      ['', ''],
      ['f', 'Zg=='],
      ['fo', 'Zm8='],
      ['foo', 'Zm9v'],
      ['foob', 'Zm9vYg=='],
      ['fooba', 'Zm9vYmE='],
      ['foobar', 'Zm9vYmFy'],
    ] as const) {
      expect(encodeBase64(new TextEncoder().encode(plain))).toBe(encoded)
      expect(latin1Of(decodeBase64(encoded))).toBe(plain)
    }
  })

  it('is that of Node, both ways and in both alphabets', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        const buffer = Buffer.from(octets)
        expect(encodeBase64(octets)).toBe(buffer.toString('base64'))
        expect(decodeBase64(buffer.toString('base64'))).toEqual(octets)
        expect(decodeBase64(buffer.toString('base64url'))).toEqual(octets)
      }),
    )
  })

  it('passes over characters of neither alphabet and stops at the padding', () => {
    expect(latin1Of(decodeBase64(' Zm\r\n9v\u0416'))).toBe('foo')
    expect(latin1Of(decodeBase64('Zg==Zm9v'))).toBe('f')
  })
})

describe('octets as text', () => {
  it('hex and Latin-1 are those of Node', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (octets) => {
        expect(toHex(octets)).toBe(Buffer.from(octets).toString('hex'))
        expect(fromHex(toHex(octets))).toEqual(octets)
        expect(latin1Of(octets)).toBe(Buffer.from(octets).toString('latin1'))
      }),
    )
  })

  it('reads more Latin-1 than a call takes arguments', () => {
    expect(latin1Of(new Uint8Array(300_000).fill(0x61)).length).toBe(300_000)
  })

  it('finds octets inside others where Node finds them', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 30, max: 3 }),
        fc.uint8Array({ minLength: 1, maxLength: 3, max: 3 }),
        (octets, part) => {
          expect(indexOfOctets(octets, part)).toBe(Buffer.from(octets).indexOf(part))
        },
      ),
    )
  })

  it('compares secrets by length and every octet', () => {
    expect(equalSecrets(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
    expect(equalSecrets(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
    expect(equalSecrets(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false)
    expect(equalSecrets(Uint8Array.of(1, 2, 0), Uint8Array.of(1, 2))).toBe(false)
  })
})
