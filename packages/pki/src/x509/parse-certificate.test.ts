import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatOctets, toHex } from '../asn1/bytes.ts'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { resolveScheme } from '../keys/schemes.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import { codeOf } from '../test-support/code-of.ts'
import { fixtureCertificate, hasFixtures, readFixture } from '../test-support/fixtures.ts'
import { caExtensions, issueTest, testKey } from '../test-support/test-ca.ts'
import { extension } from './build-extension.ts'
import { buildName } from './build-name.ts'
import { parseCertificate } from './parse-certificate.ts'

const root = await issueTest()
const [tbs, algorithm, signature] = readDer(root.certificate.bytes).children.map(
  ({ bytes }) => bytes,
)
const fields = readDer(tbs ?? new Uint8Array()).children.map(({ bytes }) => bytes)

/** The root certificate with one field of its signed part replaced (signature no longer matters). */
const withField = (index: number, bytes: Uint8Array | readonly Uint8Array[]): Uint8Array => {
  const replacement = bytes instanceof Uint8Array ? [bytes] : bytes
  return der.sequence(
    der.sequence(...fields.toSpliced(index, 1, ...replacement)),
    algorithm ?? new Uint8Array(),
    signature ?? new Uint8Array(),
  )
}
const withExtensions = (...extensions: readonly Uint8Array[]): Uint8Array =>
  withField(7, der.context(3, der.sequence(...extensions)))

describe('parseCertificate refuses', () => {
  const ca = extension.basicConstraints({ ca: true })
  const negativePath = der.sequence(
    der.oid('2.5.29.19'),
    der.octets(der.sequence(der.boolean(true), der.integer(-1))),
  )
  it.each([
    [
      'an octet after the certificate',
      concatOctets(root.certificate.bytes, Uint8Array.of(0)),
      'asn1.trailing-octets',
    ],
    ['an extension that stands twice', withExtensions(ca, ca), 'x509.duplicate-extension'],
    ['an empty list of extensions', withExtensions(), 'asn1.missing'],
    ['a negative path length', withExtensions(negativePath), 'x509.bad-extension'],
    [
      'extensions in a version 2 certificate',
      withField(0, der.context(0, der.integer(1))),
      'x509.bad-version',
    ],
    ['extensions in a version 1 certificate', withField(0, []), 'x509.bad-version'],
    ['an explicit version 1', withField(0, der.context(0, der.integer(0))), 'x509.bad-version'],
    ['version 4', withField(0, der.context(0, der.integer(3))), 'x509.bad-version'],
    [
      'a serial number of 22 octets',
      withField(1, der.integer(1n << 168n)),
      'x509.bad-serial-number',
    ],
    [
      'another algorithm inside than outside',
      withField(2, der.sequence(der.oid('1.2.643.7.1.1.3.3'))),
      'x509.algorithm-mismatch',
    ],
    [
      'parameters inside but not outside',
      withField(2, der.sequence(der.oid('1.2.398.3.10.1.1.2.3.2'))),
      'x509.algorithm-mismatch',
    ],
    ['a name with an empty part', withField(3, der.sequence(der.set())), 'x509.bad-name'],
    [
      'a name of a hundred parts',
      withField(3, buildName(Array.from({ length: 100 }, () => ['CN', 'x'] as const))),
      'x509.bad-name',
    ],
    [
      'a fraction of a second',
      withField(
        4,
        der.sequence(
          der.utcTime(new Date(0)),
          readDer(new TextEncoder().encode('\x18\x1120240101000000.5Z')).bytes,
        ),
      ),
      'asn1.bad-time',
    ],
    [
      'a validity of one time',
      withField(4, der.sequence(der.utcTime(new Date(0)))),
      'asn1.missing',
    ],
    [
      'an unknown field',
      concatOctets(withField(7, [fields[7] ?? new Uint8Array(), der.context(4, der.null())])),
      'asn1.unexpected-type',
    ],
    [
      'extensions before a unique identifier',
      withField(7, [
        fields[7] ?? new Uint8Array(),
        der.context(2, Uint8Array.of(0), { constructed: false }),
      ]),
      'asn1.unexpected-type',
    ],
    [
      'a signature of seven bits',
      der.sequence(
        tbs ?? new Uint8Array(),
        algorithm ?? new Uint8Array(),
        der.bits(Uint8Array.of(0xfe), 1),
      ),
      'x509.bad-signature-field',
    ],
  ])('%s', (_name, bytes, code) => {
    expect(codeOf(() => parseCertificate(bytes))).toBe(code)
  })

  it('but reads the certificate that each of them was made from', () => {
    expect(codeOf(() => parseCertificate(withExtensions(ca)))).toBe('accepted')
    expect(codeOf(() => parseCertificate(withField(1, der.integer(1n << 158n))))).toBe('accepted')
    expect(parseCertificate(withField(1, der.integer(-255))).serialNumber).toBe('-ff')
    expect(parseCertificate(root.certificate.bytes)).toEqual(root.certificate)
  })

  it('a flipped octet with nothing but a PkiError, or reads another certificate', () => {
    const { bytes } = root.certificate
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Uint8Array.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ mask
        expect(codeOf(() => parseCertificate(changed))).not.toContain('not a PkiError')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a name', () => {
  it('is shown by RFC 4514: last part first, specials escaped, unknown types in hex', async () => {
    const { certificate } = await issueTest({
      subject: [
        ['C', 'KZ'],
        ['O', 'АО "ТЕСТ", +<>;\\'],
        ['1.2.3.4', 'x'],
        ['CN', ' #a\u0000 '],
      ],
    })
    expect(certificate.subject.text).toBe(
      'CN=\\ #a\\00\\ ,1.2.3.4=#0c0178,O=АО \\"ТЕСТ\\"\\, \\+\\<\\>\\;\\\\,C=KZ',
    )
  })
})

describe.skipIf(!hasFixtures('kz'))('certificates of the Kazakh NCA', () => {
  it('are read with every field', () => {
    const leaf = fixtureCertificate('kz/certs/individual_sign_gost2015_2023.cer')
    expect(leaf.version).toBe(3)
    expect(leaf.serialNumber).toBe('1147287582df9bb4710e461804acd49b88bf45c4')
    expect(leaf.notBefore.toISOString()).toBe('2023-11-09T10:18:40.000Z')
    expect(leaf.notAfter.toISOString()).toBe('2024-11-08T10:18:40.000Z')
    const { extensions } = leaf
    expect(extensions.keyUsage).toEqual({
      critical: true,
      usages: ['digitalSignature', 'nonRepudiation', 'keyAgreement'],
    })
    expect(extensions.extKeyUsage?.oids).toEqual(['1.3.6.1.5.5.7.3.4', '1.2.398.3.3.4.1.1'])
    expect(extensions.certificatePolicies).toEqual({
      critical: false,
      policies: [expect.objectContaining({ oid: '1.2.398.3.3.2', cps: ['http://pki.gov.kz/cps'] })],
    })
    expect(extensions.authorityInfoAccess?.ocsp).toEqual(['http://test.pki.gov.kz/ocsp/'])
    expect(extensions.crlDistributionPoints?.points[0]?.urls).toEqual([
      'http://test.pki.gov.kz/crl/nca_gost2022_test.crl',
    ])
    expect(extensions.freshestCrl?.points[0]?.urls).toEqual([
      'http://test.pki.gov.kz/crl/nca_gost2022_d_test.crl',
    ])
    expect(extensions.subjectKeyIdentifier?.keyIdentifier).toBe(
      '8147287582df9bb4710e461804acd49b88bf45c4',
    )
    expect(extensions.authorityKeyIdentifier?.keyIdentifier).toBe(
      'fad24b1ba3a0c961fe1ca8503e6aa2bb450db8a3',
    )
  })

  const { chains } = JSON.parse(new TextDecoder().decode(readFixture('kz/expected.json'))) as {
    readonly chains: Readonly<Record<string, string>>
  }
  it.each(Object.entries(chains))('%s is signed by %s', (child, parent) => {
    const subject = fixtureCertificate(`kz/${child}`)
    const issuer = fixtureCertificate(`kz/${parent}`)
    expect(toHex(subject.issuer.bytes)).toBe(toHex(issuer.subject.bytes))
    const scheme = resolveScheme({
      spki: issuer.spki,
      signatureOid: subject.signatureAlgorithm.oid,
    })
    const check = (data: Uint8Array): boolean =>
      verifySignature({ spki: issuer.spki, scheme, data, signature: subject.signature })
    expect(check(subject.tbsBytes)).toBe(true)
    expect(check(subject.tbsBytes.with(20, (subject.tbsBytes[20] ?? 0) ^ 1))).toBe(false)
  })
})

describe('buildCertificate', () => {
  it('writes what parseCertificate reads, RSA and GOST', async () => {
    for (const kind of ['kz-2015-512', 'rsa-2048', 'ru-2012-256'] as const) {
      const key = testKey('ca', kind)
      const { certificate } = await issueTest({ key, extensions: caExtensions(key, 1) })
      const scheme = resolveScheme({
        spki: certificate.spki,
        signatureOid: certificate.signatureAlgorithm.oid,
      })
      expect(certificate.extensions.basicConstraints).toEqual({
        critical: true,
        ca: true,
        pathLength: 1,
      })
      expect(
        verifySignature({
          spki: certificate.spki,
          scheme,
          data: certificate.tbsBytes,
          signature: certificate.signature,
        }),
      ).toBe(true)
    }
  })

  it('refuses a serial number that no certificate may have', async () => {
    await expect(issueTest({ change: { serialNumber: 0n } })).rejects.toMatchObject({
      code: 'x509.bad-spec',
    })
    await expect(issueTest({ change: { serialNumber: 1n << 159n } })).rejects.toMatchObject({
      code: 'x509.bad-spec',
    })
  })
})
