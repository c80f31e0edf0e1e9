import type { Instant } from '@muhr/envelope'
import { describe, expect, test } from 'vitest'
import { plan } from './plan.ts'
import { planInput, testConnection, testDocument } from './testing.ts'

const refused = (changes: Parameters<typeof planInput>[0]): readonly string[] => {
  const made = plan(planInput(changes))

  return made.kind === 'refused' ? made.refusals.map(({ code, field }) => `${field} ${code}`) : []
}
const recipientWith = (identifiers: object) => ({
  recipient: { ...planInput().recipient, identifiers },
})
const named = (...names: readonly string[]) => ({
  documents: names.map((name, position) => testDocument(name, position)),
})
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => testDocument(`d_${index}.pdf`, index))

describe('a plan', () => {
  test('is one request over all documents, with a seal that is built when it is made', () => {
    expect(plan(planInput({ documents: many(15) }))).toMatchObject({
      kind: 'planned',
      requests: [
        {
          method: 'UKEP',
          contents: many(15).map(({ id }) => ({ document: id, derivation: 'identity' })),
          seals: [{ purpose: 'goskey-package', items: 'built' }],
        },
      ],
    })
  })

  test('takes a legal entity by SNILS and OGRN', () => {
    const identifiers = { snils: '000-000-008 08', ogrn: '1009900000043' }

    expect(refused({ method: 'UKEP_LEGAL', ...recipientWith(identifiers) })).toEqual([])
    expect(refused({ method: 'UKEP_LEGAL' })).toEqual(['recipient.identifiers.ogrn ogrn-form'])
    expect(refused(recipientWith(identifiers))).toEqual([
      'recipient.identifiers.ogrn recipient-kind',
    ])
  })

  test.each([
    ['digits only', { snils: '00000000202' }, 'recipient.identifiers.snils snils-form'],
    ['a wrong check', { snils: '112-233-445 96' }, 'recipient.identifiers.snils snils-check-digit'],
    ['none', {}, 'recipient.identifiers.snils recipient-identifier-missing'],
  ])('refuses a SNILS of %s', (_, identifiers, refusal) => {
    expect(refused(recipientWith(identifiers))).toEqual([refusal])
  })

  test('takes a person by ESIA id, beside a number that certificates carry', () => {
    for (const profile of ['1.8', '1.9'] as const) {
      const connection = testConnection({ profile })
      const withInn = { inn: '999900000555', esiaOid: '1000930002' }
      expect(refused({ connection, ...recipientWith(withInn) })).toEqual([])
      const both = { snils: '000-000-002 02', esiaOid: '1000930002' }
      expect(refused({ connection, ...recipientWith(both) })).toEqual([])
    }
    expect(refused(recipientWith({ esiaOid: '1000930002' }))).toEqual([
      'recipient.identifiers.snils recipient-unprovable',
    ])
    const tooLong = { snils: '000-000-002 02', esiaOid: '1'.repeat(21) }
    expect(refused(recipientWith(tooLong))).toEqual(['recipient.identifiers.esiaOid oid-form'])
  })

  test('takes a foreign organisation by its accreditation and the INN of its signer', () => {
    const asked = (identifiers: object, method = 'UKEP_LEGAL') =>
      refused({ method, ...recipientWith(identifiers) })
    const lev = { rafp: '99900000001', inn: '999900001365' }
    expect(asked(lev)).toEqual([])
    expect(asked({ ...lev, rafp: '9990000001' })).toEqual(['recipient.identifiers.rafp rafp-form'])
    expect(asked({ rafp: lev.rafp })).toEqual(['recipient.identifiers.inn inn-form'])
    expect(asked({ ...lev, inn: '9999000013' })).toEqual(['recipient.identifiers.inn inn-form'])
    expect(asked({ ...lev, inn: '999900001366' })).toEqual([
      'recipient.identifiers.inn inn-check-digit',
    ])
    expect(asked({ ...lev, ogrn: '1009900000054' })).toEqual([
      'recipient.identifiers.rafp recipient-identifier-ambiguous',
    ])
    expect(asked({ snils: '000-000-010 01', ...lev }, 'UKEP')).toEqual([
      'recipient.identifiers.rafp recipient-kind',
    ])
  })

  test('refuses documents by the name of the rule, each at its place', () => {
    expect(refused({ documents: many(16) })).toEqual(['documents documents-count'])
    expect(
      refused({ documents: [testDocument('a.pdf', 0, 100_000_000), testDocument('b.pdf', 1, 1)] }),
    ).toEqual(['documents documents-size'])
    expect(refused(named('a.pdf', 'договор.pdf', 'req.xml'))).toEqual([
      'documents[1] name-characters',
      'documents[2] name-reserved',
    ])
    expect(refused(named('a.pdf', 'b.docx', 'A.pdf'))).toEqual([
      'documents[1] type-extension',
      'documents[2] name-duplicate',
    ])
    expect(refused({ documents: [testDocument('a.pdf', 0, 0)] })).toEqual([
      'documents[0] document-empty',
    ])
  })

  test('refuses a deadline that has passed, and a method that the connection does not have', () => {
    expect(refused({ deadline: '2026-11-22T07:00:00.000Z' as Instant })).toEqual([
      'deadline expiration-past',
    ])
    const connection = testConnection({ methods: ['UNEP'] })
    expect(refused({ connection })).toEqual(['method method-not-allowed'])
    expect(refused({ method: 'SMS' })).toEqual(['method method-not-allowed'])
  })

  test('takes Cyrillic names where the connection goes by the profile', () => {
    const connection = testConnection({ breadth: 'profile' })

    expect(refused({ connection, ...named('договор.pdf') })).toEqual([])
  })

  test('splits what is too large for one request, where the connection says so', () => {
    const connection = testConnection({ whenTooLarge: 'split' })
    const large = [60, 30, 20, 90].map((megabytes, index) =>
      testDocument(`d_${index}.pdf`, index, megabytes * 1_000_000),
    )
    const partsOf = (documents: typeof large) => {
      const made = plan(planInput({ connection, documents }))

      return made.kind === 'planned' ? made.requests.map(({ contents }) => contents.length) : made
    }

    expect(partsOf(many(31))).toEqual([15, 15, 1])
    expect(partsOf(large)).toEqual([2, 1, 1])
    expect(refused({ connection, documents: [testDocument('a.pdf', 0, 100_000_001)] })).toEqual([
      'documents documents-size',
    ])
  })
})
