import {
  attributesOf,
  cmsAttributeOid,
  digestOf,
  parseSignedData,
  parseTstInfo,
  type ReportCheck,
  type SignatureReport,
} from '@muhr/pki'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestPki } from '../pki/test-pki.ts'
import {
  judge,
  makePhone,
  oneDocument,
  PDF,
  SECOND,
  service,
  signedOf,
  TOKEN,
  twoDocuments,
} from '../testing/phone-bench.ts'
import type { StrictService, StrictServiceOptions } from '../testing/strict-service.ts'
import { makeTestPki } from '../testing/test-pki.ts'
import type { KeyAlgorithm } from './citizen-key.ts'
import { PhoneError } from './error.ts'
import { type FaultMode, faultModes } from './fault-modes.ts'
import type { PhoneOptions, SignOutcome } from './phone.ts'

let pki: TestPki
let remove: () => Promise<void>
beforeAll(async () => {
  ;({ pki, remove } = await makeTestPki())
})
afterAll(() => remove())

/** Faults that the tests of this file made happen. */
const ran = new Set<FaultMode>()

const run = async (
  fault: FaultMode,
  options: Partial<StrictServiceOptions & PhoneOptions> & { algorithm?: KeyAlgorithm } = {},
): Promise<StrictService & { outcome: SignOutcome }> => {
  const strict = service(options)
  const { phone } = await makePhone(pki, strict, options)
  await phone.scan(strict.qr)
  const outcome = await phone.sign({ fault })
  ran.add(fault)

  return { ...strict, outcome }
}

const containerOf = ({ puts }: StrictService): Buffer =>
  signedOf(puts[0]?.text ?? '')[0] ?? Buffer.alloc(0)
const reportOf = async (strict: StrictService): Promise<SignatureReport> => {
  const { signatures } = await judge(pki, containerOf(strict), PDF)
  const [signature] = signatures
  if (signature === undefined) throw new Error('the container has no signature')

  return signature
}
const bad = (report: SignatureReport): ReportCheck[] =>
  report.checks.filter(({ result }) => result !== 'passed')

describe('faults of the JSON and of the transport, on the wire', () => {
  const api2 = twoDocuments('CMS_SIGN_ONLY')

  it('cancel returns the original, cancel-with-status marks it', async () => {
    expect((await run('cancel', { api2 })).puts[0]?.text).toBe(api2)
    expect((await run('cancel-with-status', { api2 })).puts[0]?.text).toBe(
      api2.replace(/\}$/, ',"status":"CANCELED"}'),
    )
  })

  it('wrong-token changes the bearer of the PUT alone', async () => {
    const { puts, outcome, calls } = await run('wrong-token')
    expect(calls[1]).toBe('GET /sessions/abc/documents')
    expect(puts[0]?.headers['authorization']).not.toBe(`Bearer ${TOKEN}`)
    expect(outcome).toMatchObject({ kind: 'failed', answers: [{ status: 401 }] })
  })

  it('wrong-token at scanning changes the bearer of the GET', async () => {
    const strict = service()
    const { phone } = await makePhone(pki, strict)
    await expect(phone.scan(strict.qr, { fault: 'wrong-token' })).rejects.toMatchObject({
      code: 'http.status',
      data: { place: 'api2', status: 401 },
    })
  })

  it('changed-id gives the first document an id that nobody sent', async () => {
    const { puts } = await run('changed-id', { api2 })
    const ids = JSON.parse(puts[0]?.text ?? '').documentsToSign.map(({ id }: { id: number }) => id)
    expect(ids).toEqual([10, 9])
  })

  it('swapped-documents puts each signature under the other id', async () => {
    const { puts } = await run('swapped-documents', { api2 })
    const [first, second] = signedOf(puts[0]?.text ?? '')
    expect((await judge(pki, first ?? PDF, SECOND)).indication).toBe('TOTAL-PASSED')
    expect((await judge(pki, second ?? PDF, PDF)).indication).toBe('TOTAL-PASSED')
    expect((await judge(pki, first ?? PDF, PDF)).indication).toBe('TOTAL-FAILED')
  })

  it('double-put sends the same bytes twice, in a row or at once', async () => {
    for (const fault of ['double-put', 'double-put-at-once'] as const) {
      const { puts, outcome } = await run(fault)
      expect(puts).toHaveLength(2)
      expect(puts[1]?.text).toBe(puts[0]?.text)
      expect(outcome.answers.map(({ status }) => status)).toEqual([200, 200])
    }
  })

  it('double-put-changed sends another signature that is valid too', async () => {
    const { puts, outcome } = await run('double-put-changed', {
      answer: (_put, count) => Response.json({}, { status: count === 1 ? 200 : 409 }),
    })
    expect(puts[1]?.text).not.toBe(puts[0]?.text)
    const second = signedOf(puts[1]?.text ?? '')[0] ?? PDF
    expect((await judge(pki, second, PDF)).indication).toBe('TOTAL-PASSED')
    expect(outcome).toMatchObject({ kind: 'accepted', answers: [{ status: 200 }, { status: 409 }] })
  })

  it('slow-put pauses ten times and sends all', async () => {
    const pauses: number[] = []
    const { puts, outcome } = await run('slow-put', {
      slowPauseMs: 700,
      delay: async (ms) => {
        pauses.push(ms)
      },
    })
    expect(pauses).toEqual(Array.from({ length: 10 }, () => 700))
    expect(puts[0]?.chunks).toBe(10)
    expect(outcome.kind).toBe('accepted')
  })

  it('truncated-body ends in the middle of the JSON', async () => {
    const { puts } = await run('truncated-body')
    expect(puts[0]?.isBroken).toBe(false)
    expect(() => JSON.parse(puts[0]?.text ?? '')).toThrow(SyntaxError)
  })

  it('dropped-connection breaks off and gets no answer', async () => {
    const { puts, outcome } = await run('dropped-connection')
    expect(puts[0]?.isBroken).toBe(true)
    expect(puts[0]?.text.length).toBeGreaterThan(100)
    expect(outcome).toEqual({ kind: 'no-answer', answers: [] })
  })

  it('lower-case-fields writes no capital in any key', async () => {
    const { puts } = await run('lower-case-fields')
    expect(puts[0]?.text).toContain('"documentstosign":')
    expect(puts[0]?.text).toContain('"signmethod":"CMS_SIGN_ONLY"')
    expect(puts[0]?.text).not.toMatch(/"[a-z]*[A-Z]\w*":/)
  })

  it('object-instead-of-string answers SIGN_BYTES_ARRAY with an object', async () => {
    const { puts } = await run('object-instead-of-string', {
      api2: oneDocument('SIGN_BYTES_ARRAY'),
    })
    const value = JSON.parse(puts[0]?.text ?? '').documentsToSign[0].document.file.data
    expect(Object.keys(value)).toEqual(['signature', 'certificate'])
  })
})

describe.each(['kz-2015-512', 'rsa-2048'] as const)('faults of the signature, %s', (algorithm) => {
  it('other-bytes signs something else, detached and attached', async () => {
    const detached = await reportOf(await run('other-bytes', { algorithm }))
    expect(detached).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' })
    const attached = await run('other-bytes', { algorithm, api2: oneDocument('CMS_WITH_DATA') })
    const inside = Buffer.from(parseSignedData(containerOf(attached)).content ?? [])
    expect(inside).toHaveLength(PDF.length)
    expect(inside.equals(PDF)).toBe(false)
    expect((await judge(pki, containerOf(attached))).indication).toBe('TOTAL-PASSED')
  })

  it('foreign-ca chains to nothing that is trusted, with the same IIN', async () => {
    const report = await reportOf(await run('foreign-ca', { algorithm }))
    expect(report).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      cryptography: 'valid',
      signer: { iin: '000140000012' },
    })
  })

  it('expired-certificate and revoked-certificate fail for that alone', async () => {
    const expired = await reportOf(await run('expired-certificate', { algorithm }))
    expect(expired.indication).not.toBe('TOTAL-PASSED')
    expect(expired.cryptography).toBe('valid')
    expect(expired.subIndication).toMatch(/EXPIRED|OUT_OF_BOUNDS/)
    const revoked = await reportOf(await run('revoked-certificate', { algorithm }))
    expect(revoked.cryptography).toBe('valid')
    expect(revoked.subIndication).toMatch(/^REVOKED/)
  })

  it('auth-certificate has no nonRepudiation', async () => {
    const report = await reportOf(await run('auth-certificate', { algorithm }))
    expect(report.cryptography).toBe('valid')
    expect(report.indication).not.toBe('TOTAL-PASSED')
    expect(bad(report).map(({ name }) => name)).toContain('key-usage')
  })

  it('other-person is valid, and somebody else', async () => {
    const report = await reportOf(await run('other-person', { algorithm }))
    expect(report).toMatchObject({ indication: 'TOTAL-PASSED', signer: { iin: '000140000022' } })
  })

  it('missing-timestamp leaves all unsigned attributes out', async () => {
    const strict = await run('missing-timestamp', { algorithm })
    expect(parseSignedData(containerOf(strict)).signerInfos[0]?.unsignedAttributes).toEqual([])
    expect((await reportOf(strict)).indication).not.toBe('TOTAL-PASSED')
  })

  it('timestamp-over-content stamps the document', async () => {
    const strict = await run('timestamp-over-content', { algorithm })
    const [signerInfo] = parseSignedData(containerOf(strict)).signerInfos
    const [stamp] = attributesOf(
      signerInfo?.unsignedAttributes ?? [],
      cmsAttributeOid.signatureTimeStamp,
    )
    const token = stamp?.values[0]?.bytes ?? new Uint8Array()
    const { messageImprint } = parseTstInfo(parseSignedData(token).content ?? new Uint8Array())
    const digest = digestOf(messageImprint.algorithm.oid, PDF)
    expect(Buffer.from(messageImprint.hash)).toEqual(Buffer.from(digest))
    expect((await reportOf(strict)).indication).toBe('TOTAL-FAILED')
  })
})

describe('wrong-byte-order', () => {
  it('is the Russian order of a GOST signature', async () => {
    const report = await reportOf(await run('wrong-byte-order'))
    expect(report).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'SIG_CRYPTO_FAILURE',
      cryptography: 'invalid',
    })
  })
})

describe('a fault that cannot be made', () => {
  it.each<[FaultMode, Partial<StrictServiceOptions> & { algorithm?: KeyAlgorithm }]>([
    ['wrong-byte-order', { algorithm: 'rsa-2048' }],
    ['swapped-documents', {}],
    ['object-instead-of-string', {}],
    ['missing-timestamp', { api2: oneDocument('SIGN_BYTES_ARRAY') }],
  ])('%s is refused and nothing is sent', async (fault, options) => {
    const strict = service(options)
    const { phone } = await makePhone(pki, strict, options)
    await phone.scan(strict.qr)
    const refusal = await phone.sign({ fault }).catch((cause: unknown) => cause)
    expect(refusal).toBeInstanceOf(PhoneError)
    expect(refusal).toMatchObject({ code: 'fault.not-applicable', data: { found: fault } })
    expect(strict.puts).toHaveLength(0)
  })
})

it('every fault mode was made to happen above', () => {
  expect(faultModes.filter((mode) => !ran.has(mode))).toEqual([])
})
