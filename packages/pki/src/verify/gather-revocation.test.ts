import { beforeAll, describe, expect, it } from 'vitest'
import { isWorthRechecking } from './is-worth-rechecking.ts'
import { answerOcsp, listRevoked, type OcspAnswer } from './testing/revocation-data.ts'
import {
  createSampleJudge,
  failedFor,
  notPassed,
  openFor,
  passedReport,
  type SampleJudge,
} from './testing/sample-judge.ts'
import { issue, type TestPki, testNotAfter } from './testing/test-pki.ts'
import { goodSources } from './testing/test-sources.ts'

let pki: TestPki
let plain: Uint8Array
let stamped: Uint8Array
let report: SampleJudge['report']
beforeAll(async () => {
  ;({ pki, plain, stamped, report } = await createSampleJudge())
})

describe('revocation', () => {
  const revokedAt = (at: Date): OcspAnswer => ({
    status: { status: 'revoked', revokedAt: at, reason: 'keyCompromise' },
  })
  const stored = async (answer: OcspAnswer) => ({
    ocsp: [await answerOcsp(pki, pki.signer, answer)],
  })
  const before = new Date('2026-01-31T00:00:00Z')
  const after = new Date('2026-02-01T10:00:05Z')

  it('before the time-stamp fails, after it does not', async () => {
    expect(await report(stamped, { stored: await stored(revokedAt(before)) })).toMatchObject(
      failedFor('REVOKED'),
    )
    expect(await report(stamped, { stored: await stored(revokedAt(after)) })).toMatchObject(
      passedReport,
    )
  })

  it('before the claimed time fails; after it leaves a signature without time-stamp open', async () => {
    expect(await report(plain, { stored: await stored(revokedAt(before)) })).toMatchObject(
      failedFor('REVOKED'),
    )
    const late = await report(plain, { stored: await stored(revokedAt(after)) })
    expect(late).toMatchObject(openFor('REVOKED_NO_POE'))
    // No waiting makes it good: it is not held to be checked again.
    expect(isWorthRechecking(late)).toBe(false)
  })

  it('is final however old the answer, while an old good one says nothing', async () => {
    const old = new Date('2026-01-31T09:00:00Z')
    expect(
      await report(plain, { stored: await stored({ ...revokedAt(before), thisUpdate: old }) }),
    ).toMatchObject(failedFor('REVOKED'))
    const result = await report(plain, { stored: await stored({ thisUpdate: old }) })
    expect(result.signatures[0]?.revocation[0]).toMatchObject({ status: 'unavailable' })
    const fresh = await report(plain, { stored: await stored({}) })
    expect(fresh.signatures[0]?.revocation[0]).toMatchObject({ status: 'good', source: 'ocsp' })
  })

  it('in a list fails as in an answer', async () => {
    const crls = [await listRevoked(pki.authority, [{ subject: pki.signer, at: before }])]
    expect(await report(stamped, { stored: { crls } })).toMatchObject(failedFor('REVOKED'))
    const others = [await listRevoked(pki.authority, [{ subject: pki.ocsp, at: before }])]
    expect(await report(stamped, { stored: { crls: others } })).toMatchObject(passedReport)
  })

  it('in a list of a renewed key of the authority counts, when it leads to the same anchor', async () => {
    const { attributes } = pki.authority.certificate.subject
    const subject = attributes.map(({ oid, value }) => [oid, value ?? ''] as const)
    const renewed = await issue({ commonName: '', subject, ca: {} }, pki.root)
    const foreign = await issue({ commonName: '', subject, ca: {} })
    const reportWith = async (by: typeof renewed) =>
      report(stamped, {
        stored: {
          certificates: [by.certificate.bytes],
          crls: [
            await listRevoked(by, [{ subject: pki.signer, at: before }]),
            await listRevoked(pki.root, []),
          ],
        },
      })
    expect(await reportWith(renewed)).toMatchObject(failedFor('REVOKED'))
    expect(await reportWith(foreign)).toMatchObject(passedReport)
  })

  it('of an authority leaves everything below it open', async () => {
    const crls = [await listRevoked(pki.root, [{ subject: pki.authority, at: before }])]
    const result = await report(plain, { stored: { crls } })
    expect(result).toMatchObject(openFor('REVOKED_CA_NO_POE'))
    expect(notPassed(result)).toContain('revocation failed authority-revoked')
  })

  it('that is a suspension, or unknown to the responder, leaves the signature open', async () => {
    const hold: OcspAnswer = {
      status: { status: 'revoked', revokedAt: before, reason: 'certificateHold' },
    }
    expect(await report(plain, { stored: await stored(hold) })).toMatchObject(openFor('TRY_LATER'))
    const unknown: OcspAnswer = { status: { status: 'unknown' } }
    expect(await report(plain, { stored: await stored(unknown) })).toMatchObject(
      openFor('TRY_LATER'),
    )
  })

  it('is not learnt from a responder that the authority did not appoint', async () => {
    const foreign = await issue({ commonName: 'TEST FOREIGN OCSP', ca: {} })
    const answer = { ...revokedAt(before), responder: foreign }
    const result = await report(plain, { stored: await stored(answer) })
    expect(result).toMatchObject(passedReport)
    expect(
      result.signatures[0]?.checks.find(({ name }) => name === 'revocation')?.detail,
    ).toContain('responder-not-authorised')
    expect(await report(stamped, { policy: 'kz-500', stored: await stored(answer) })).toMatchObject(
      openFor('TRY_LATER'),
    )
  })

  it('is not learnt from an answer with another nonce than was sent', async () => {
    const nonce = new Uint8Array(16)
    const answers = { [pki.signer.certificate.sha256]: { nonce } }
    const result = await report(stamped, {
      policy: 'kz-500',
      sources: goodSources(pki, { answers }),
    })
    expect(result).toMatchObject(openFor('TRY_LATER'))
    expect(notPassed(result).join()).toContain('nonce-mismatch')
  })

  it('is not excluded by a good answer from after the certificate expired', async () => {
    const late = new Date(testNotAfter.getTime() + 86_400_000)
    const result = await report(stamped, {
      policy: 'kz-500',
      stored: await stored({ thisUpdate: late }),
      now: new Date(late.getTime() + 1000),
    })
    expect(notPassed(result).join()).toContain('after-expiry')
  })
})
