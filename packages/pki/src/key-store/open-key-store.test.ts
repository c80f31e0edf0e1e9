import { derivePublicKey } from '@muhr/gost'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeBase64 } from '../asn1/base64.ts'
import { latin1Of, toHex } from '../asn1/bytes.ts'
import { readPem, writePem } from '../asn1/pem.ts'
import { der } from '../asn1/write.ts'
import { createSignedData } from '../cms/index.ts'
import { isPkiError } from '../error.ts'
import { algorithmOid } from '../keys/oids.ts'
import { createSigningKey, type GenerateKeyKind, generateKey } from '../keys/signing-key.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import { writePkcs12 } from '../pkcs12/write-pkcs12.ts'
import { hasFixtures, listFixtures, readFixture } from '../test-support/fixtures.ts'
import {
  issueTest,
  signerExtensions,
  type TestEntity,
  testNotBefore,
} from '../test-support/test-ca.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import { encryptPkcs8 } from './encrypted-pkcs8.ts'
import { type KeyStore, openKeyStore } from './open-key-store.ts'

const password = 'Құпия 1'
const data = Uint8Array.of(1, 2, 3)
const textOf = (text: string): Uint8Array => new TextEncoder().encode(text)

type Sample = { readonly pkcs8: Uint8Array; readonly certificate: Uint8Array }

let ca: TestEntity
const samples = new Map<GenerateKeyKind, Sample>()

const sampleOf = (kind: GenerateKeyKind): Sample => {
  const sample = samples.get(kind)
  if (sample === undefined) {
    throw new TypeError(`no sample of ${kind}`)
  }
  return sample
}

beforeAll(async () => {
  ca = await issueTest()
  for (const kind of ['ru-2012-256', 'kz-2015-512', 'uz-1092-2', 'rsa-2048'] as const) {
    const pkcs8 = generateKey(kind)
    const key = createSigningKey(pkcs8)
    const issued = await issueTest({ key, issuer: ca, extensions: signerExtensions(key) })
    samples.set(kind, { pkcs8, certificate: Uint8Array.from(issued.certificate.bytes) })
  }
})

const codeOf = (opening: Promise<KeyStore>): Promise<string> =>
  opening.then(
    () => 'accepted',
    (error) => (isPkiError(error) ? error.code : String(error)),
  )

const expectSigns = async ({ keys: [key] }: KeyStore): Promise<void> => {
  const { spki, scheme } = key.signer
  const signature = await key.signer.sign(data)
  expect(verifySignature({ spki, scheme, data, signature })).toBe(true)
}

describe('openKeyStore', () => {
  it.each(['ru-2012-256', 'kz-2015-512', 'uz-1092-2', 'rsa-2048'] as const)(
    'opens a key of %s in every form of file',
    async (kind) => {
      const { pkcs8, certificate } = sampleOf(kind)
      const caBytes = Uint8Array.from(ca.certificate.bytes)
      const entries = [{ key: pkcs8, certificates: [certificate, caBytes] }]
      const encrypted = encryptPkcs8(pkcs8, { password, iterations: 2 })
      const pem = (label: string, bytes: Uint8Array) => writePem(label, bytes)
      const certificates = pem('CERTIFICATE', caBytes) + pem('CERTIFICATE', certificate)
      const forms = {
        pkcs12: writePkcs12({ entries, password, iterations: 2 }),
        rfc9548: writePkcs12({ entries, password, profile: 'rfc9548', iterations: 2 }),
        pem: textOf(certificates + pem('PRIVATE KEY', pkcs8)),
        encryptedPem: textOf(pem('ENCRYPTED PRIVATE KEY', encrypted) + certificates),
        twoFiles: new Map([
          ['key.der', pkcs8],
          ['chain.pem', textOf(certificates)],
        ]),
        base64: new Map([
          ['key.b64', textOf(encodeBase64(encrypted))],
          ['own.cer', certificate],
          ['ca.cer', caBytes],
        ]),
      }
      for (const [form, file] of Object.entries(forms)) {
        const store = await openKeyStore(file, { password })
        const [key] = store.keys
        expect([form, store.keys.length, key.hasOwnCertificate]).toEqual([form, 1, true])
        expect(key.certificates).toEqual([certificate, caBytes])
        expect(toHex(key.exportPkcs8())).toBe(toHex(pkcs8))
        await expectSigns(store)
      }
    },
  )

  it('a key without certificates signs all the same', async () => {
    const store = await openKeyStore(sampleOf('ru-2012-256').pkcs8)
    expect(store.keys[0]).toMatchObject({ hasOwnCertificate: false, source: 'pkcs8' })
    await expectSigns(store)
  })

  it('an Uzbek key is read as its certificate says: big-endian here, under a bare curve', async () => {
    const d = Uint8Array.from({ length: 32 }, (_, i) => i + 1)
    const key = der.sequence(
      der.integer(0),
      der.sequence(
        der.oid(algorithmOid.uzKey),
        der.sequence(der.oid(algorithmOid.uzParameterSet1)),
      ),
      der.octets(d.toReversed()),
    )
    const plain = await openKeyStore(key)
    expect(plain.keys[0].signer.spki.key).not.toMatchObject({
      point: derivePublicKey('cryptopro-A', d),
    })
    const signer = createSigningKey(key, { publicKey: derivePublicKey('cryptopro-A', d) })
    const { certificate } = await issueTest({ key: signer })
    const store = await openKeyStore(
      new Map([
        ['k', key],
        ['c', certificate.bytes],
      ]),
    )
    expect(store.keys[0].signer.spki.key).toMatchObject({
      point: derivePublicKey('cryptopro-A', d),
    })
    await expectSigns(store)
  })

  it('names a key as its certificate does, where the parameters are written in two ways', async () => {
    const { pkcs8, certificate } = sampleOf('ru-2012-256')
    const d = pkcs8.subarray(-32)
    const inTwoWords = der.sequence(
      der.integer(0),
      der.sequence(
        der.oid(algorithmOid.ruAgreement256),
        der.sequence(der.oid(algorithmOid.ruParameterSet256A), der.oid(algorithmOid.ruStreebog256)),
      ),
      der.octets(d),
    )
    const files = new Map([
      ['k', inTwoWords],
      ['c', certificate],
    ])
    const [key] = (await openKeyStore(files)).keys
    expect(key.signer.spki.bytes).toEqual(parseCertificate(certificate).spki.bytes)
    const signers = [
      { key: key.signer, certificate: parseCertificate(certificate), signingTime: testNotBefore },
    ]
    await expect(
      createSignedData({ content: data, form: 'attached', signers }),
    ).resolves.toBeDefined()
  })

  it('of several keys each has its own certificate, and those of no key', async () => {
    const [first, second] = [sampleOf('ru-2012-256'), sampleOf('rsa-2048')]
    const caBytes = Uint8Array.from(ca.certificate.bytes)
    const entries = [first, second].map(({ pkcs8, certificate }) => ({
      key: pkcs8,
      certificates: [certificate, caBytes],
    }))
    const store = await openKeyStore(writePkcs12({ entries, password, iterations: 1 }), {
      password,
    })
    expect(store.keys.map(({ certificates }) => certificates)).toEqual([
      [first.certificate, caBytes],
      [second.certificate, caBytes],
    ])
    expect(store.certificates).toHaveLength(3)
  })

  it('says what is missing: a password, a key, or a known form', async () => {
    const { pkcs8, certificate } = sampleOf('ru-2012-256')
    const encrypted = encryptPkcs8(pkcs8, { password, iterations: 1 })
    const store = writePkcs12({
      entries: [{ key: pkcs8, certificates: [certificate] }],
      password,
      iterations: 1,
    })
    expect(await codeOf(openKeyStore(encrypted))).toBe('key-store.needs-password')
    expect(await codeOf(openKeyStore(store))).toBe('key-store.needs-password')
    expect(await codeOf(openKeyStore(encrypted, { password: 'x' }))).toBe('key.wrong-password')
    expect(await codeOf(openKeyStore(store, { password: 'x' }))).toBe('pkcs12.wrong-password')
    expect(await codeOf(openKeyStore(certificate))).toBe('key-store.no-key')
    expect(await codeOf(openKeyStore(Uint8Array.of(0x30, 0)))).toBe('key-store.unknown')
    expect(await codeOf(openKeyStore(textOf('hello, world!')))).toBe('container.unreadable')
    expect(await codeOf(openKeyStore(encrypted, { password }))).toBe('accepted')
  })

  it('a key under the encryption of old PEM is told from damage', async () => {
    const { pkcs8 } = sampleOf('rsa-2048')
    const plain = writePem('PRIVATE KEY', pkcs8)
    const headers =
      'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n'
    const old = plain.replace('KEY-----\n', `KEY-----\n${headers}`)
    expect(await codeOf(openKeyStore(textOf(plain)))).toBe('accepted')
    expect(await codeOf(openKeyStore(textOf(old)))).toBe('pkcs12.unsupported-algorithm')
  })

  it('a superseded key alone is refused by the reason', async () => {
    const old = der.sequence(
      der.integer(0),
      der.sequence(
        der.oid(algorithmOid.ruKey2001),
        der.sequence(der.oid(algorithmOid.ruCryptoProA)),
      ),
      der.octets(new Uint8Array(32).fill(7)),
    )
    expect(await codeOf(openKeyStore(old))).toBe('key.verify-only')
  })

  it('opens RSA keys of PKCS#1', async () => {
    const { pkcs8 } = sampleOf('rsa-2048')
    const [block] = readPem(writePem('PRIVATE KEY', pkcs8))
    const inner = block?.bytes.subarray(26) ?? new Uint8Array()
    const store = await openKeyStore(textOf(writePem('RSA PRIVATE KEY', inner)))
    expect(toHex(store.keys[0].exportPkcs8())).toBe(toHex(pkcs8))
    await expectSigns(store)
  })
})

describe.skipIf(!hasFixtures('ru/cryptopro'))('openKeyStore on CryptoPro keys', () => {
  const filesOf = (name: string) =>
    new Map(
      listFixtures(`ru/cryptopro/${name}`).map((file) => [
        file,
        readFixture(`ru/cryptopro/${name}/${file}`),
      ]),
    )

  it('a container that must not be exported: signs, and gives no key', async () => {
    const files = filesOf('pub-2012-256.000')
    const store = await openKeyStore(files, { password: '123456' })
    const [key] = store.keys
    expect(key).toMatchObject({
      source: 'cryptopro-container',
      exportable: false,
      hasOwnCertificate: true,
    })
    expect(() => key.exportPkcs8()).toThrow(expect.objectContaining({ code: 'key.not-exportable' }))
    await expectSigns(store)
    expect(await codeOf(openKeyStore(files))).toBe('key-store.needs-password')
    expect(await codeOf(openKeyStore(files, { password: '1' }))).toBe('cryptopro.wrong-pin')
  })

  it.each(['256', '512'])("CryptoPro's own PFX of %s bits", async (bits) => {
    const name = `ru/cryptopro/syn-cppbe-2012-${bits}`
    const expected = JSON.parse(latin1Of(readFixture(`${name}.expected.json`)))
    const store = await openKeyStore(readFixture(`${name}.pfx`), { password: expected.password })
    expect(store.keys[0]).toMatchObject({ source: 'cryptopro-pfx', hasOwnCertificate: true })
    await expectSigns(store)
  })
})
