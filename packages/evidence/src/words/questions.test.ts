import type { SignatureReport } from '@muhr/pki'
import { describe, expect, it } from 'vitest'
import { type Answer, answerQuestions, type Question, readableTime } from './questions.ts'

type Check = SignatureReport['checks'][number]

const passed = (name: Check['name']): Check => ({ name, result: 'passed' })
const failed = (name: Check['name'], detail: string): Check => ({ name, result: 'failed', detail })
const open = (name: Check['name'], detail: string): Check => ({
  name,
  result: 'indeterminate',
  detail,
})

const good: SignatureReport = {
  indication: 'TOTAL-PASSED',
  format: 'CAdES-T',
  country: 'KZ',
  signatureAlgorithm: { oid: '1', name: 'RSA' },
  digestAlgorithm: { oid: '2', name: 'SHA-256' },
  cryptography: 'valid',
  contentDigest: '00',
  level: 'unknown',
  signer: { subject: 'CN=X', name: 'X', serialNumber: '01' },
  chain: [{ subject: 'CN=X', serialNumber: '01', sha256: '00' }],
  anchor: { subject: 'CN=ROOT', sha256: '00' },
  revocation: [
    { serialNumber: '01', source: 'crl', status: 'good', thisUpdate: '2026-11-22T10:47:20.000Z' },
  ],
  signingTime: '2026-11-22T10:47:10.000Z',
  timestamps: [{ genTime: '2026-11-22T10:47:12.000Z', valid: true }],
  checks: [
    passed('format'),
    passed('content-digest'),
    passed('signature-value'),
    passed('certificate-path'),
    passed('time-stamp'),
    passed('revocation'),
  ],
}

/** The good report with other checks of some names, or other fields. */
const withChecks = (
  checks: readonly Check[],
  changes: Partial<SignatureReport> = {},
): SignatureReport => ({
  ...good,
  ...changes,
  checks: [
    ...good.checks.filter(({ name }) => checks.every((check) => check.name !== name)),
    ...checks,
  ],
})

const answerTo = (signature: SignatureReport, question: Question) => {
  const found = answerQuestions(signature).find((each) => each.question === question)

  return { answer: found?.answer, ground: found?.ground.en }
}

describe('the five questions', () => {
  it('stand in their order, each with a ground', () => {
    expect(answerQuestions(good).map(({ question, answer }) => `${question} ${answer}`)).toEqual([
      'unchanged yes',
      'key yes',
      'trusted yes',
      'not-revoked yes',
      'time yes',
    ])
    expect(answerTo(good, 'trusted').ground).toBe('Certificates in the path: 1, root: CN=ROOT')
    expect(answerTo(good, 'not-revoked').ground).toBe('CRL answer of 2026-11-22 10:47:20 UTC')
    expect(answerTo(good, 'time').ground).toBe('RFC 3161 time-stamp of 2026-11-22 10:47:12 UTC')
  })

  it.each<[Question, Answer, string, SignatureReport]>([
    [
      'unchanged',
      'no',
      'digest differs',
      withChecks([failed('content-digest', 'message-digest-mismatch')]),
    ],
    ['unchanged', 'unknown', 'no document', withChecks([open('content-digest', 'content-absent')])],
    [
      'unchanged',
      'no',
      'another part of the document',
      withChecks([passed('content-digest'), failed('coverage', 'xml.reference.wrapping')]),
    ],
    [
      'unchanged',
      'unknown',
      'only a part',
      withChecks([passed('content-digest'), open('coverage', 'partial-coverage /act/sum')]),
    ],
    ['key', 'no', 'other key', withChecks([failed('signature-value', 'signature-invalid')])],
    ['key', 'no', 'damaged', withChecks([failed('format', 'cms.bad-version')])],
    [
      'key',
      'unknown',
      'no algorithm',
      withChecks([open('signature-value', 'algorithm-unsupported')]),
    ],
    ['trusted', 'unknown', 'no root', withChecks([open('certificate-path', 'untrusted-root')])],
    [
      'trusted',
      'no',
      'wrong purpose',
      withChecks([failed('key-usage', 'key-usage-needs nonRepudiation')]),
    ],
    ['trusted', 'no', 'path is wrong', withChecks([failed('certificate-path', 'not-a-ca')])],
    [
      'trusted',
      'unknown',
      'ended',
      withChecks([open('certificate-validity', 'validation-time-after-not-after')]),
    ],
    ['not-revoked', 'unknown', 'nobody asked', withChecks([], { revocation: [] })],
    [
      'not-revoked',
      'unknown',
      'no answer',
      withChecks([], {
        revocation: [{ serialNumber: '01', source: 'none', status: 'unavailable' }],
      }),
    ],
    [
      'not-revoked',
      'no',
      'revoked',
      withChecks([failed('revocation', 'revoked')], {
        revocation: [{ serialNumber: '01', source: 'ocsp', status: 'revoked' }],
      }),
    ],
    [
      'not-revoked',
      'yes',
      'revoked later',
      withChecks([], { revocation: [{ serialNumber: '01', source: 'ocsp', status: 'revoked' }] }),
    ],
    ['time', 'unknown', 'claimed', withChecks([], { timestamps: [] })],
    [
      'time',
      'unknown',
      'authority not trusted',
      withChecks([open('time-stamp', 'untrusted-root')], {
        timestamps: [{ genTime: '2026-11-22T10:47:12.000Z', valid: false }],
      }),
    ],
    [
      'time',
      'no',
      'broken',
      withChecks([failed('time-stamp', 'broken imprint-mismatch')], {
        timestamps: [{ genTime: '2026-11-22T10:47:12.000Z', valid: false }],
      }),
    ],
    [
      'time',
      'no',
      'unreadable',
      withChecks([failed('time-stamp', 'broken tsp.malformed')], { timestamps: [] }),
    ],
    [
      'time',
      'unknown',
      'required and missing',
      withChecks([failed('time-stamp', 'time-stamp-missing')], { timestamps: [] }),
    ],
  ])('%s: %s when %s', (question, answer, _, signature) => {
    expect(answerTo(signature, question).answer).toBe(answer)
  })
})

describe('times', () => {
  it('name their zone', () => {
    expect(readableTime('2026-11-22T10:47:12.000Z')).toBe('2026-11-22 10:47:12 UTC')
    expect(readableTime('2026-11-22T10:47:12Z')).toBe('2026-11-22 10:47:12 UTC')
    expect(readableTime('something else')).toBe('something else')
  })
})
