import { describe, expect, it } from 'vitest'
import { fromHex, latin1Of, toHex } from '../asn1/bytes.ts'
import { parsePkcs8 } from '../keys/pkcs8.ts'
import { bag, plainPart, storeOf, testPassword } from '../pkcs12/build-hostile.fixture.ts'
import { pkcs12Oid } from '../pkcs12/oids.ts'
import { encodePasswords } from '../pkcs12/password.ts'
import { readPkcs12 } from '../pkcs12/read-pkcs12.ts'
import { writePkcs12 } from '../pkcs12/write-pkcs12.ts'
import { codeOf } from '../test-support/code-of.ts'
import { hasFixtures, readFixture } from '../test-support/fixtures.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import { buildKeyBag, type TestKeyBag, testPrivateKey } from './build-key-bag.fixture.ts'
import { deriveBagKey } from './decrypt-key-bag.ts'

const numberOf = (pkcs8: Uint8Array | undefined): string => {
  const key = parsePkcs8(pkcs8 ?? new Uint8Array())
  return key.type === 'gost' ? toHex(key.privateKey) : ''
}

const storeWith = (spec: Partial<TestKeyBag> = {}): Uint8Array =>
  storeOf([
    plainPart(
      bag(
        pkcs12Oid.shroudedKeyBag,
        buildKeyBag({
          privateKey: testPrivateKey(spec.scheme),
          password: testPassword,
          ...spec,
        }),
      ),
    ),
  ])

const open = (spec: Partial<TestKeyBag> = {}) => readPkcs12(storeWith(spec), testPassword)

describe("CryptoPro's own PFX", () => {
  it('the published answer of the key derivation', () => {
    const { utf16le } = encodePasswords('pbe-test-2026')
    const salt = fromHex('30b445cf1bbf4150e57a544c970ef3be')
    expect(toHex(deriveBagKey({ password: utf16le, salt, iterations: 2000 }))).toBe(
      '6eba4d1a27e015c01244bc9856b559a25bf89f6a5fd7c180d97d16e95d8c1d20',
    )
  })

  const withFiles = it.skipIf(!hasFixtures('ru/cryptopro'))

  withFiles.each(['256', '512'])(
    'the file of %s bits opens to the key of its certificate',
    (bits) => {
      const name = `ru/cryptopro/syn-cppbe-2012-${bits}`
      const expected = JSON.parse(latin1Of(readFixture(`${name}.expected.json`)))
      const file = readFixture(`${name}.pfx`)
      const [entry] = readPkcs12(file, expected.password)
      expect(toHex(fromHex(numberOf(entry?.key)).reverse())).toBe(expected.d_big_endian_hex)
      const { spki } = parseCertificate(entry?.certificates[0] ?? new Uint8Array())
      expect(spki.key.type === 'gost' && toHex(spki.key.point)).toBe(expected.publicKey_le_xy_hex)
      expect(codeOf(() => readPkcs12(file, 'PFX-password'))).toBe('pkcs12.wrong-password')
    },
  )

  it.each(['ru-2012-256', 'ru-2012-512', 'ru-2001'] as const)('a key bag of %s', (scheme) => {
    expect(numberOf(open({ scheme })[0]?.key)).toBe(toHex(testPrivateKey(scheme)))
  })

  it('a wrong password is told by the outer MAC, before the key is touched', () => {
    const store = storeWith({ iterations: 0 })
    expect(codeOf(() => readPkcs12(store, 'другой'))).toBe('pkcs12.wrong-password')
    expect(codeOf(() => readPkcs12(store, testPassword))).toBe('key.bad-parameters')
  })

  it('another password inside, damaged check values and foreign blobs are damage', () => {
    expect(codeOf(() => open({ password: 'другой' }))).toBe('pkcs12.damaged')
    expect(codeOf(() => open({ damage: 'key-mac' }))).toBe('pkcs12.damaged')
    expect(codeOf(() => open({ damage: 'blob-mac' }))).toBe('pkcs12.damaged')
    expect(codeOf(() => open({ magic: 'RSA2' }))).toBe('pkcs12.damaged')
    expect(codeOf(() => open())).toBe('accepted')
  })

  it.each([0, -1, 65_536, 2 ** 31, 2 ** 40])(
    '%i iterations are refused without work',
    (iterations) => {
      expect(codeOf(() => open({ iterations }))).toBe('key.bad-parameters')
    },
  )

  it('the work limit counts', () => {
    const limits = { maxIterations: 199 }
    expect(codeOf(() => readPkcs12(storeWith({ iterations: 100 }), testPassword, limits))).toBe(
      'pkcs12.too-much-work',
    )
    expect(open({ iterations: 100 })).toHaveLength(1)
  })

  it('a key marked not to be exported is told, and no other store takes it', () => {
    const [entry] = open({ exportable: false })
    expect(entry?.exportable).toBe(false)
    expect(open()[0]?.exportable).toBeUndefined()
    const entries = entry === undefined ? [] : [entry]
    expect(codeOf(() => writePkcs12({ entries, password: 'a' }))).toBe('key.not-exportable')
  })
})
