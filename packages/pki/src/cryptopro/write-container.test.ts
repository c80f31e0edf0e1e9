import { describe, expect, it } from 'vitest'
import { createSigningKey, generateKey } from '../keys/index.ts'
import { codeOf } from '../test-support/code-of.ts'
import { buildCertificate, buildName } from '../x509/index.ts'
import { openCryptoProContainer } from './open-container.ts'
import { writeCryptoProContainer } from './write-container.ts'

const certificateOf = async (pkcs8: Uint8Array): Promise<Uint8Array> => {
  const key = createSigningKey(pkcs8)
  const name = buildName([['CN', 'TEST']])
  return buildCertificate(
    {
      serialNumber: 1n,
      issuer: name,
      subject: name,
      notBefore: new Date('2026-01-01T00:00:00Z'),
      notAfter: new Date('2027-01-01T00:00:00Z'),
      spki: key.spki,
      extensions: [],
    },
    key,
  )
}

describe('a container that is written', () => {
  it.each([
    ['ru-2012-256', '1.2.643.2.2.36.0'],
    ['ru-2012-512', '1.2.643.7.1.2.1.2.1'],
  ] as const)('%s is opened with its PIN alone, and gives the key', async (kind, parameterSet) => {
    const key = generateKey(kind, undefined, { parameterSet })
    const certificate = await certificateOf(key)
    const files = writeCryptoProContainer({ key, certificate, pin: '12345678', name: 'sender' })
    const opened = openCryptoProContainer({ files, pin: '12345678' })
    expect(opened).toMatchObject({ name: 'sender', pair: 'primary', secondKey: null })
    expect(opened.key.certificate).toEqual(certificate)
    expect(opened.key.signingKey().spki.bytes).toEqual(createSigningKey(key).spki.bytes)
    expect(codeOf(() => openCryptoProContainer({ files, pin: '12345679' }))).toBe(
      'cryptopro.wrong-pin',
    )
    const reserve = new Map(files).set('primary.key', files.get('primary2.key') ?? key)
    expect(openCryptoProContainer({ files: reserve, pin: '12345678' }).pair).toBe('reserve')
  })

  it('holds no key of another country', () => {
    const key = generateKey('kz-2015-512')
    const write = () =>
      writeCryptoProContainer({ key, certificate: new Uint8Array(), pin: '', name: 'x' })
    expect(codeOf(write)).toBe('key.unsupported-algorithm')
  })
})
