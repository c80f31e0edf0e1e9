import { beforeAll, describe, expect, it } from 'vitest'
import { toHex } from '../asn1/bytes.ts'
import { readPem, writePem } from '../asn1/pem.ts'
import { createSigningKey, generateKey } from '../keys/signing-key.ts'
import { codeOf } from '../test-support/code-of.ts'
import { hasOpenssl, withPeer } from '../test-support/openssl-peer.ts'
import { issueTest, signerExtensions, type TestEntity, testKey } from '../test-support/test-ca.ts'
import { keyIdentifierOf } from '../x509/build-extension.ts'
import { readPkcs12 } from './read-pkcs12.ts'
import { writePkcs12 } from './write-pkcs12.ts'

const password = 'Қызыл-1 жол'

type Stored = { readonly pkcs8: Uint8Array; readonly certificate: Uint8Array }

let ca: TestEntity
let caBytes: Uint8Array
let rsa: Stored
let gost: Stored

const issue = async (kind: 'rsa-2048' | 'kz-2015-512'): Promise<Stored> => {
  const pkcs8 = generateKey(kind)
  const key = createSigningKey(pkcs8)
  const { certificate } = await issueTest({
    key,
    issuer: ca,
    subject: [
      ['CN', 'TEST ТЕСТОВ ТЕСТ'],
      ['C', 'KZ'],
    ],
    extensions: signerExtensions(key),
  })
  return { pkcs8, certificate: Uint8Array.from(certificate.bytes) }
}

beforeAll(async () => {
  ca = await issueTest({ key: testKey('ca', 'rsa-2048') })
  caBytes = Uint8Array.from(ca.certificate.bytes)
  rsa = await issue('rsa-2048')
  gost = await issue('kz-2015-512')
})

describe('writePkcs12', () => {
  it('what is written is read: GOST and RSA keys, chain, names', () => {
    const entries = [
      { key: gost.pkcs8, certificates: [gost.certificate, caBytes], friendlyName: 'қол қою' },
      { key: rsa.pkcs8, certificates: [rsa.certificate, caBytes] },
    ]
    const read = readPkcs12(writePkcs12({ entries, password }), password)
    const { spki } = createSigningKey(rsa.pkcs8)
    expect(read[0]).toEqual(entries[0])
    expect(read[1]).toEqual({ ...entries[1], friendlyName: toHex(keyIdentifierOf(spki)) })
    expect(read).toHaveLength(2)
  })

  it('follows the NCA: indefinite inner parts, 1024 iterations, 20 octets of fresh salt', () => {
    const entries = [{ key: gost.pkcs8, certificates: [gost.certificate] }]
    const bytes = writePkcs12({ entries, password })
    // authSafe begins SEQUENCE, SEQUENCE of indefinite length, data.
    expect(toHex(bytes)).toContain('3080308006092a864886f70d010701a08004')
    // pbeWithSHAAnd3-KeyTripleDES-CBC and pbeWithSHAAnd40BitRC2-CBC, salt of 20 octets.
    expect(toHex(bytes)).toMatch(/3028060a2a864886f70d010c0103301a0414[0-9a-f]{40}02020400/)
    expect(toHex(bytes)).toMatch(/3028060a2a864886f70d010c0106301a0414[0-9a-f]{40}02020400/)
    expect(toHex(bytes)).toMatch(/0414[0-9a-f]{40}0414[0-9a-f]{40}02020400$/)
    expect(toHex(writePkcs12({ entries, password }))).not.toBe(toHex(bytes))
  })

  it('the same salts give the same octets', () => {
    const entries = [{ key: gost.pkcs8, certificates: [gost.certificate] }]
    const random = (length: number) => new Uint8Array(length).fill(1)
    expect(writePkcs12({ entries, password, random })).toEqual(
      writePkcs12({ entries, password, random }),
    )
  })

  it('no key leaks into the file in the clear', () => {
    const bytes = writePkcs12({
      entries: [{ key: gost.pkcs8, certificates: [gost.certificate] }],
      password,
    })
    expect(toHex(bytes)).not.toContain(toHex(gost.pkcs8.subarray(-32)))
    expect(toHex(bytes)).not.toContain(toHex(gost.certificate.subarray(-32)))
  })

  it('refuses nothing to store, and a key without its certificate', () => {
    expect(codeOf(() => writePkcs12({ entries: [], password }))).toBe('pkcs12.bad-entry')
    expect(
      codeOf(() => writePkcs12({ entries: [{ key: gost.pkcs8, certificates: [] }], password })),
    ).toBe('pkcs12.bad-entry')
  })
})

describe.skipIf(!hasOpenssl)('OpenSSL', () => {
  it('opens what we wrote (-legacy), and not with another password', async () => {
    await withPeer(({ run, write }) => {
      const entry = {
        key: rsa.pkcs8,
        certificates: [rsa.certificate, caBytes],
        friendlyName: 'muhr',
      }
      write('ours.p12', writePkcs12({ entries: [entry], password: 'Qwerty12' }))
      const open = (word: string) =>
        run('pkcs12', '-legacy', '-in', 'ours.p12', '-passin', `pass:${word}`, '-nodes')
      const { status, text } = open('Qwerty12')
      expect(status).toBe(0)
      expect(text).toContain('friendlyName: muhr')
      const blocks = readPem(text).map(({ bytes }) => toHex(bytes))
      expect(blocks).toContain(toHex(rsa.pkcs8))
      expect(blocks).toContain(toHex(rsa.certificate))
      expect(blocks).toContain(toHex(caBytes))
      expect(open('qwerty12').status).not.toBe(0)
    })
  })

  it('opens what we wrote with a GOST key as far as it knows the algorithm: the certificate', async () => {
    await withPeer(({ run, write }) => {
      const entry = { key: gost.pkcs8, certificates: [gost.certificate] }
      write('ours.p12', writePkcs12({ entries: [entry], password: 'Qwerty12' }))
      const { text } = run(
        ...['pkcs12', '-legacy', '-in', 'ours.p12', '-passin', 'pass:Qwerty12', '-nokeys'],
      )
      expect(readPem(text).map(({ bytes }) => toHex(bytes))).toEqual([toHex(gost.certificate)])
    })
  })

  it.each([
    { name: 'RC2 of 40 bits, SHA-1', certPbe: 'PBE-SHA1-RC2-40', mac: 'sha1' },
    { name: 'RC2 of 128 bits, SHA-1', certPbe: 'PBE-SHA1-RC2-128', mac: 'sha1' },
    { name: 'Triple DES, SHA-256', certPbe: 'PBE-SHA1-3DES', mac: 'sha256' },
  ])('writes what we open: $name', async ({ certPbe, mac }) => {
    await withPeer(({ run, write }) => {
      write('key.pem', writePem('PRIVATE KEY', rsa.pkcs8))
      write('leaf.pem', writePem('CERTIFICATE', rsa.certificate))
      write('ca.pem', writePem('CERTIFICATE', caBytes))
      const { status, stdout } = run(
        ...['pkcs12', '-export', '-legacy', '-inkey', 'key.pem', '-in', 'leaf.pem'],
        ...['-certfile', 'ca.pem', '-name', 'Muhr', '-passout', 'pass:Qwerty12'],
        ...['-keypbe', 'PBE-SHA1-3DES', '-certpbe', certPbe, '-macalg', mac],
      )
      expect(status).toBe(0)
      expect(readPkcs12(stdout, 'Qwerty12')).toEqual([
        { key: rsa.pkcs8, certificates: [rsa.certificate, caBytes], friendlyName: 'Muhr' },
      ])
      expect(codeOf(() => readPkcs12(stdout, 'qwerty12'))).toBe('pkcs12.wrong-password')
    })
  })

  it('writes PBES2 with AES and SHA-256 by default, which we open', async () => {
    await withPeer(({ run, write }) => {
      write('key.pem', writePem('PRIVATE KEY', rsa.pkcs8))
      write('leaf.pem', writePem('CERTIFICATE', rsa.certificate))
      const { stdout } = run(
        ...['pkcs12', '-export', '-inkey', 'key.pem', '-in', 'leaf.pem', '-passout', 'pass:a'],
      )
      expect(readPkcs12(stdout, 'a')[0]?.key).toEqual(rsa.pkcs8)
      expect(codeOf(() => readPkcs12(stdout, 'b'))).toBe('pkcs12.wrong-password')
    })
  })
})
