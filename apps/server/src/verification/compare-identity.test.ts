import type { NationalIdentifiers } from '@muhr/envelope'
import type { VerificationReport } from '@muhr/pki'
import { describe, expect, it } from 'vitest'
import { compareIdentity } from './compare-identity.ts'

const reportOf = (...signers: readonly object[]): VerificationReport =>
  ({ signatures: signers.map((signer) => ({ signer })) }) as never

const identityOf = (identifiers: NationalIdentifiers, report: VerificationReport) =>
  compareIdentity({ identifiers }, report).identity

describe('the expected identity', () => {
  const snils = '000-000-008 08'

  it('is that of every identifier given, by its digits alone', () => {
    const signer = { snils: '00000000808', ogrn: '1009900000043' }

    expect(identityOf({ snils, ogrn: '1009900000043' }, reportOf(signer))).toBe('match')
    expect(identityOf({ snils, ogrn: '1009900000010' }, reportOf(signer))).toBe('mismatch')
    expect(identityOf({ snils }, reportOf({ snils: '00000000101' }))).toBe('mismatch')
  })

  it('of an entrepreneur is told by the OGRNIP of the certificate', () => {
    const signer = { snils: '00000000808', ogrnip: '309990000000010' }

    expect(identityOf({ snils, ogrn: '309990000000010' }, reportOf(signer))).toBe('match')
    expect(identityOf({ snils, ogrn: '309990000000021' }, reportOf(signer))).toBe('mismatch')
  })

  it('of an organisation is its own INN, whatever that of the person who signs for it', () => {
    const signer = { snils: '00000000808', inn: '999900001118', organisationInn: '9999000045' }

    expect(identityOf({ snils, inn: '9999000045' }, reportOf(signer))).toBe('match')
    expect(identityOf({ snils, inn: '9999000020' }, reportOf(signer))).toBe('mismatch')
    expect(identityOf({ snils, inn: '999900001118' }, reportOf(signer))).toBe('match')
    expect(identityOf({ inn: '9999000045' }, reportOf({ inn: '999900001118' }))).toBe('unknown')
  })

  it('is unknown where the certificate does not say, and no match beside another signer', () => {
    expect(identityOf({ snils, ogrn: '1' }, reportOf({ snils: '00000000808' }))).toBe('unknown')
    expect(identityOf({ snils }, reportOf({ snils }, { snils: '00000000101' }))).toBe('mismatch')
  })

  it('is not told by an ESIA id or an accreditation, which no certificate carries', () => {
    const signer = { snils: '00000000808', inn: '999900001118', ogrn: '1009900000043' }
    const esiaOid = '1000930008'

    expect(identityOf({ esiaOid }, reportOf(signer))).toBe('unknown')
    expect(identityOf({ esiaOid, ogrn: '1009900000043' }, reportOf(signer))).toBe('unknown')
    expect(identityOf({ esiaOid, snils }, reportOf(signer))).toBe('match')
    expect(identityOf({ esiaOid, snils: '000-000-001 01' }, reportOf(signer))).toBe('mismatch')
    expect(identityOf({ rafp: '99900000001' }, reportOf(signer))).toBe('unknown')
    expect(identityOf({ rafp: '99900000001', inn: '999900001118' }, reportOf(signer))).toBe('match')
  })

  it('of a contact alone is the word of its service, kept as such', () => {
    const contact = { phone: '+79000000017' }
    const known = { identifiers: {}, contact }
    const report = reportOf({ snils })

    expect(compareIdentity(known, report, true)).toEqual({ identity: 'match', vouched: true })
    expect(compareIdentity(known, report)).toEqual({ identity: 'unknown' })
    expect(compareIdentity({ identifiers: {} }, report, true)).toEqual({ identity: 'unknown' })
  })

  it('is never the word of a service where a number was given, or somebody else signed too', () => {
    const contact = { phone: '+79000000017' }

    expect(
      compareIdentity({ identifiers: { inn: '770000000017' }, contact }, reportOf({ snils }), true),
    ).toEqual({ identity: 'unknown' })
    expect(
      compareIdentity({ identifiers: { snils }, contact }, reportOf({ snils: '1' }), true),
    ).toEqual({ identity: 'mismatch' })
    expect(
      compareIdentity({ identifiers: {}, contact }, reportOf({ snils }, { snils }), true),
    ).toEqual({ identity: 'mismatch' })
    expect(compareIdentity({ identifiers: {}, contact }, reportOf(), true)).toEqual({
      identity: 'unknown',
    })
  })
})
