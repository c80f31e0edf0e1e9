import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type BlockCipherName,
  cryptCtr,
  cryptCtrAcpkm,
  decryptEcb,
  encryptEcb,
  kexp15,
  kimp15,
  omac,
  omacAcpkm,
} from './index.ts'
import { octetsOfHex } from './octets.ts'
import { hasGostEngine, openssl, withFolder } from './openssl-peer.fixture.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')
const octets = (text: string): Uint8Array => {
  const joined = text.replaceAll(/\s/g, '')

  return joined === '' ? new Uint8Array(0) : octetsOfHex(joined)
}

const kuznyechikKey = octets('8899aabbccddeeff0011223344556677fedcba98765432100123456789abcdef')
const magmaKey = octets('ffeeddccbbaa99887766554433221100f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff')
const kuznyechik = { cipher: 'kuznyechik', key: kuznyechikKey } as const
const magma = { cipher: 'magma', key: magmaKey } as const

/** GOST R 34.13-2015 A.1, continued as RFC 8645 appendix A does it. */
const plain = octets(`
  1122334455667700ffeeddccbbaa9988 00112233445566778899aabbcceeff0a
  112233445566778899aabbcceeff0a00 2233445566778899aabbcceeff0a0011
  33445566778899aabbcceeff0a001122 445566778899aabbcceeff0a00112233
  5566778899aabbcceeff0a0011223344`)
/** GOST R 34.13-2015 A.2. */
const plainMagma = octets('92def06b3c130a59db54c704f8189d204a98fb2e67a8024c8912409b17b57e41')

describe('Kuznyechik', () => {
  it('RFC 7801 section 5.5 and GOST R 34.13-2015 A.1.1: codebook, both ways', () => {
    const encrypted = encryptEcb(plain.subarray(0, 64), kuznyechik)
    expect(hex(encrypted)).toBe(
      '7f679d90bebc24305a468d42b9d4edcdb429912c6e0032f9285452d76718d08b' +
        'f0ca33549d247ceef3f5a5313bd4b157d0b09ccde830b9eb3a02c4c5aa8ada98',
    )
    expect(decryptEcb(encrypted, kuznyechik)).toEqual(plain.subarray(0, 64))
  })

  it('GOST R 34.13-2015 A.1.2: counter', () => {
    const iv = octets('1234567890abcef0')
    expect(hex(cryptCtr(plain.subarray(0, 64), { ...kuznyechik, iv }))).toBe(
      'f195d8bec10ed1dbd57b5fa240bda1b885eee733f6a13e5df33ce4b33c45dee4' +
        'a5eae88be6356ed3d5e877f13564a3a5cb91fab1f20cbab6d1c6d15820bdba73',
    )
  })

  it('GOST R 34.13-2015 A.1.6: OMAC', () => {
    expect(hex(omac(plain.subarray(0, 64), kuznyechik)).slice(0, 16)).toBe('336f4d296059fbe3')
  })

  it('RFC 8645 appendix A.1: counter with internal re-keying, sections of 32 octets', () => {
    const iv = octets('1234567890abcef0')
    expect(hex(cryptCtrAcpkm(plain, { ...kuznyechik, iv, sectionBytes: 32 }))).toBe(
      'f195d8bec10ed1dbd57b5fa240bda1b885eee733f6a13e5df33ce4b33c45dee4' +
        '4bceeb8f646f4c55001706275e85e800587c4df568d094393e4834afd0805046' +
        'cf30f57686aeece11cfc6c316b8a896edffd07ec813636460c4f3b743423163e' +
        '6409a9c282fac8d469d221e7fbd6de5d',
    )
  })

  it('R 1323565.1.017-2018 A.4.1 and A.4.2: OMAC-ACPKM', () => {
    const options = { ...kuznyechik, sectionBytes: 32, masterBytes: 96 }
    expect(hex(omacAcpkm(plain.subarray(0, 24), options))).toBe('b5367f47b62b995eeb2a648c5843145e')
    expect(hex(omacAcpkm(plain.subarray(0, 80), options))).toBe('fbb8dcee45bea67c35f58c5700898e5d')
  })
})

describe('Magma', () => {
  it('RFC 8891 appendix A.4 and GOST R 34.13-2015 A.2.1: codebook, both ways', () => {
    expect(hex(encryptEcb(octets('fedcba9876543210'), magma))).toBe('4ee901e5c2d8ca3d')
    const encrypted = encryptEcb(plainMagma, magma)
    expect(hex(encrypted)).toBe('2b073f0494f372a0de70e715d3556e4811d8d9e9eacfbc1e7c68260996c67efb')
    expect(decryptEcb(encrypted, magma)).toEqual(plainMagma)
  })

  it('GOST R 34.13-2015 A.2.2 and A.2.6: counter and OMAC', () => {
    expect(hex(cryptCtr(plainMagma, { ...magma, iv: octets('12345678') }))).toBe(
      '4e98110c97b7b93c3e250d93d6e85d69136d868807b2dbef568eb680ab52a12d',
    )
    expect(hex(omac(plainMagma, magma)).slice(0, 8)).toBe('154e7210')
  })

  it('R 1323565.1.017-2018 appendix A: counter with internal re-keying, OMAC-ACPKM', () => {
    const key = { cipher: 'magma', key: kuznyechikKey } as const
    expect(
      hex(
        cryptCtrAcpkm(plain.subarray(0, 56), { ...key, iv: octets('12345678'), sectionBytes: 16 }),
      ),
    ).toBe(
      '2ab81deeeb1e4cab68e104c4bd6b94eac72c67af6c2e5b6b0eafb61770f1b32e' +
        'a1ae71149eed1382abd467180672ec6f84a2f15b3fca72c1',
    )
    const options = { ...key, sectionBytes: 16, masterBytes: 80 }
    expect(hex(omacAcpkm(octets('1122334455667700ffeeddcc'), options))).toBe('a0540e3730acbcf3')
    const longer = octets(`1122334455667700ffeeddccbbaa9988 00112233445566778899aabbcceeff0a
      1122334455667788`)
    expect(hex(omacAcpkm(longer, options))).toBe('34008dad5496bb8e')
  })
})

describe('KExp15 and KImp15, R 1323565.1.017-2018', () => {
  const options = {
    cipher: 'magma',
    macKey: octets('08090a0b0c0d0e0f0001020304050607101112131415161718191a1b1c1d1e1f'),
    encryptionKey: octets('202122232425262728292a2b2c2d2e2f38393a3b3c3d3e3f3031323334353637'),
    iv: octets('67bed654'),
  } as const

  it('exports the key of the R 1323565.1.017-2018 example', () => {
    const exported = kexp15(kuznyechikKey, options)
    expect(hex(exported)).toBe(
      'cfd5a12d5b81b6e1e99c916d07900c6ac12703fb3abded55567bf3742c899c755dafe7b42e3a8bd9',
    )
    expect(kimp15(exported, options)).toEqual(kuznyechikKey)
  })

  it('imports nothing that was changed', () => {
    for (const cipher of ['magma', 'kuznyechik'] as const) {
      const both = { ...options, cipher, iv: new Uint8Array(cipher === 'magma' ? 4 : 8) }
      const exported = kexp15(kuznyechikKey, both)
      expect(kimp15(exported, both)).toEqual(kuznyechikKey)
      for (let i = 0; i < exported.length; i++) {
        expect(kimp15(exported.with(i, (exported[i] as number) ^ 1), both)).toBeUndefined()
      }
    }
    expect(() => kimp15(new Uint8Array(8), options)).toThrow('"exported"')
  })
})

describe('modes of GOST R 34.13-2015', () => {
  const anyCipher = fc.constantFrom<BlockCipherName>('magma', 'kuznyechik')

  it('decrypt what they encrypt, for any length', () => {
    fc.assert(
      fc.property(
        anyCipher,
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ maxLength: 300 }),
        fc.integer({ min: 1, max: 8 }),
        (cipher, key, text, blocks) => {
          const iv = key.subarray(0, cipher === 'magma' ? 4 : 8)
          const options = { cipher, key, iv, sectionBytes: 16 * blocks }
          expect(cryptCtrAcpkm(cryptCtrAcpkm(text, options), options)).toEqual(text)
          const whole = text.subarray(0, text.length - (text.length % 16))
          expect(decryptEcb(encryptEcb(whole, { cipher, key }), { cipher, key })).toEqual(whole)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('a message filled to a whole block by hand has another OMAC than the short one', () => {
    for (const key of [magma, kuznyechik]) {
      const filled = octets('0102038000000000 0000000000000000')
      const size = key === magma ? 8 : 16
      expect(omac(octets('010203'), key)).not.toEqual(omac(filled.subarray(0, size), key))
      expect(omac(new Uint8Array(0), key)).not.toEqual(omac(new Uint8Array(size), key))
    }
  })

  it('refuse sections that are not whole blocks, start vectors of another size, other ciphers', () => {
    const iv = new Uint8Array(8)
    expect(() => cryptCtrAcpkm(plain, { ...kuznyechik, iv, sectionBytes: 24 })).toThrow(
      '"sectionBytes"',
    )
    expect(() => cryptCtrAcpkm(plain, { ...kuznyechik, iv, sectionBytes: 0 })).toThrow(
      '"sectionBytes"',
    )
    expect(() => cryptCtr(plain, { ...magma, iv })).toThrow('"iv"')
    expect(() => encryptEcb(plain.subarray(1), magma)).toThrow('"octets"')
    expect(() =>
      encryptEcb(plain, { cipher: 'aes' as unknown as BlockCipherName, key: magmaKey }),
    ).toThrow('"cipher"')
  })
})

describe.skipIf(!hasGostEngine)('Magma and Kuznyechik against OpenSSL with gost-engine', () => {
  const text = Uint8Array.from({ length: 9001 }, (_, i) => i * 11 + (i >> 7))

  it('agree in counter mode, with and without re-keying', () => {
    withFolder((folder) => {
      // The sections are those that the engine uses outside of CMS.
      for (const [cipher, iv, sectionBytes] of [
        ['magma', octets('12345678'), 1024],
        ['kuznyechik', octets('1234567890abcef0'), 4096],
      ] as const) {
        const key = magmaKey
        const args = ['-K', hex(key), '-iv', hex(iv).padEnd(4 * iv.length, '0')]
        const plainMode = openssl(folder, ['enc', `-${cipher}-ctr`, ...args], text).stdout
        expect(hex(cryptCtr(text, { cipher, key, iv }))).toBe(hex(plainMode))
        const acpkm = openssl(folder, ['enc', `-${cipher}-ctr-acpkm`, ...args], text).stdout
        expect(hex(cryptCtrAcpkm(text, { cipher, key, iv, sectionBytes }))).toBe(hex(acpkm))
      }
    })
  })

  it('agree on OMAC for whole and cut blocks', () => {
    withFolder((folder) => {
      for (const cipher of ['magma', 'kuznyechik'] as const) {
        for (const length of [1, 8, 15, 16, 17, 64, 9001]) {
          const piece = text.subarray(0, length)
          const tag = openssl(
            folder,
            ['dgst', '-mac', `${cipher}-mac`, '-macopt', `hexkey:${hex(magmaKey)}`],
            piece,
          ).stdout.toString()
          expect(tag.trim().endsWith(` ${hex(omac(piece, { cipher, key: magmaKey }))}`)).toBe(true)
        }
      }
    })
  })
})
