import { beforeAll, describe, expect, it } from 'vitest'
import { listRevoked } from './testing/revocation-data.ts'
import { withTimeStamp } from './testing/sample-containers.ts'
import {
  createSampleJudge,
  failedFor,
  notPassed,
  openFor,
  passedReport,
  type SampleJudge,
} from './testing/sample-judge.ts'
import { issue, sampleNow, type TestPki, testNotBefore } from './testing/test-pki.ts'
import { goodSources } from './testing/test-sources.ts'

let pki: TestPki
let plain: Uint8Array
let stamped: Uint8Array
let report: SampleJudge['report']
let sign: SampleJudge['sign']
beforeAll(async () => {
  ;({ pki, plain, stamped, report, sign } = await createSampleJudge())
})

describe('validity of the certificate', () => {
  it('expired without proof of an earlier time leaves the signature open', async () => {
    const now = new Date('2028-01-01T00:00:00Z')
    expect(await report(plain, { now })).toMatchObject(openFor('OUT_OF_BOUNDS_NO_POE'))
    expect(await report(plain, { now, at: sampleNow })).toMatchObject(passedReport)
    expect(await report(stamped, { now })).toMatchObject(passedReport)
  })

  it('expired and known to be good leaves it open by another name', async () => {
    const signer = await issue(
      {
        commonName: 'TEST JUST EXPIRED',
        key: pki.signer.key,
        notAfter: new Date('2026-02-01T10:00:05Z'),
      },
      pki.authority,
    )
    const container = await sign(signer)
    const crls = [await listRevoked(pki.authority, [])]
    const known = await report(container, { stored: { crls } })
    expect(known).toMatchObject(openFor('OUT_OF_BOUNDS_NOT_REVOKED'))
    expect(notPassed(known)).toEqual([
      'certificate-validity indeterminate validation-time-after-not-after claimed-signing-time-within',
    ])
    expect(await report(container)).toMatchObject(openFor('OUT_OF_BOUNDS_NO_POE'))
  })

  it('fails as EXPIRED when the signer himself signed later', async () => {
    const signer = await issue(
      {
        commonName: 'TEST EXPIRED',
        key: pki.signer.key,
        notAfter: new Date('2026-01-15T00:00:00Z'),
      },
      pki.authority,
    )
    const container = await sign(signer)
    expect(await report(container)).toMatchObject(failedFor('EXPIRED'))
    expect(await report(await withTimeStamp(container, pki.tsa))).toMatchObject(
      failedFor('EXPIRED'),
    )
  })

  it('fails as NOT_YET_VALID when the time-stamp is older than the certificate', async () => {
    const signer = await issue(
      {
        commonName: 'TEST EARLY',
        key: pki.signer.key,
        notBefore: new Date('2026-02-01T10:00:05Z'),
      },
      pki.authority,
    )
    const container = await sign(signer)
    expect(await report(container)).toMatchObject(passedReport)
    expect(await report(await withTimeStamp(container, pki.tsa))).toMatchObject(
      failedFor('NOT_YET_VALID'),
    )
    expect(await report(container, { at: testNotBefore })).toMatchObject(failedFor('NOT_YET_VALID'))
  })
})

describe('purpose of the key', () => {
  const signer = (
    keyUsages: readonly ('digitalSignature' | 'nonRepudiation' | 'keyEncipherment')[],
    country?: string | null,
  ) =>
    issue(
      {
        commonName: 'TEST PURPOSE',
        key: pki.signer.key,
        keyUsages,
        ...(country === undefined ? {} : { country }),
      },
      pki.authority,
    )

  it('for authentication signs no documents, under any policy', async () => {
    const container = await sign(await signer(['digitalSignature', 'keyEncipherment']))
    const right = await sign(await signer(['nonRepudiation']))
    for (const policy of ['etsi-basic', 'kz-1187', 'kz-500', 'sandbox'] as const) {
      const options = { policy, sources: goodSources(pki) }
      expect(notPassed(await report(container, options))).toContain(
        'key-usage failed key-usage-needs nonRepudiation',
      )
      expect(notPassed(await report(right, options)).join()).not.toContain('key-usage')
    }
    expect(await report(container)).toMatchObject(openFor('CHAIN_CONSTRAINTS_FAILURE'))
    expect(await report(right)).toMatchObject(passedReport)
  })

  it('that is not stated is no purpose in Kazakhstan', async () => {
    const container = await sign(await signer([]))
    expect(notPassed(await report(container, { policy: 'kz-500' }))).toContain(
      'key-usage failed key-usage-absent',
    )
    expect(await report(container)).toMatchObject(passedReport)
  })
})

describe('the claimed signing time', () => {
  it('before the certificate or after the validation is a warning, no more', async () => {
    const warningAt = async (signingTime: string) => {
      const result = await report(await sign(pki.signer, { signingTime: new Date(signingTime) }))
      expect(result).toMatchObject(passedReport)
      return result.signatures[0]?.checks.find(({ name }) => name === 'signing-time')?.detail
    }
    expect(await warningAt('2024-06-01T00:00:00Z')).toBe('warning.signing-time-before-not-before')
    expect(await warningAt('2026-02-01T11:00:00Z')).toBe(
      'warning.signing-time-after-validation-time',
    )
    expect(await warningAt('2026-02-01T09:00:00Z')).toBeUndefined()
  })

  it('far from the time-stamp is a warning, no more', async () => {
    const container = await withTimeStamp(
      await sign(pki.signer, { signingTime: new Date('2026-02-01T09:00:00Z') }),
      pki.tsa,
    )
    const result = await report(container)
    expect(result).toMatchObject(passedReport)
    expect(result.signatures[0]?.checks).toContainEqual({
      name: 'signing-time',
      result: 'passed',
      detail: 'warning.signing-time-drift',
    })
  })
})
