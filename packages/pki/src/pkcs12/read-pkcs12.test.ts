import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { equalOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { createSigningKey, generateKey } from '../keys/signing-key.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import { codeOf } from '../test-support/code-of.ts'
import { hasFixtures, listFixtures, readFixture } from '../test-support/fixtures.ts'
import { issueTest } from '../test-support/test-ca.ts'
import { nationalIdentity } from '../x509/national-identity.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import {
  bag,
  certificateBag,
  localKeyId,
  plainPart,
  shroudedKeyBag,
  storeOf,
  testPassword,
} from './build-hostile.fixture.ts'
import { encodePassword } from './derive-octets.ts'
import { encodeSha1Mac } from './mac.ts'
import { pkcs12Oid } from './oids.ts'
import { encodePasswords } from './password.ts'
import { encryptWithPassword } from './password-cipher.ts'
import { type Pkcs12Entry, readPkcs12 } from './read-pkcs12.ts'

const onlyEntry = (entries: readonly Pkcs12Entry[]): Pkcs12Entry => {
  expect(entries).toHaveLength(1)
  const [entry] = entries
  if (entry === undefined) {
    throw new Error('no entry')
  }
  return entry
}

const leafOf = (entry: Pkcs12Entry) => parseCertificate(entry.certificates[0] ?? new Uint8Array())

type ExpectedStores = {
  readonly password: string
  readonly p12: Readonly<
    Record<string, { readonly iin?: string; readonly bin?: string; readonly uid?: string }>
  >
}

describe.skipIf(!hasFixtures('kz/p12'))('key stores of the Kazakh NCA', () => {
  const expected: ExpectedStores = hasFixtures('kz/expected.json')
    ? JSON.parse(new TextDecoder().decode(readFixture('kz/expected.json')))
    : { password: '', p12: {} }

  it.each(listFixtures('kz/p12'))(
    '%s opens, holds the expected person, and its key signs',
    (file) => {
      const entry = onlyEntry(readPkcs12(readFixture(`kz/p12/${file}`), expected.password))
      const leaf = leafOf(entry)
      const { iin, bin, uid } = expected.p12[file] ?? {}
      const identity = nationalIdentity(leaf)
      if (iin !== undefined) {
        expect(identity.iin).toBe(iin)
      }
      if (bin !== undefined) {
        expect(identity.bin).toBe(bin)
      }
      if (uid !== undefined) {
        expect(identity.systemOid).toBe(uid)
      }
      // The name of the key is its identifier in the certificate.
      expect(entry.friendlyName).toBe(leaf.extensions.subjectKeyIdentifier?.keyIdentifier)
      const key = createSigningKey(entry.key)
      const data = new TextEncoder().encode('құжат')
      expect(
        verifySignature({ spki: leaf.spki, scheme: key.scheme, signature: key.sign(data), data }),
      ).toBe(true)
    },
  )

  it.each(listFixtures('kz/p12'))('%s does not open with a password nearly right', (file) => {
    const bytes = readFixture(`kz/p12/${file}`)
    const { password } = expected
    for (const wrong of ['', password.toLowerCase(), `${password} `, password.slice(1)]) {
      expect(codeOf(() => readPkcs12(bytes, wrong))).toBe('pkcs12.wrong-password')
    }
  })

  it.skipIf(!hasFixtures('crypto/kz-nca-test'))('stores of other years open too', () => {
    const files = listFixtures('crypto/kz-nca-test').filter((name) => name.endsWith('.p12'))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const [, password = ''] = /-pw-(.*)\.p12$/.exec(file) ?? []
      const entry = onlyEntry(readPkcs12(readFixture(`crypto/kz-nca-test/${file}`), password))
      const leaf = leafOf(entry)
      expect(createSigningKey(entry.key).spki.subjectPublicKey).toEqual(leaf.spki.subjectPublicKey)
    }
  })

  it('any flipped bit is refused, or changes nothing', () => {
    const bytes = readFixture('kz/p12/individual_valid_2026.p12')
    const whole = onlyEntry(readPkcs12(bytes, expected.password))
    fc.assert(
      fc.property(fc.nat({ max: 8 * bytes.length - 1 }), (bit) => {
        const at = bit >> 3
        const changed = bytes.with(at, (bytes[at] ?? 0) ^ (1 << (bit & 7)))
        const code = codeOf(() => {
          const entry = onlyEntry(readPkcs12(changed, expected.password))
          expect(equalOctets(entry.key, whole.key)).toBe(true)
          expect(entry.certificates).toEqual(whole.certificates)
        })
        expect(code).toMatch(/^(pkcs12\.|asn1\.|key\.bad-parameters|accepted)/)
      }),
      { numRuns: 400 },
    )
  })

  it('every shorter file is refused', () => {
    const bytes = readFixture('kz/p12/individual_valid_2026.p12')
    for (let length = 0; length < bytes.length; length += 37) {
      expect(codeOf(() => readPkcs12(bytes.subarray(0, length), expected.password))).toBe(
        'pkcs12.not-a-store',
      )
    }
  })
})

describe('hostile and odd files, each with its valid twin', () => {
  const pkcs8 = generateKey('kz-2015-512')
  const otherPkcs8 = generateKey('kz-2015-512')
  let certificate = new Uint8Array()
  let otherCertificate = new Uint8Array()
  let issuer = new Uint8Array()

  beforeAll(async () => {
    const ca = await issueTest()
    const issue = async (key: Uint8Array) => {
      const issued = await issueTest({ key: createSigningKey(key), issuer: ca })
      return Uint8Array.from(issued.certificate.bytes)
    }
    issuer = Uint8Array.from(ca.certificate.bytes)
    certificate = await issue(pkcs8)
    otherCertificate = await issue(otherPkcs8)
  })

  const read = (bytes: Uint8Array) => readPkcs12(bytes, testPassword)
  const valid = () => storeOf([plainPart(shroudedKeyBag(pkcs8), certificateBag(certificate))])

  it('the twin opens', () => {
    expect(onlyEntry(read(valid()))).toEqual({ key: pkcs8, certificates: [certificate] })
  })

  it('more keys than any real store, each to be compared with every certificate', () => {
    const copies = (count: number) =>
      storeOf([
        plainPart(
          ...Array.from({ length: count }, () => shroudedKeyBag(pkcs8)),
          ...Array.from({ length: 30 }, () => certificateBag(otherCertificate)),
        ),
      ])
    expect(codeOf(() => read(copies(40)))).toBe('pkcs12.too-much-work')
    expect(codeOf(() => read(copies(20)))).toBe('accepted')
  })

  it('no MAC', () => {
    const bytes = storeOf([plainPart(shroudedKeyBag(pkcs8))], { hasMac: false })
    expect(codeOf(() => read(bytes))).toBe('pkcs12.no-mac')
  })

  it('another version, another thing, more than one thing, nothing', () => {
    for (const bytes of [
      storeOf([plainPart(shroudedKeyBag(pkcs8))], { version: 1 }),
      certificate,
      Uint8Array.from([...valid(), 0]),
      new Uint8Array(),
      new TextEncoder().encode('-----BEGIN PRIVATE KEY-----'),
    ]) {
      expect(codeOf(() => read(bytes))).toBe('pkcs12.not-a-store')
    }
  })

  it('a file above the limit of octets', () => {
    const bytes = valid()
    const limits = (maxBytes: number) => ({ maxBytes })
    expect(codeOf(() => readPkcs12(bytes, testPassword, limits(bytes.length)))).toBe('accepted')
    expect(codeOf(() => readPkcs12(bytes, testPassword, limits(bytes.length - 1)))).toBe(
      'asn1.too-large',
    )
  })

  it('iterations that would take for ever, in the MAC or in a part, or none', () => {
    const store = (mac: number, part: number) =>
      storeOf([plainPart(shroudedKeyBag(pkcs8, part))], { iterations: mac })
    const limits = { maxIterations: 3000 }
    const code = (bytes: Uint8Array) => codeOf(() => readPkcs12(bytes, testPassword, limits))
    // The key of Triple DES takes two digests and the start vector one: 600 + 3 · 800 = 3000.
    expect(code(store(600, 800))).toBe('accepted')
    expect(code(store(600, 801))).toBe('pkcs12.too-much-work')
    expect(code(store(3001, 1))).toBe('pkcs12.too-much-work')
    expect(codeOf(() => read(macOfIterations(2 ** 48)))).toBe('pkcs12.too-much-work')
    expect(codeOf(() => read(macOfIterations(0)))).toBe('pkcs12.too-much-work')
    expect(codeOf(() => read(macOfIterations(-1)))).toBe('pkcs12.too-much-work')
  })

  const macOfIterations = (iterations: number): Uint8Array =>
    der.sequence(
      der.integer(3),
      der.sequence(der.oid(pkcs12Oid.data), der.context(0, der.octets(der.sequence()))),
      der.sequence(
        der.sequence(
          der.sequence(der.oid('1.3.14.3.2.26'), der.null()),
          der.octets(new Uint8Array(20)),
        ),
        der.octets(new Uint8Array(20)),
        der.integer(iterations),
      ),
    )

  it('a salt as long as a document', () => {
    const store = (length: number) =>
      storeOf([plainPart(shroudedKeyBag(pkcs8))], { salt: new Uint8Array(length) })
    expect(codeOf(() => read(store(256)))).toBe('accepted')
    expect(codeOf(() => read(store(257)))).toBe('pkcs12.too-much-work')
  })

  it('an empty password in either encoding', () => {
    for (const bmp of [Uint8Array.of(0, 0), new Uint8Array()]) {
      const safe = der.sequence(plainPart(bag(pkcs12Oid.keyBag, pkcs8)))
      const password = { ...encodePasswords(''), bmp }
      const mac = encodeSha1Mac(safe, { password, salt: new Uint8Array(8), iterations: 1 })
      const store = der.sequence(
        der.integer(3),
        der.sequence(der.oid(pkcs12Oid.data), der.context(0, der.octets(safe))),
        mac,
      )
      expect(readPkcs12(store, '')).toHaveLength(1)
      expect(codeOf(() => readPkcs12(store, ' '))).toBe('pkcs12.wrong-password')
    }
  })

  it('algorithms of other profiles', () => {
    const shrouded = (...algorithm: readonly Uint8Array[]) =>
      bag(
        pkcs12Oid.shroudedKeyBag,
        der.sequence(der.sequence(...algorithm), der.octets(new Uint8Array(8))),
      )
    const pbes2 = (derivation: string, prf: string, cipher: string) => {
      const parameters = der.sequence(
        der.octets(new Uint8Array(8)),
        der.integer(1),
        der.sequence(der.oid(prf)),
      )
      return shrouded(
        der.oid(pkcs12Oid.pbes2),
        der.sequence(
          der.sequence(der.oid(derivation), parameters),
          der.sequence(der.oid(cipher), der.octets(new Uint8Array(16))),
        ),
      )
    }
    const scrypt = '1.3.6.1.4.1.11591.4.11'
    const { pbkdf2, hmacSha256, aes256Cbc, rc2Cbc } = pkcs12Oid
    for (const [part, code] of [
      [pbes2(scrypt, hmacSha256, aes256Cbc), 'pkcs12.unsupported-algorithm'],
      [pbes2(pbkdf2, scrypt, aes256Cbc), 'pkcs12.unsupported-algorithm'],
      [pbes2(pbkdf2, hmacSha256, scrypt), 'pkcs12.unsupported-algorithm'],
      [pbes2(pbkdf2, hmacSha256, rc2Cbc), 'asn1.unexpected-type'],
      [pbes2(pbkdf2, hmacSha256, aes256Cbc), 'pkcs12.damaged'],
      [
        shrouded(der.oid('1.2.840.113549.1.12.1.1'), der.sequence()),
        'pkcs12.unsupported-algorithm',
      ],
    ] as const) {
      expect(codeOf(() => read(storeOf([plainPart(part)])))).toBe(code)
    }
    const enveloped = der.sequence(der.oid('1.2.840.113549.1.7.3'), der.context(0, der.sequence()))
    expect(codeOf(() => read(storeOf([enveloped])))).toBe('pkcs12.unsupported-algorithm')
    const signed = storeOf([plainPart(shroudedKeyBag(pkcs8))], { type: '1.2.840.113549.1.7.2' })
    expect(codeOf(() => read(signed))).toBe('pkcs12.unsupported-algorithm')
  })

  it('a part that does not decrypt though the MAC holds', () => {
    const { algorithm, encrypted } = encryptWithPassword(pkcs8, {
      oid: pkcs12Oid.sha1And3KeyTripleDes,
      password: encodePassword(testPassword),
      salt: new Uint8Array(8),
      iterations: 1,
    })
    const store = (octets: Uint8Array) =>
      storeOf([
        plainPart(bag(pkcs12Oid.shroudedKeyBag, der.sequence(algorithm, der.octets(octets)))),
      ])
    expect(codeOf(() => read(store(encrypted)))).toBe('accepted')
    for (const wrong of [
      encrypted.subarray(1),
      encrypted.subarray(8, -8),
      new Uint8Array(),
      encrypted.with(-9, (encrypted.at(-9) ?? 0) ^ 0x80),
    ]) {
      expect(codeOf(() => read(store(wrong)))).toBe('pkcs12.damaged')
    }
  })

  it('bags in bags, as deep as the limit and deeper', () => {
    const nested = (depth: number): Uint8Array =>
      depth === 0
        ? shroudedKeyBag(pkcs8)
        : bag(pkcs12Oid.safeContentsBag, der.sequence(nested(depth - 1)))
    expect(onlyEntry(read(storeOf([plainPart(nested(4))]))).key).toEqual(pkcs8)
    expect(codeOf(() => read(storeOf([plainPart(nested(5))])))).toBe('pkcs12.damaged')
  })

  it('a plain key, and bags that are of no use to a signer', () => {
    const plain = bag(pkcs12Oid.keyBag, pkcs8)
    const secret = bag('1.2.840.113549.1.12.10.1.5', der.sequence())
    const sdsi = bag(
      pkcs12Oid.certificateBag,
      der.sequence(der.oid('1.2.840.113549.1.9.22.2'), der.context(0, der.ia5('abc'))),
    )
    expect(onlyEntry(read(storeOf([plainPart(secret, plain, sdsi)])))).toEqual({
      key: pkcs8,
      certificates: [],
    })
  })

  it('no key at all gives no entry', () => {
    expect(read(storeOf([plainPart(certificateBag(certificate))]))).toEqual([])
  })

  it('two keys: each with its own certificate first and the issuer, whatever the order', () => {
    const entries = read(
      storeOf([
        plainPart(certificateBag(issuer), certificateBag(otherCertificate)),
        plainPart(shroudedKeyBag(pkcs8), shroudedKeyBag(otherPkcs8)),
        plainPart(certificateBag(certificate)),
      ]),
    )
    expect(entries).toEqual([
      { key: pkcs8, certificates: [certificate, issuer] },
      { key: otherPkcs8, certificates: [otherCertificate, issuer] },
    ])
  })

  it('a localKeyID that lies does not give a key the certificate of another person', () => {
    const id = localKeyId(Uint8Array.of(1))
    const entry = onlyEntry(
      read(
        storeOf([
          plainPart(
            bag(pkcs12Oid.keyBag, pkcs8, id),
            certificateBag(otherCertificate, id),
            certificateBag(certificate),
          ),
        ]),
      ),
    )
    expect(entry.certificates).toEqual([certificate, otherCertificate])
  })

  it('a key of an unknown algorithm is tied by localKeyID', () => {
    const id = localKeyId(Uint8Array.of(1))
    const unknown = der.sequence(
      der.integer(0),
      der.sequence(der.oid('1.3.6.1.4.1.6801.1.2.2')),
      der.octets(new Uint8Array(32)),
    )
    const entry = onlyEntry(
      read(
        storeOf([
          plainPart(
            bag(pkcs12Oid.keyBag, unknown, id),
            certificateBag(otherCertificate),
            certificateBag(certificate, id),
          ),
        ]),
      ),
    )
    expect(entry).toEqual({ key: unknown, certificates: [certificate, otherCertificate] })
  })

  it('random octets never do more than be refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        expect(codeOf(() => read(octets))).toBe('pkcs12.not-a-store')
        expect(codeOf(() => read(storeOf([octets])))).toMatch(/^(pkcs12|asn1|accepted)/)
        expect(codeOf(() => read(storeOf([plainPart(octets)])))).toMatch(/^(pkcs12|asn1|accepted)/)
      }),
    )
  })
})
