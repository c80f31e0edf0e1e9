import type { NameAttributeInput } from '@muhr/pki'
import { personName, type RussianSpec } from '../pki/russian-profile.ts'

/**
 * What a recipient does with a request. `manual`: waits for the phone page or the control. `delay`: signs after
 * `delayMs`. `absent`: has no account, so the order ends with SNILS_NOT_FOUND.
 */
export const BEHAVIOURS = ['manual', 'sign', 'reject', 'expire', 'absent', 'delay'] as const
export type Behaviour = (typeof BEHAVIOURS)[number]

export type Recipient = {
  readonly id: string
  readonly surname: string
  readonly givenName: string
  /** `000-000-000 00` */
  readonly snils: string
  /** ESIA id. */
  readonly oid: string
  /** 12 digits, of the person. */
  readonly inn: string
  readonly organisation?: { readonly name: string; readonly inn: string; readonly ogrn: string }
  /** Record of accreditation of a foreign organisation, 11 digits. */
  readonly rafp?: string
  readonly behaviour: Behaviour
  readonly delayMs: number
  /** Encoding of the signatures: Goskey writes BER (ru-epgu-goskey §6). */
  readonly encoding: 'ber' | 'der'
}

/** How req.xml names a recipient. */
export type RecipientQuery = {
  readonly snils?: string
  readonly oid?: string
  readonly ogrn?: string
  readonly rafp?: string
  readonly inn?: string
}

const CLIENT = { name: 'ООО "TEST КЛИЕНТ"', inn: '9999000045', ogrn: '1009900000043' }

/** Recipients of every start; the number of each stands in its SNILS, OID and INN. */
export const seededRecipients: readonly Recipient[] = Object.freeze([
  seed('anna', 'АННИНА', 'АННА ТЕСТОВНА', 1, '999900000481', 'manual'),
  seed('boris', 'БОРИСОВ', 'БОРИС ТЕСТОВИЧ', 2, '999900000555', 'sign'),
  seed('vera', 'ВЕРИНА', 'ВЕРА ТЕСТОВНА', 3, '999900000629', 'reject'),
  seed('gleb', 'ГЛЕБОВ', 'ГЛЕБ ТЕСТОВИЧ', 4, '999900000700', 'expire'),
  seed('darya', 'ДАРЬИНА', 'ДАРЬЯ ТЕСТОВНА', 5, '999900000876', 'absent'),
  { ...seed('egor', 'ЕГОРОВ', 'ЕГОР ТЕСТОВИЧ', 6, '999900000940', 'delay'), delayMs: 3_600_000 },
  {
    ...seed('zoya', 'ЗОИНА', 'ЗОЯ ТЕСТОВНА', 7, '999900001044', 'manual'),
    organisation: CLIENT,
  },
  {
    ...seed('ivan', 'ИВАНОВ', 'ИВАН ТЕСТОВИЧ', 8, '999900001118', 'sign'),
    organisation: CLIENT,
  },
  {
    ...seed('kira', 'КИРИНА', 'КИРА ТЕСТОВНА', 9, '999900001291', 'reject'),
    organisation: CLIENT,
  },
  {
    ...seed('lev', 'ЛЕВИН', 'ЛЕВ ТЕСТОВИЧ', 10, '999900001365', 'sign'),
    organisation: { name: 'TEST FOREIGN LTD', inn: '9999000052', ogrn: '1009900000054' },
    rafp: '99900000001',
  },
  { ...seed('maria', 'МАРЬИНА', 'МАРИЯ ТЕСТОВНА', 11, '999900001439', 'sign'), encoding: 'der' },
])

function seed(
  id: string,
  surname: string,
  givenName: string,
  number: number,
  inn: string,
  behaviour: Behaviour,
): Recipient {
  const digits = String(number).padStart(2, '0')

  return {
    id,
    surname,
    givenName,
    snils: snilsOf(number),
    oid: `10009300${digits}`,
    inn,
    behaviour,
    delayMs: 0,
    encoding: 'ber',
  }
}

/** The SNILS of a small number, with its check digits: below 001-001-998 none was ever given out. */
export function snilsOf(number: number): string {
  const digits = String(number).padStart(9, '0')
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (9 - index), 0)
  const check = String((sum % 101) % 100).padStart(2, '0')

  return `${digits.replace(/^(...)(...)(...)$/, '$1-$2-$3')} ${check}`
}

export type Recipients = {
  readonly list: () => readonly Recipient[]
  readonly find: (id: string) => Recipient | undefined
  /** Whom a request names: both identifiers of one person, and the organisation where one is named. */
  readonly match: (query: RecipientQuery) => Recipient | undefined
  /** Adds, or changes those of the same id. */
  readonly put: (recipients: readonly Recipient[]) => void
}

/** Recipients of the profile, and those that were stored over them; `save` gets every change. */
export function createRecipients({
  stored,
  save,
}: {
  readonly stored: readonly Recipient[]
  readonly save: (recipients: readonly Recipient[]) => void
}): Recipients {
  const byId = new Map([...seededRecipients, ...stored].map((each) => [each.id, each]))

  return {
    list: () => [...byId.values()],
    find: (id) => byId.get(id),
    match: (query) => [...byId.values()].find((each) => isNamed(each, query)),
    put: (recipients) => {
      for (const each of recipients) byId.set(each.id, each)
      save([...byId.values()])
    },
  }
}

function isNamed(
  { snils, oid, inn, rafp, organisation }: Recipient,
  query: RecipientQuery,
): boolean {
  if (query.rafp !== undefined) return rafp === query.rafp && inn === query.inn
  const isPerson =
    (query.snils === undefined || query.snils === snils) &&
    (query.oid === undefined || query.oid === oid)

  return isPerson && (query.ogrn === undefined || query.ogrn === organisation?.ogrn)
}

/**
 * The certificate that Goskey would have for a recipient: UNEP or UKEP, of the person or, for a legal
 * entity, of the person in the organisation.
 */
export function recipientSpec(
  recipient: Recipient,
  { isQualified, isLegal }: { readonly isQualified: boolean; readonly isLegal: boolean },
): RussianSpec {
  const { surname, givenName, organisation } = recipient
  const kind = `${isQualified ? 'ukep' : 'unep'}${isLegal ? '-legal' : ''}`
  const ofOrganisation: readonly NameAttributeInput[] =
    isLegal && organisation !== undefined
      ? [
          ['O', organisation.name],
          ['TITLE', 'Директор'],
          ['INNLE', organisation.inn],
          ['OGRN', organisation.ogrn],
        ]
      : []

  return {
    name: `ru-recipient-${recipient.snils.replace(/\D/g, '')}-${kind}`,
    algorithm: 'ru-2012-256',
    state: 'valid',
    isQualified,
    hasKeyFiles: false,
    subject: [
      ['CN', isLegal && organisation !== undefined ? organisation.name : `${surname} ${givenName}`],
      ...personName(recipient),
      ...ofOrganisation,
    ],
  }
}
