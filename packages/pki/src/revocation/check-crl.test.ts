import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { der } from '../asn1/write.ts'
import { fixtureCertificate, hasFixtures, readFixture } from '../test-support/fixtures.ts'
import { hasOpenssl, withPeer } from '../test-support/openssl-peer.ts'
import {
  caExtensions,
  issueTest,
  signerExtensions,
  type TestEntity,
  testKey,
} from '../test-support/test-ca.ts'
import { buildExtension, extension, keyIdentifierOf } from '../x509/build-extension.ts'
import { attributeOid } from '../x509/oids.ts'
import { buildCrl, type CrlSpec } from './build-crl.ts'
import { type CrlCheck, checkCrls } from './check-crl.ts'
import { parseCrl } from './parse-crl.ts'
import type { RevocationFact } from './types.ts'

const now = new Date('2026-06-01T12:00:00Z')
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000)

const caKey = testKey('ca')
const ca = await issueTest({ subject: [['CN', 'TEST CA']], key: caKey })
const point = 'http://127.0.0.1:8104/ca.crl'
const leaf = await issueTest({
  subject: [['CN', 'ТЕСТОВ ТЕСТ']],
  key: testKey('leaf'),
  issuer: ca,
  extensions: [...signerExtensions(testKey('leaf')), extension.crlDistributionPoints([point])],
})
const revokedLeaf = {
  serialNumber: leaf.certificate.serialNumber,
  revokedAt: hours(-5),
  reason: 'keyCompromise',
} as const

const list = (change: Partial<CrlSpec> = {}, by: TestEntity = ca): Promise<Uint8Array> =>
  buildCrl(
    {
      issuer: by.certificate.subject.bytes,
      thisUpdate: hours(-1),
      nextUpdate: hours(1),
      crlNumber: 10n,
      authorityKeyIdentifier: keyIdentifierOf(by.key.spki),
      entries: [{ serialNumber: 'abc', revokedAt: hours(-9) }],
      ...change,
    },
    by.key,
  )

const check = (
  crls: readonly Uint8Array[],
  change: Partial<CrlCheck> = {},
): RevocationFact | undefined =>
  checkCrls({ certificate: leaf.certificate, issuer: ca.certificate, at: now, crls, ...change })
const verdictOf = (fact: RevocationFact | undefined): string =>
  fact === undefined ? 'nothing' : fact.status === 'unusable' ? fact.code : fact.status

const scope = (...parts: readonly Uint8Array[]): readonly Uint8Array[] => [
  buildExtension('2.5.29.28', der.sequence(...parts), { critical: true }),
]
const flag = (tag: number): Uint8Array =>
  der.context(tag, Uint8Array.of(0xff), { constructed: false })
const pointName = (url: string): Uint8Array =>
  der.context(
    0,
    der.context(0, der.context(6, new TextEncoder().encode(url), { constructed: false })),
  )

/** One attribute of a name, as an RDN without its SET. */
const namePart = (type: string, value: string): Uint8Array =>
  der.sequence(der.oid(attributeOid(type) ?? ''), der.utf8(value))

describe('checkCrls believes', () => {
  it('a list of the issuer, and says from when till when', async () => {
    expect(check([await list()])).toEqual({
      source: 'crl',
      status: 'good',
      thisUpdate: hours(-1),
      nextUpdate: hours(1),
      signer: ca.certificate,
      scheme: 'kz-2015-512',
      delta: false,
    })
  })

  it('a revocation, with time, reason and invalidity date', async () => {
    const invalidityDate = hours(-20)
    const extensions = [buildExtension('2.5.29.24', der.generalizedTime(invalidityDate))]
    const entries = [
      { serialNumber: 'abc', revokedAt: hours(-9) },
      { ...revokedLeaf, extensions },
      { serialNumber: '-1', revokedAt: hours(-9), reason: 'superseded' },
    ] as const
    const bytes = await list({ entries })
    expect(check([bytes])).toMatchObject({
      status: 'revoked',
      revokedAt: hours(-5),
      reason: 'keyCompromise',
      invalidityDate,
    })
    const crl = parseCrl(bytes)
    expect(crl.entries.count).toBe(3)
    expect([...crl.entries.all()].map(({ serialNumber }) => serialNumber)).toEqual([
      'abc',
      leaf.certificate.serialNumber,
      '-1',
    ])
  })

  it('an empty list', async () => {
    expect(verdictOf(check([await list({ entries: [] })]))).toBe('good')
  })

  it('the latest of several, whatever stands beside it', async () => {
    const old = await list({ thisUpdate: hours(-3), entries: [revokedLeaf] })
    const junk = new TextEncoder().encode('junk')
    expect(verdictOf(check([junk, old, await list()]))).toBe('good')
    expect(verdictOf(check([junk, old]))).toBe('revoked')
  })

  it('a delta that continues the base: adds, takes back, adds nothing', async () => {
    const base = await list()
    const held = await list({ entries: [{ ...revokedLeaf, reason: 'certificateHold' }] })
    const delta = (entries: CrlSpec['entries']) =>
      list({ thisUpdate: hours(0), crlNumber: 11n, deltaBase: 10n, entries })
    const empty = await delta([])
    expect(check([base, await delta([revokedLeaf])])).toMatchObject({
      status: 'revoked',
      thisUpdate: hours(0),
      delta: true,
    })
    expect(verdictOf(check([held, empty]))).toBe('revoked')
    const takenBack = await delta([{ ...revokedLeaf, reason: 'removeFromCRL' }])
    expect(verdictOf(check([held, takenBack]))).toBe('good')
    expect(verdictOf(check([base, empty]))).toBe('good')
  })

  it('a list of the certificate’s own distribution point, or of its kind', async () => {
    expect(verdictOf(check([await list({ extensions: scope(pointName(point)) })]))).toBe('good')
    expect(verdictOf(check([await list({ extensions: scope(flag(1)) })]))).toBe('good')
  })

  it('an indirect list of the issuer itself', async () => {
    expect(verdictOf(check([await list({ extensions: scope(flag(4)) })]))).toBe('good')
  })

  it('a list signed by another key of the issuer that the caller vouches for', async () => {
    const key = testKey('crl signer')
    const signer = await issueTest({ subject: [['CN', 'TEST CA']], key, issuer: ca })
    const bytes = await list({}, signer)
    expect(verdictOf(check([bytes]))).toBe('signature-invalid')
    expect(verdictOf(check([bytes], { signers: [signer.certificate] }))).toBe('good')
  })
})

describe('checkCrls refuses', () => {
  it('no list at all', () => {
    expect(check([])).toBeUndefined()
  })

  it('a list past its nextUpdate, without one, or from the future', async () => {
    const at = async (change: Partial<CrlSpec>) =>
      verdictOf(check([await list(change)], { clockSkewMs: 0 }))
    expect(await at({ nextUpdate: now })).toBe('good')
    expect(await at({ nextUpdate: hours(-0.01) })).toBe('stale')
    expect(await at({ thisUpdate: hours(0.01) })).toBe('not-yet-valid')
    const { nextUpdate: _nextUpdate, ...unbounded } = {
      nextUpdate: hours(1),
      issuer: ca.certificate.subject.bytes,
      thisUpdate: hours(-1),
      crlNumber: 1n,
      entries: [],
    }
    expect(verdictOf(check([await buildCrl(unbounded, caKey)]))).toBe('stale')
    expect(verdictOf(check([await list()], { maxAgeMs: 1000 }))).toBe('stale')
  })

  it('a list of another issuer, and of another CA with the same name', async () => {
    const other = await issueTest({ subject: [['CN', 'TEST other']], key: testKey('other') })
    expect(verdictOf(check([await list({}, other)]))).toBe('issuer-mismatch')
    const namesake = await issueTest({ subject: [['CN', 'TEST CA']], key: testKey('other') })
    expect(verdictOf(check([await list({}, namesake)]))).toBe('signature-invalid')
  })

  it('a CA whose key may not sign lists', async () => {
    const extensions = [
      extension.basicConstraints({ ca: true }),
      extension.keyUsage(['keyCertSign']),
    ]
    const mute = await issueTest({ subject: [['CN', 'TEST CA']], key: caKey, extensions })
    expect(verdictOf(check([await list()], { issuer: mute.certificate }))).toBe('no-crl-sign')
  })

  it('a scheme that was not allowed', async () => {
    expect(verdictOf(check([await list()], { allowedSchemes: ['kz-2004'] }))).toBe('algorithm-weak')
  })

  it('an unknown critical extension of the list, or of any entry', async () => {
    const unknown = (critical: boolean) => [buildExtension('1.2.3.4', der.null(), { critical })]
    const ofEntry = (critical: boolean) => ({
      entries: [{ serialNumber: 'abc', revokedAt: hours(-9), extensions: unknown(critical) }],
    })
    const refused = 'unknown-critical-extension'
    expect(verdictOf(check([await list({ extensions: unknown(true) })]))).toBe(refused)
    expect(verdictOf(check([await list({ extensions: unknown(false) })]))).toBe('good')
    expect(verdictOf(check([await list(ofEntry(true))]))).toBe(refused)
    expect(verdictOf(check([await list(ofEntry(false))]))).toBe('good')
  })

  it('an entry that names another issuer', async () => {
    const issuer = [buildExtension('2.5.29.29', der.sequence(), { critical: true })]
    const entries = [{ serialNumber: 'abc', revokedAt: hours(-9), extensions: issuer }]
    expect(verdictOf(check([await list({ entries })]))).toBe('unknown-critical-extension')
  })

  it.each([
    [
      'some reasons only',
      [der.context(3, Uint8Array.of(6, 0x40), { constructed: false })],
      'reasons-incomplete',
    ],
    ['attribute certificates', [flag(5)], 'scope-mismatch'],
    [
      'a point named otherwise',
      [der.context(0, der.context(1, namePart('CN', 'elsewhere')))],
      'scope-mismatch',
    ],
    ['a point named in no known way', [der.context(0, der.context(2, der.null()))], 'unreadable'],
    ['an unknown field of its scope', [flag(6)], 'unreadable'],
    ['CA certificates', [flag(2)], 'scope-mismatch'],
    ['users and CA certificates at once', [flag(1), flag(2)], 'scope-mismatch'],
    ['another distribution point', [pointName(`${point}2`)], 'scope-mismatch'],
  ])('a list of %s', async (_name, parts, code) => {
    expect(verdictOf(check([await list({ extensions: scope(...parts) })]))).toBe(code)
  })

  it('a list for users about a CA', async () => {
    const users = await list({ extensions: scope(flag(1)) })
    expect(verdictOf(check([users], { certificate: ca.certificate }))).toBe('scope-mismatch')
  })

  it('a delta alone, or one that does not continue the base', async () => {
    const entries = [revokedLeaf]
    const delta = await list({ crlNumber: 12n, deltaBase: 11n, entries })
    expect(verdictOf(check([delta]))).toBe('delta-without-base')
    expect(check([await list(), delta])).toMatchObject({ status: 'good', delta: false })
    const older = await list({ crlNumber: 9n, deltaBase: 8n, entries })
    expect(check([await list(), older])).toMatchObject({ status: 'good', delta: false })
    const scoped = await list({
      crlNumber: 11n,
      deltaBase: 10n,
      entries,
      extensions: scope(flag(1)),
    })
    expect(check([await list(), scoped])).toMatchObject({ status: 'good', delta: false })
  })

  it('any changed octet', async () => {
    const bytes = await list({ entries: [revokedLeaf] })
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = bytes.with(at, (bytes[at] ?? 0) ^ mask)
        expect(verdictOf(check([changed]))).not.toMatch(/good|revoked/)
      }),
      { numRuns: 150 },
    )
  })
})

describe.skipIf(!hasOpenssl)('OpenSSL', () => {
  it('reads our lists and refuses whom they revoke', async () => {
    const key = testKey('rsa ca', 'rsa-2048')
    const rsaCa = await issueTest({
      subject: [['CN', 'TEST RSA CA']],
      key,
      extensions: caExtensions(key),
    })
    const rsaLeaf = await issueTest({
      subject: [['CN', 'TEST RSA leaf']],
      key,
      issuer: rsaCa,
      extensions: signerExtensions(key),
    })
    const revoked = {
      serialNumber: rsaLeaf.certificate.serialNumber,
      revokedAt: new Date(0),
      reason: 'superseded',
    } as const
    const spec = {
      thisUpdate: new Date(Date.now() - 60_000),
      nextUpdate: new Date(Date.now() + 3_600_000),
    }
    await withPeer(async ({ run, write }) => {
      write('ca.cer', rsaCa.certificate.bytes)
      write('leaf.cer', rsaLeaf.certificate.bytes)
      write('empty', await list({ ...spec, entries: [] }, rsaCa))
      write('full', await list({ ...spec, entries: [revoked] }, rsaCa))
      run('x509', '-inform', 'DER', '-in', 'ca.cer', '-out', 'ca.pem')
      run('x509', '-inform', 'DER', '-in', 'leaf.cer', '-out', 'leaf.pem')
      for (const name of ['empty', 'full']) {
        run('crl', '-inform', 'DER', '-in', name, '-out', `${name}.pem`)
      }
      const text = run(
        'crl',
        '-inform',
        'DER',
        '-in',
        'full',
        '-noout',
        '-text',
        '-CAfile',
        'ca.pem',
      ).text
      expect(text).toContain('verify OK')
      expect(text).toContain('Superseded')
      const verify = (crl: string): string =>
        run('verify', '-crl_check', '-CAfile', 'ca.pem', '-CRLfile', crl, 'leaf.pem').text
      expect(verify('empty.pem')).toContain('leaf.pem: OK')
      expect(verify('full.pem')).toContain('certificate revoked')
    })
  })
})

describe.skipIf(!hasFixtures('kz'))('lists of the Kazakh NCA', () => {
  it.each([
    [
      'nca_gost2022_test-2022.crl',
      'nca_gost2022_test.cer',
      '200327f2cd345c4378a4c692ab9b88c1178dcfa1',
      'certificateHold',
    ],
    ['nca_gost_test.crl', 'nca_gost_test_2019.cer', undefined, 'affiliationChanged'],
  ])('%s is signed by its issuer and revokes whom it lists', (file, issuerFile, known, reason) => {
    const bytes = readFixture(`kz/crl/${file}`)
    const issuer = fixtureCertificate(`kz/ca-test/${issuerFile}`)
    const crl = parseCrl(bytes)
    const [first] = crl.entries.all()
    const serialNumber = known ?? first?.serialNumber ?? ''
    const at = crl.thisUpdate
    const judge = (serial: string) =>
      checkCrls({
        certificate: { ...issuer, issuer: issuer.subject, serialNumber: serial },
        issuer,
        at,
        crls: [bytes],
      })
    expect(judge(serialNumber)).toMatchObject({ status: 'revoked', reason })
    expect(judge('1')).toMatchObject({ status: 'good' })
    const foreign = fixtureCertificate('kz/ca-prod/nca_gost_2022.cer')
    expect(checkCrls({ certificate: foreign, issuer: foreign, at, crls: [bytes] })).toMatchObject({
      status: 'unusable',
      code: 'issuer-mismatch',
    })
  })
})
