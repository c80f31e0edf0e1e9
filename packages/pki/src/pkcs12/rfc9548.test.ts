import { derivePublicKey } from '@muhr/gost'
import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '../asn1/base64.ts'
import { toHex } from '../asn1/bytes.ts'
import { parsePkcs8 } from '../keys/pkcs8.ts'
import { createSigningKey, generateKey } from '../keys/signing-key.ts'
import { codeOf } from '../test-support/code-of.ts'
import { hasFixtures, readFixture } from '../test-support/fixtures.ts'
import { issueTest, signerExtensions } from '../test-support/test-ca.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import type { WrittenCipher } from './encryption-scheme.ts'
import { readPkcs12 } from './read-pkcs12.ts'
import { rfc9548A2, rfc9548A3 } from './rfc9548-examples.fixture.ts'
import { writePkcs12 } from './write-pkcs12.ts'

const password = 'Пароль для PFX'

const ciphers: readonly WrittenCipher[] = [
  'kuznyechik-ctr-acpkm-omac',
  'kuznyechik-ctr-acpkm',
  'magma-ctr-acpkm-omac',
  'magma-ctr-acpkm',
  'gost28147',
  'aes-256-cbc',
]

const sample = async (kind: 'ru-2012-256' | 'ru-2012-512') => {
  const key = generateKey(kind)
  const signer = createSigningKey(key)
  const { certificate } = await issueTest({ key: signer, extensions: signerExtensions(signer) })
  return { key, certificates: [Uint8Array.from(certificate.bytes)] }
}

describe('the Russian profile of PKCS#12', () => {
  it.each([
    ['A.2.1', rfc9548A2],
    ['A.3.1', rfc9548A3],
  ])('RFC 9548 appendix %s opens to the key of the certificate', (_, encoded) => {
    const [entry, ...others] = readPkcs12(decodeBase64(encoded), password)
    expect(others).toEqual([])
    const key = parsePkcs8(entry?.key ?? new Uint8Array())
    const { spki } = parseCertificate(entry?.certificates[0] ?? new Uint8Array())
    if (key.type !== 'gost' || spki.key.type !== 'gost') {
      throw new TypeError('a GOST key was expected')
    }
    expect(toHex(key.privateKey)).toMatch(/^116925f9e6e5b075acf3a48d8112aa4b/)
    expect(derivePublicKey('tc26-512-A', key.privateKey)).toEqual(spki.key.point)
    expect(entry?.friendlyName).toBe('p12FriendlyName')
  })

  it('RFC 9548 appendix A with another password: the one generic error', () => {
    expect(codeOf(() => readPkcs12(decodeBase64(rfc9548A2), 'Пароль'))).toBe(
      'pkcs12.wrong-password',
    )
  })

  it.skipIf(!hasFixtures('ru/cryptopro'))('the example of R 50.1.112-2016 (GOST 28147-89)', () => {
    const file = readFixture('ru/cryptopro/r50-1-112-example.pfx')
    const [entry] = readPkcs12(file, password)
    const key = parsePkcs8(entry?.key ?? new Uint8Array())
    expect(key.type === 'gost' && toHex(key.privateKey)).toBe(
      '5222ef9c5522b453eba66b00fd0007230850996a24418f5b64195db0a334ea2b',
    )
    expect(entry?.certificates).toHaveLength(1)
  })

  it.each(ciphers)('what is written under %s is read', async (cipher) => {
    const entries = [await sample('ru-2012-256'), await sample('ru-2012-512')]
    const store = writePkcs12({ entries, password, profile: 'rfc9548', cipher, iterations: 20 })
    const read = readPkcs12(store, password)
    expect(read.map(({ key }) => toHex(key))).toEqual(entries.map(({ key }) => toHex(key)))
    expect(read.map(({ certificates }) => certificates[0])).toEqual(
      entries.map(({ certificates }) => certificates[0]),
    )
    expect(codeOf(() => readPkcs12(store, `${password} `))).toBe('pkcs12.wrong-password')
  })

  it('hashes the password 2000 times by default', async () => {
    const store = writePkcs12({
      entries: [await sample('ru-2012-256')],
      password,
      profile: 'rfc9548',
    })
    // Two blocks for the MAC, one each for key and certificates.
    expect(codeOf(() => readPkcs12(store, password, { maxIterations: 7999 }))).toBe(
      'pkcs12.too-much-work',
    )
    expect(readPkcs12(store, password, { maxIterations: 8000 })).toHaveLength(1)
  })

  it('salts and keying material are drawn anew for every part', async () => {
    const entries = [await sample('ru-2012-256')]
    const drawn: number[] = []
    const random = (byteLength: number): Uint8Array => {
      drawn.push(byteLength)
      return new Uint8Array(byteLength).fill(drawn.length)
    }
    writePkcs12({ entries, password, profile: 'rfc9548', random, iterations: 1 })
    // Salt and UKM of the key, of the certificates, and the salt of the MAC.
    expect(drawn).toEqual([32, 16, 32, 16, 32])
  })

  it('one changed octet anywhere is an error of this package, never another key', async () => {
    const entries = [await sample('ru-2012-256')]
    const store = writePkcs12({ entries, password, profile: 'rfc9548', iterations: 1 })
    for (let at = 0; at < store.length; at += 7) {
      const changed = store.with(at, (store[at] ?? 0) ^ 0x10)
      const outcome = codeOf(() => readPkcs12(changed, password, { maxIterations: 1000 }))
      expect(outcome).toMatch(/^(pkcs12|asn1|key)\./)
    }
    expect(readPkcs12(store, password)).toHaveLength(1)
  })
})
