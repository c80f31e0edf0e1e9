/**
 * Russian organisations and recipients of the sandbox, as data. Tax inspection 9999 and region 99 do not
 * exist, and SNILS below 001-001-998 were never given out: the numbers belong to nobody; their check digits
 * are right.
 */
import type { NameAttributeInput } from '@muhr/pki'
import { type PkiAlgorithm, TEST_LOCALITY } from './profile.ts'

/** PIN of every Russian key file of the sandbox. */
export const RUSSIAN_PIN = '12345678'

/** How a Russian certificate stands. */
export type RussianState = 'valid' | 'expired' | 'revoked' | 'foreign' | 'no-organisation'

export type OrganisationId = 'sender' | 'second' | 'outsider'

/** An employee to whom the cabinet issued an API-Key. */
export type Employee = {
  readonly name: string
  /** ESIA id, `urn:esia:sbj_id`. */
  readonly oid: number
  readonly apiKey: string
}

/** A consumer of the API, with the vendor system whose keys it has. */
export type Organisation = {
  readonly id: OrganisationId
  readonly name: string
  readonly inn: string
  readonly ogrn: string
  /** ESIA id of the organisation, `org_oid`. */
  readonly oid: number
  /** Mnemonic of the vendor's information system, `client_id`. */
  readonly mnemonic: string
  readonly head: { readonly surname: string; readonly givenName: string; readonly snils: string }
  readonly headInn: string
  readonly employees: readonly Employee[]
}

/** Two consumers of one vendor system, and one of another. */
export const organisations: readonly Organisation[] = Object.freeze([
  {
    id: 'sender',
    name: 'ООО "TEST РОМАШКА"',
    inn: '9999000013',
    ogrn: '1009900000010',
    oid: 1_000_900_001,
    mnemonic: 'MUHR_TEST',
    head: { surname: 'ОТПРАВИТЕЛЕВ', givenName: 'ТЕСТ ТЕСТОВИЧ', snils: '000-000-041 09' },
    headInn: '999900000160',
    employees: [
      { name: 'Отправителев Т. Т.', oid: 1_000_910_001, apiKey: apiKey(1001) },
      { name: 'Ромашкина Т. Т.', oid: 1_000_910_002, apiKey: apiKey(1002) },
      { name: 'Лепестков Т. Т.', oid: 1_000_910_003, apiKey: apiKey(1003) },
    ],
  },
  {
    id: 'second',
    name: 'АО "TEST ВАСИЛЁК"',
    inn: '9999000020',
    ogrn: '1009900000021',
    oid: 1_000_900_002,
    mnemonic: 'MUHR_TEST',
    head: { surname: 'ВТОРОВА', givenName: 'ТЕСТ ТЕСТОВНА', snils: '000-000-042 10' },
    headInn: '999900000234',
    employees: [
      { name: 'Второва Т. Т.', oid: 1_000_910_011, apiKey: apiKey(1011) },
      { name: 'Васильков Т. Т.', oid: 1_000_910_012, apiKey: apiKey(1012) },
    ],
  },
  {
    id: 'outsider',
    name: 'ООО "TEST ПОСТОРОННИЕ"',
    inn: '9999000038',
    ogrn: '1009900000032',
    oid: 1_000_900_003,
    mnemonic: 'MUHR_OTHER',
    head: { surname: 'ПОСТОРОННИЙ', givenName: 'ТЕСТ ТЕСТОВИЧ', snils: '000-000-043 11' },
    headInn: '999900000308',
    employees: [{ name: 'Посторонний Т. Т.', oid: 1_000_910_021, apiKey: apiKey(1021) }],
  },
])

/** A reserved UUID of the sandbox: the number stands at its end. */
export function apiKey(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/** A Russian certificate to be made; `name` is its name in the manifest and of its files. */
export type RussianSpec = {
  readonly name: string
  readonly algorithm: PkiAlgorithm
  readonly state: RussianState
  readonly subject: readonly NameAttributeInput[]
  /** Qualified certificates name the tools of owner and CA (order of the FSB No. 795). */
  readonly isQualified: boolean
  /** Also as PEM, PKCS#12 and CryptoPro container, for the signer keys of a client. */
  readonly hasKeyFiles: boolean
}

/** Certificates of organisations, made on first run. */
export const organisationSpecs: readonly (RussianSpec & { readonly account: OrganisationId })[] =
  Object.freeze([
    ...organisations.map((each) => organisationSpec(each, 'valid')),
    organisationSpec(organisationOf('sender'), 'valid', 'ru-2012-512'),
    organisationSpec(organisationOf('sender'), 'expired'),
    organisationSpec(organisationOf('sender'), 'revoked'),
    organisationSpec(organisationOf('sender'), 'foreign'),
    organisationSpec(organisationOf('sender'), 'no-organisation'),
  ])

export function organisationOf(id: OrganisationId): Organisation {
  const found = organisations.find((each) => each.id === id)
  if (found === undefined) throw new RangeError(`organisation: ${id} is not in the profile`)

  return found
}

function organisationSpec(
  organisation: Organisation,
  state: RussianState,
  algorithm: PkiAlgorithm = 'ru-2012-256',
): RussianSpec & { readonly account: OrganisationId } {
  const { id, head, headInn } = organisation
  const size = algorithm === 'ru-2012-512' ? '-512' : ''
  const person = personName({ ...head, inn: headInn })

  return {
    account: id,
    name: `ru-${id}${size}${state === 'valid' ? '' : `-${state}`}`,
    algorithm,
    state,
    isQualified: true,
    hasKeyFiles: true,
    subject:
      state === 'no-organisation'
        ? [['CN', `${head.surname} ${head.givenName}`], ...person]
        : [
            ['CN', organisation.name],
            ...person,
            ['O', organisation.name],
            ['TITLE', 'Генеральный директор'],
            ['INNLE', organisation.inn],
            ['OGRN', organisation.ogrn],
          ],
  }
}

/** The attributes of a person in a subject (order of the FSB No. 795), with TEST beside them. */
export function personName(person: {
  readonly surname: string
  readonly givenName: string
  readonly snils: string
  readonly inn: string
}): readonly NameAttributeInput[] {
  return [
    ['SURNAME', person.surname],
    ['GIVENNAME', person.givenName],
    ['C', 'RU'],
    ['L', TEST_LOCALITY],
    ['SNILS', person.snils.replace(/\D/g, '')],
    ['INN', person.inn],
  ]
}
