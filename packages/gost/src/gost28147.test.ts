import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Gost28147Sbox } from './gost28147-sboxes.ts'
import {
  cryptGost28147Cnt,
  decryptGost28147Cfb,
  decryptGost28147Ecb,
  encryptGost28147Cfb,
  encryptGost28147Ecb,
  macGost28147,
} from './index.ts'
import { octetsOfHex } from './octets.ts'
import { hasGostEngine, openssl, withFolder } from './openssl-peer.fixture.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

const sboxes: Readonly<Record<Gost28147Sbox, string>> = {
  'tc26-z': 'id-tc26-gost-28147-param-Z',
  'cryptopro-a': 'id-Gost28147-89-CryptoPro-A-ParamSet',
  'cryptopro-b': 'id-Gost28147-89-CryptoPro-B-ParamSet',
  'cryptopro-c': 'id-Gost28147-89-CryptoPro-C-ParamSet',
  'cryptopro-d': 'id-Gost28147-89-CryptoPro-D-ParamSet',
  test: 'id-Gost28147-89-TestParamSet',
}

const key = octetsOfHex('0475f6e05038fbfad2c7c390edb3ca3d1547124291ae1e8a2f79cd9ed2bcefbd')
const iv = octetsOfHex('0201010101010101')

describe('GOST 28147-89, RFC 5830', () => {
  it('simple substitution: published answers of the library libgcl3, test substitution', () => {
    const plain = octetsOfHex('07060504030201000f0e0d0c0b0a0908')
    const encrypted = encryptGost28147Ecb(plain, { key, sbox: 'test' })
    expect(hex(encrypted)).toBe('4b8c4c9815f24aea1ec35709b3bc2ed1')
    expect(decryptGost28147Ecb(encrypted, { key, sbox: 'test' })).toEqual(plain)
  })

  it('gamma mode: published answers of libgcl3, with an end that is no whole block', () => {
    const plain = octetsOfHex(
      '07060504030201000f0e0d0c0b0a090817161514131211101f1e1d1c1b1a1918272625242322',
    )
    expect(hex(cryptGost28147Cnt(plain, { key, sbox: 'test', iv }))).toBe(
      '4a5e376ca112d35509131a21acfbb21e8c249b57206846d5232a263512565c692a2fd1abbd45',
    )
  })

  it('imitovstavka: published answers of libgcl3, substitution A', () => {
    const textKey = octetsOfHex('54686973206973206d657373616765ff206c656e677468003332206279746573')
    const mac = (length: number, octet: number) =>
      hex(macGost28147(new Uint8Array(length).fill(octet), { key: textKey, sbox: 'cryptopro-a' }))
    expect(mac(128, 0x55)).toBe('1a06d1ba')
    expect(mac(13, 0x78)).toBe('917ee1f1')
  })

  it('decrypts what it encrypts, in place of nothing that was passed in', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.uint8Array({ maxLength: 2100 }),
        fc.constantFrom(...(Object.keys(sboxes) as Gost28147Sbox[])),
        fc.boolean(),
        (anyKey, anyIv, octets, sbox, keyMeshing) => {
          const before = Uint8Array.from(octets)
          const options = { key: anyKey, sbox, iv: anyIv, keyMeshing }
          const encrypted = encryptGost28147Cfb(octets, options)
          expect(decryptGost28147Cfb(encrypted, options)).toEqual(before)
          expect(cryptGost28147Cnt(cryptGost28147Cnt(octets, options), options)).toEqual(before)
          expect(octets).toEqual(before)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('key meshing changes what comes after 1024 octets and nothing before', () => {
    const octets = new Uint8Array(1032)
    const options = { key, sbox: 'tc26-z', iv } as const
    const plain = encryptGost28147Cfb(octets, options)
    const meshed = encryptGost28147Cfb(octets, { ...options, keyMeshing: true })
    expect(meshed.subarray(0, 1024)).toEqual(plain.subarray(0, 1024))
    expect(meshed.subarray(1024)).not.toEqual(plain.subarray(1024))
  })

  it('refuses keys, start vectors and texts of a wrong length, and unknown substitutions', () => {
    const octets = new Uint8Array(8)
    expect(() => encryptGost28147Ecb(octets, { key: key.subarray(1), sbox: 'test' })).toThrow(
      '"key"',
    )
    expect(() => encryptGost28147Ecb(new Uint8Array(9), { key, sbox: 'test' })).toThrow('"octets"')
    expect(() => encryptGost28147Cfb(octets, { key, sbox: 'test', iv: new Uint8Array(7) })).toThrow(
      '"iv"',
    )
    expect(() =>
      encryptGost28147Ecb(octets, { key, sbox: 'toString' as unknown as Gost28147Sbox }),
    ).toThrow('"sbox"')
  })
})

describe.skipIf(!hasGostEngine)('GOST 28147-89 against OpenSSL with gost-engine', () => {
  const octets = Uint8Array.from({ length: 2500 }, (_, i) => i * 7 + (i >> 8))

  it('agrees on every substitution in CFB with key meshing and in the imitovstavka', () => {
    withFolder((folder) => {
      for (const [sbox, name] of Object.entries(sboxes) as [Gost28147Sbox, string][]) {
        for (const length of [1, 8, 17, 2500]) {
          const piece = octets.subarray(0, length)
          const options = { key, sbox, iv, keyMeshing: true }
          const encrypted = openssl(
            folder,
            ['enc', '-gost89', '-K', hex(key), '-iv', hex(iv)],
            piece,
            { CRYPT_PARAMS: name },
          )
          expect(hex(encryptGost28147Cfb(piece, options))).toBe(hex(encrypted.stdout))
          const macOptions = [`hexkey:${hex(key)}`, `paramset:${name}`]
          const args = [
            'dgst',
            '-mac',
            'gost-mac',
            '-binary',
            ...macOptions.flatMap((option) => ['-macopt', option]),
          ]
          const tag = openssl(folder, args, piece)
          expect(hex(macGost28147(piece, { key, sbox, keyMeshing: true }))).toBe(hex(tag.stdout))
        }
      }
    })
  })

  it('agrees in gamma mode with key meshing', () => {
    withFolder((folder) => {
      for (const [sbox, cipher] of [
        ['cryptopro-a', '-gost89-cnt'],
        ['tc26-z', '-gost89-cnt-12'],
      ] as const) {
        const args = ['enc', cipher, '-K', hex(key), '-iv', hex(iv)]
        const encrypted = openssl(folder, args, octets).stdout
        expect(hex(cryptGost28147Cnt(octets, { key, sbox, iv, keyMeshing: true }))).toBe(
          hex(encrypted),
        )
      }
    })
  })
})
