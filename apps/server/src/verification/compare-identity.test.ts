import type { VerificationReport } from '@muhr/pki'
import { describe, expect, it } from 'vitest'
import { compareIdentity } from './compare-identity.ts'

const reportOf = (...signers: readonly object[]): VerificationReport =>
  ({ signatures: signers.map((signer) => ({ signer })) }) as never

describe('the expected identity', () => {
  const snils = '000-000-008 08'

  it('is that of every identifier given, by its digits alone', () => {
    const signer = { snils: '00000000808', ogrn: '1009900000043' }

    expect(compareIdentity({ snils, ogrn: '1009900000043' }, reportOf(signer))).toBe('match')
    expect(compareIdentity({ snils, ogrn: '1009900000010' }, reportOf(signer))).toBe('mismatch')
    expect(compareIdentity({ snils }, reportOf({ snils: '00000000101' }))).toBe('mismatch')
  })

  it('of an entrepreneur is told by the OGRNIP of the certificate', () => {
    const signer = { snils: '00000000808', ogrnip: '309990000000010' }

    expect(compareIdentity({ snils, ogrn: '309990000000010' }, reportOf(signer))).toBe('match')
    expect(compareIdentity({ snils, ogrn: '309990000000021' }, reportOf(signer))).toBe('mismatch')
  })

  it('is unknown where the certificate does not say, and no match beside another signer', () => {
    expect(compareIdentity({ snils, ogrn: '1' }, reportOf({ snils: '00000000808' }))).toBe(
      'unknown',
    )
    expect(compareIdentity({ snils }, reportOf({ snils }, { snils: '00000000101' }))).toBe(
      'mismatch',
    )
  })
})
