import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { algorithmOid } from '../keys/oids.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { codeOf } from '../test-support/code-of.ts'
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
import { extKeyUsageOid } from '../x509/oids.ts'
import {
  buildOcspFailure,
  buildOcspResponse,
  type OcspResponseSpec,
} from './build-ocsp-response.ts'
import { certIdOf } from './cert-id.ts'
import { checkOcsp, type OcspCheck } from './check-ocsp.ts'
import { buildOcspRequest, parseOcspRequest } from './ocsp-request.ts'
import { type CertStatus, parseOcspResponse } from './ocsp-response.ts'
import type { RevocationFact } from './types.ts'

const now = new Date('2026-06-01T12:00:00Z')
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000)

const caKey = testKey('ca')
const ca = await issueTest({ subject: [['CN', 'TEST CA']], key: caKey })
const leaf = await issueTest({
  subject: [['CN', 'ТЕСТОВ ТЕСТ']],
  key: testKey('leaf'),
  issuer: ca,
  extensions: signerExtensions(testKey('leaf')),
})
const responderExtensions = (key: SigningKey): readonly Uint8Array[] => [
  extension.keyUsage(['digitalSignature']),
  extension.extKeyUsage([extKeyUsageOid.ocspSigning]),
  extension.ocspNoCheck(),
  extension.subjectKeyIdentifier(keyIdentifierOf(key.spki)),
]
const responderKey = testKey('responder')
const issueResponder = (change: Parameters<typeof issueTest>[0] = {}): Promise<TestEntity> =>
  issueTest({
    subject: [['CN', 'TEST OCSP']],
    key: responderKey,
    issuer: ca,
    extensions: responderExtensions(responderKey),
    ...change,
  })
const responder = await issueResponder()
const subject = { certificate: leaf.certificate, issuer: ca.certificate }
const nonce = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)

type Answer = Partial<OcspResponseSpec> & {
  readonly status?: CertStatus
  readonly by?: TestEntity
  readonly hashOid?: string
  readonly thisUpdate?: Date
  readonly nextUpdate?: Date
}
const answer = ({ status = { status: 'good' }, by = responder, hashOid, ...spec }: Answer = {}) =>
  buildOcspResponse(
    {
      responses: [
        {
          certId: certIdOf(subject, hashOid ?? algorithmOid.sha256),
          certStatus: status,
          thisUpdate: spec.thisUpdate ?? now,
          ...(spec.nextUpdate === undefined ? {} : { nextUpdate: spec.nextUpdate }),
        },
      ],
      producedAt: now,
      responder: by.certificate,
      ...spec,
    },
    by.key,
  )

const check = (response: Uint8Array, change: Partial<OcspCheck> = {}): RevocationFact =>
  checkOcsp({ ...subject, response, at: now, ...change })
const verdictOf = (fact: RevocationFact): string =>
  fact.status === 'unusable' ? fact.code : fact.status

describe('checkOcsp believes', () => {
  it('a delegated responder, and says when and by whom', async () => {
    expect(check(await answer())).toEqual({
      source: 'ocsp',
      status: 'good',
      thisUpdate: now,
      producedAt: now,
      signer: responder.certificate,
      scheme: 'kz-2015-512',
      signerNoCheck: true,
    })
  })

  it('the CA itself, and a responder whose certificate is passed in', async () => {
    expect(verdictOf(check(await answer({ by: ca })))).toBe('good')
    const bare = await answer({ includeCertificate: false })
    expect(verdictOf(check(bare))).toBe('responder-not-found')
    expect(verdictOf(check(bare, { responders: [responder.certificate] }))).toBe('good')
  })

  it('revoked, with time and reason', async () => {
    const revokedAt = minutes(-90)
    const status = { status: 'revoked', revokedAt, reason: 'keyCompromise' } as const
    expect(check(await answer({ status }))).toMatchObject(status)
    const unsaid = { status: 'revoked', revokedAt, reason: 'unspecified' } as const
    expect(check(await answer({ status: unsaid }))).toMatchObject(unsaid)
  })

  it('unknown', async () => {
    expect(verdictOf(check(await answer({ status: { status: 'unknown' } })))).toBe('unknown')
  })

  it.each(['sha1', 'sha256', 'kzStreebog512'] as const)('a CertID under %s', async (name) => {
    expect(verdictOf(check(await answer({ hashOid: algorithmOid[name] })))).toBe('good')
  })

  it('a responder named by its key, and not one whose key is another', async () => {
    expect(verdictOf(check(await answer({ responderIdBy: 'key' })))).toBe('good')
    const other = await issueResponder({ key: testKey('other responder') })
    const bare = await answer({ responderIdBy: 'key', includeCertificate: false })
    expect(verdictOf(check(bare, { responders: [responder.certificate] }))).toBe('good')
    expect(verdictOf(check(bare, { responders: [other.certificate] }))).toBe('responder-not-found')
  })

  it('names of responder and issuer in another case or string type', async () => {
    const renamed = await issueTest({ subject: [['CN', 'test  ca']], key: caKey })
    const issuer = renamed.certificate
    expect(verdictOf(check(await answer(), { issuer }))).toBe('good')
    expect(verdictOf(check(await answer({ by: ca }), { issuer }))).toBe('good')
    const request = buildOcspRequest({ ...subject, issuer })
    const [asked] = parseOcspRequest(request).certIds
    expect(asked).toEqual(certIdOf(subject, algorithmOid.sha256))
  })

  it.each([
    ['ruStreebog256', '1.2.643.7.1.1.2.2'],
    ['ruStreebog512', '1.2.643.7.1.1.2.3'],
    ['ruGost341194', '1.2.643.2.2.9'],
  ])('a CertID under %s', async (_name, hashOid) => {
    expect(verdictOf(check(await answer({ hashOid })))).toBe('good')
  })

  it('the worst of several answers about one certificate', async () => {
    const certId = certIdOf(subject, algorithmOid.sha1)
    const revoked = { status: 'revoked', revokedAt: now, reason: 'superseded' } as const
    const responses = [
      { certId, certStatus: { status: 'good' }, thisUpdate: now },
      { certId, certStatus: revoked, thisUpdate: minutes(-1) },
    ] as const
    expect(verdictOf(check(await answer({ responses })))).toBe('revoked')
  })
})

describe('checkOcsp refuses', () => {
  it('another certificate of the same issuer, or the same number of another issuer', async () => {
    const other = await issueTest({ subject: [['CN', 'TEST other']], issuer: ca })
    const response = await answer()
    const otherCa = await issueTest({ subject: [['CN', 'TEST CA']], key: testKey('other ca') })
    const certId = certIdOf({ ...subject, issuer: otherCa.certificate }, algorithmOid.sha256)
    const foreign = await answer({
      responses: [{ certId, certStatus: { status: 'good' }, thisUpdate: now }],
    })
    expect(verdictOf(check(response, { certificate: other.certificate }))).toBe('other-certificate')
    expect(verdictOf(check(foreign))).toBe('other-certificate')
  })

  it('a name hash or a key hash that alone is wrong', async () => {
    const right = certIdOf(subject, algorithmOid.sha256)
    const wrong = new Uint8Array(32)
    for (const change of [
      { issuerNameHash: wrong },
      { issuerKeyHash: wrong },
      { hashOid: '1.2.3' },
    ]) {
      const responses = [
        { certId: { ...right, ...change }, certStatus: { status: 'good' }, thisUpdate: now },
      ] as const
      expect(verdictOf(check(await answer({ responses })))).toBe('other-certificate')
    }
  })

  it('a nonce that differs or is missing, when one was sent', async () => {
    const echoed = await answer({ nonce })
    expect(verdictOf(check(echoed, { nonce }))).toBe('good')
    expect(verdictOf(check(echoed, { nonce: nonce.subarray(1) }))).toBe('nonce-mismatch')
    expect(verdictOf(check(await answer(), { nonce }))).toBe('nonce-missing')
    expect(verdictOf(check(echoed))).toBe('good')
  })

  it('an answer older than ten minutes, after nextUpdate, or from the future', async () => {
    const clockSkewMs = 0
    const at = async (spec: Answer, maxAgeMs?: number) =>
      verdictOf(check(await answer(spec), { clockSkewMs, maxAgeMs }))
    expect(await at({ thisUpdate: minutes(-10) })).toBe('good')
    expect(await at({ thisUpdate: minutes(-11) })).toBe('stale')
    expect(await at({ thisUpdate: minutes(-11) }, 3_600_000)).toBe('good')
    expect(await at({ thisUpdate: minutes(-60), nextUpdate: minutes(1) })).toBe('good')
    expect(await at({ thisUpdate: minutes(-60), nextUpdate: minutes(-1) })).toBe('stale')
    expect(await at({ thisUpdate: minutes(-60), nextUpdate: minutes(1) }, 60_000)).toBe('stale')
    expect(await at({ thisUpdate: minutes(1) })).toBe('not-yet-valid')
    expect(verdictOf(check(await answer({ thisUpdate: minutes(1) })))).toBe('good')
  })

  it('a responder without ocspSigning', async () => {
    const by = await issueResponder({ extensions: signerExtensions(responderKey) })
    expect(verdictOf(check(await answer({ by })))).toBe('responder-not-authorised')
  })

  it('a responder that another CA delegated, even one of the same name', async () => {
    const otherCa = await issueTest({ subject: [['CN', 'TEST CA']], key: testKey('other ca') })
    const by = await issueResponder({ issuer: otherCa })
    expect(verdictOf(check(await answer({ by })))).toBe('responder-not-authorised')
  })

  it('the certificate in question answering for itself', async () => {
    expect(verdictOf(check(await answer({ by: leaf })))).toBe('responder-not-authorised')
  })

  it('a responder outside its validity when it signed', async () => {
    const by = await issueResponder({ change: { notAfter: minutes(-1) } })
    expect(verdictOf(check(await answer({ by })))).toBe('responder-not-authorised')
    expect(verdictOf(check(await answer({ by, producedAt: minutes(-2) })))).toBe('good')
  })

  it('a responder with an unknown critical extension', async () => {
    const unknown = buildExtension('1.2.3.4', der.null(), { critical: true })
    const by = await issueResponder({ extensions: [...responderExtensions(responderKey), unknown] })
    expect(verdictOf(check(await answer({ by })))).toBe('responder-not-authorised')
  })

  it('a key that is not the responder’s', async () => {
    const by = { certificate: responder.certificate, key: testKey('thief') }
    expect(verdictOf(check(await answer({ by })))).toBe('signature-invalid')
  })

  it('a scheme that was not allowed', async () => {
    const response = await answer()
    expect(verdictOf(check(response, { allowedSchemes: ['rsa-sha256'] }))).toBe('algorithm-weak')
  })

  it('statuses without an answer: tryLater is neither revoked nor good', () => {
    expect(verdictOf(check(buildOcspFailure('tryLater')))).toBe('try-later')
    for (const status of ['malformedRequest', 'internalError', 'unauthorized'] as const) {
      expect(verdictOf(check(buildOcspFailure(status)))).toBe('responder-failed')
    }
  })

  it('an answer of another type, and none inside a success', async () => {
    const other = der.sequence(
      der.enumerated(0),
      der.context(0, der.sequence(der.oid('1.2.3'), der.octets(new Uint8Array(3)))),
    )
    expect(verdictOf(check(other))).toBe('unsupported-response')
    expect(verdictOf(check(der.sequence(der.enumerated(0))))).toBe('unsupported-response')
    expect(verdictOf(check(der.sequence(der.enumerated(4))))).toBe('unreadable')
    expect(verdictOf(check(new TextEncoder().encode('<html>')))).toBe('unreadable')
  })

  it('any changed octet: nothing is good or revoked that was not signed', async () => {
    const response = await answer({ nonce })
    fc.assert(
      fc.property(fc.nat(response.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = response.with(at, (response[at] ?? 0) ^ mask)
        expect(verdictOf(check(changed, { nonce }))).not.toMatch(/good|revoked|unknown$/)
      }),
      { numRuns: 150 },
    )
  })
})

describe('questions', () => {
  it('are read back by a responder', () => {
    for (const hashOid of [algorithmOid.sha1, algorithmOid.sha256]) {
      const request = parseOcspRequest(buildOcspRequest({ ...subject, hashOid, nonce }))
      expect(request).toEqual({ certIds: [certIdOf(subject, hashOid)], nonce })
    }
    expect(parseOcspRequest(buildOcspRequest(subject)).nonce).toBeNull()
  })

  it('about nothing, or with octets after them, are refused', () => {
    expect(codeOf(() => parseOcspRequest(der.sequence(der.sequence(der.sequence()))))).toBe(
      'ocsp.bad-request',
    )
    const request = buildOcspRequest(subject)
    expect(codeOf(() => parseOcspRequest(Buffer.concat([request, Buffer.of(0)])))).toBe(
      'asn1.trailing-octets',
    )
  })

  it('of any octets throw nothing but a PkiError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(codeOf(() => parseOcspRequest(bytes))).not.toContain('not a PkiError')
        expect(codeOf(() => parseOcspResponse(bytes))).not.toContain('not a PkiError')
      }),
    )
  })
})

describe.skipIf(!hasOpenssl)('OpenSSL', async () => {
  const key = testKey('rsa ca', 'rsa-2048')
  const rsaCa = await issueTest({
    subject: [['CN', 'TEST RSA CA']],
    key,
    extensions: caExtensions(key),
  })
  const rsaKey = testKey('rsa leaf', 'rsa-2048')
  const rsaLeaf = await issueTest({
    subject: [['CN', 'TEST RSA leaf']],
    key: rsaKey,
    issuer: rsaCa,
    extensions: signerExtensions(rsaKey),
  })
  const about = { certificate: rsaLeaf.certificate, issuer: rsaCa.certificate }

  it('accepts our answers and reads our questions', async () => {
    const request = buildOcspRequest({ ...about, nonce })
    const response = await buildOcspResponse(
      {
        responses: [
          {
            certId: certIdOf(about, algorithmOid.sha1),
            certStatus: { status: 'revoked', revokedAt: new Date(0), reason: 'certificateHold' },
            thisUpdate: new Date(),
            nextUpdate: new Date(Date.now() + 3_600_000),
          },
        ],
        producedAt: new Date(),
        nonce,
        responder: rsaCa.certificate,
      },
      key,
    )
    await withPeer(({ run, write }) => {
      write('ca.cer', rsaCa.certificate.bytes)
      write('leaf.cer', rsaLeaf.certificate.bytes)
      write('request', request)
      write('response', response)
      run('x509', '-inform', 'DER', '-in', 'ca.cer', '-out', 'ca.pem')
      run('x509', '-inform', 'DER', '-in', 'leaf.cer', '-out', 'leaf.pem')
      const { text } = run('ocsp', '-reqin', 'request', '-req_text', '-noverify')
      expect(text).toContain('Hash Algorithm: sha256')
      expect(text.toLowerCase().replaceAll(/\s/g, '')).toContain(toHex(nonce))
      const verdict = run(
        ...['ocsp', '-respin', 'response', '-issuer', 'ca.pem', '-cert', 'leaf.pem'],
        ...['-CAfile', 'ca.pem', '-partial_chain', '-no_nonce'],
      ).text
      expect(verdict).toContain('Response verify OK')
      expect(verdict).toContain('leaf.pem: revoked')
      expect(verdict).toContain('Reason: certificateHold')
    })
  })
})

describe.skipIf(!hasFixtures('kz'))('answers of the Kazakh NCA', () => {
  const cases = [
    ['gost2015-responder-revoked.der', 'nca_gost2022_test.cer', 'kz-2015-512'],
    ['rsa-responder-good.der', 'nca_rsa_test_2019.cer', 'rsa-sha256'],
    ['gost2004-responder-revoked.der', 'nca_gost_test_2019.cer', 'kz-2004'],
  ] as const
  const expected = JSON.parse(new TextDecoder().decode(readFixture('kz/expected.json'))) as {
    readonly ocsp: Readonly<Record<string, { status: string; producedAt: string }>>
  }

  it.each(cases)('%s says what is expected of it', (file, issuerFile, scheme) => {
    const bytes = readFixture(`kz/ocsp/${file}`)
    const issuer = fixtureCertificate(`kz/ca-test/${issuerFile}`)
    const response = parseOcspResponse(bytes)
    const [single] = response.basic?.responses ?? []
    const want = expected.ocsp[file]
    expect(response.basic?.producedAt.toISOString()).toBe(want?.producedAt.replace('Z', '.000Z'))
    expect(single?.certId.hashOid).toBe(algorithmOid.sha256)
    expect(single?.nextUpdate).toBeUndefined()
    // The certificates themselves are not at hand: another one under the number asked about.
    const certificate = { ...issuer, serialNumber: single?.certId.serialNumber ?? '' }
    const at = response.basic?.producedAt ?? now
    const fact = checkOcsp({ certificate, issuer, response: bytes, at })
    expect(fact).toMatchObject({ status: want?.status, scheme, signerNoCheck: true })
    const late = checkOcsp({ certificate, issuer, response: bytes, at: now })
    expect(late).toMatchObject({ status: 'unusable', code: 'stale' })
    const wrongIssuer = fixtureCertificate('kz/ca-prod/nca_gost_2022.cer')
    expect(checkOcsp({ certificate, issuer: wrongIssuer, response: bytes, at })).toMatchObject({
      code: 'responder-not-authorised',
    })
  })
})
