/**
 * Sites, people and companies of Sign.Me, as data. The people are those of Goskey: the same TEST names and
 * numbers, which belong to nobody.
 */
import { type Recipient, seededRecipients } from '../epgu/recipients.ts'

/** A registered site with its access key (seed 1). The notification URL is told to the staff once. */
export type Site = {
  readonly key: string
  readonly name: string
  readonly notificationUrl?: string
}

/**
 * What a user does with a request. `manual`: waits for the page or the control. `sign`, `reject`: by the
 * mobile app, as soon as the request is there. `delay`: signs after `delayMs`.
 */
export const USER_BEHAVIOURS = ['manual', 'sign', 'reject', 'delay'] as const
export type UserBehaviour = (typeof USER_BEHAVIOURS)[number]

/** What a user's certificate is like; RSA with SHA-256, or GOST R 34.10-2012/256. */
export const USER_ALGORITHMS = ['ru-2012-256', 'rsa-2048'] as const
export type UserAlgorithm = (typeof USER_ALGORITHMS)[number]

export const CERTIFICATE_STATES = ['valid', 'revoked', 'expired'] as const
export type CertificateState = (typeof CERTIFICATE_STATES)[number]

/** A user of Sign.Me. */
export type SignmeUser = {
  readonly id: string
  readonly surname: string
  /** First name and patronymic. */
  readonly givenName: string
  /** `+7` and ten digits. */
  readonly phone: string
  readonly email: string
  /** `000-000-000 00` */
  readonly snils: string
  /** 12 digits, of the person. */
  readonly inn: string
  readonly password: string
  /** The code that comes by SMS when a request has `forcesms`. */
  readonly smsCode: string
  readonly isActivated: boolean
  readonly algorithm: UserAlgorithm
  readonly certificate: CertificateState
  readonly behaviour: UserBehaviour
  readonly delayMs: number
}

/** A company with those who may sign for it. */
export type SignmeCompany = {
  readonly name: string
  readonly inn: string
  readonly ogrn: string
  readonly isActivated: boolean
  /** `true`: somebody else must have signed before (errno 4). */
  readonly isFirstSignatureForbidden: boolean
  /** Ids of users. */
  readonly staff: readonly string[]
}

export type SignmeAccounts = {
  readonly sites: readonly Site[]
  readonly users: readonly SignmeUser[]
  readonly companies: readonly SignmeCompany[]
}

/** Two sites; their notification URLs are set by the control. */
const sites: readonly Site[] = [
  { key: 'TESTKEY', name: 'TEST Площадка А' },
  { key: 'TESTKEY2', name: 'TEST Площадка Б' },
]

const special: Readonly<Record<string, Partial<SignmeUser>>> = {
  boris: { behaviour: 'sign' },
  vera: { behaviour: 'reject' },
  gleb: { certificate: 'revoked' },
  darya: { isActivated: false },
  egor: { behaviour: 'delay', delayMs: 3_600_000 },
  ivan: { behaviour: 'sign' },
  kira: { behaviour: 'reject' },
  lev: { certificate: 'expired' },
  maria: { algorithm: 'rsa-2048' },
}

function userOf({ id, surname, givenName, snils, inn }: Recipient, index: number): SignmeUser {
  const number = String(index + 1).padStart(2, '0')

  return {
    id,
    surname,
    givenName,
    phone: `+799900000${number}`,
    email: `${id}@signme.example`,
    snils,
    inn,
    password: `${id}-TEST-${number}`,
    smsCode: `1000${number}`,
    isActivated: true,
    algorithm: 'ru-2012-256',
    certificate: 'valid',
    behaviour: 'manual',
    delayMs: 0,
    ...special[id],
  }
}

const companies: readonly SignmeCompany[] = [
  {
    name: 'ООО "TEST КЛИЕНТ"',
    inn: '9999000045',
    ogrn: '1009900000043',
    isActivated: true,
    isFirstSignatureForbidden: false,
    staff: ['zoya', 'ivan', 'kira'],
  },
  {
    name: 'АО "TEST ВАСИЛЁК"',
    inn: '9999000020',
    ogrn: '1009900000021',
    isActivated: true,
    isFirstSignatureForbidden: true,
    staff: ['gleb', 'maria'],
  },
  {
    name: 'ООО "TEST ПОСТОРОННИЕ"',
    inn: '9999000038',
    ogrn: '1009900000032',
    isActivated: false,
    isFirstSignatureForbidden: false,
    staff: [],
  },
]

/** The accounts of every start. */
export const seededAccounts: SignmeAccounts = Object.freeze({
  sites,
  users: seededRecipients.map(userOf),
  companies,
})

/** Digits of a phone number; a leading 8 of eleven digits is 7, as Russians write it. */
export function phoneDigits(text: string): string {
  const digits = text.replace(/\D/g, '')

  return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits
}

export type Accounts = {
  readonly all: () => SignmeAccounts
  readonly site: (key: string) => Site | undefined
  readonly user: (id: string) => SignmeUser | undefined
  /** By phone (digits alone count), e-mail (any case) or SNILS (digits alone count). */
  readonly findUser: (by: {
    readonly phone?: string
    readonly email?: string
    readonly snils?: string
  }) => SignmeUser | undefined
  /** What a person types in to log in: a phone number or an e-mail address. */
  readonly login: (text: string) => SignmeUser | undefined
  readonly findCompany: (by: {
    readonly inn?: string
    readonly ogrn?: string
  }) => SignmeCompany | undefined
  readonly companiesOf: (userId: string) => readonly SignmeCompany[]
  /** Adds, or replaces those of the same key, id or INN. */
  readonly put: (accounts: Partial<SignmeAccounts>) => void
}

/** Accounts of the profile, and those that were stored over them; `save` gets every change. */
export function createAccounts(options: {
  readonly stored: Partial<SignmeAccounts>
  readonly save: (accounts: SignmeAccounts) => void
}): Accounts {
  let all = merge(seededAccounts, options.stored)
  const userBy = (test: (user: SignmeUser) => boolean): SignmeUser | undefined =>
    all.users.find(test)
  const findUser: Accounts['findUser'] = ({ phone, email, snils }) => {
    if (phone !== undefined) {
      const digits = phoneDigits(phone)

      return digits === '' ? undefined : userBy((user) => phoneDigits(user.phone) === digits)
    }
    if (email !== undefined) {
      const wanted = email.trim().toLowerCase()

      return userBy((user) => user.email.toLowerCase() === wanted)
    }
    const digits = (snils ?? '').replace(/\D/g, '')

    return userBy((user) => user.snils.replace(/\D/g, '') === digits)
  }

  return {
    all: () => all,
    site: (key) => all.sites.find((site) => site.key === key),
    user: (id) => userBy((user) => user.id === id),
    findUser,
    login: (text) => findUser(text.includes('@') ? { email: text } : { phone: text }),
    findCompany: ({ inn, ogrn }) =>
      all.companies.find((company) =>
        inn !== undefined ? company.inn === inn : company.ogrn === ogrn,
      ),
    companiesOf: (userId) => all.companies.filter(({ staff }) => staff.includes(userId)),
    put: (accounts) => {
      all = merge(all, accounts)
      options.save(all)
    },
  }
}

function merge(old: SignmeAccounts, more: Partial<SignmeAccounts>): SignmeAccounts {
  return {
    sites: mergeBy(old.sites, more.sites ?? [], ({ key }) => key),
    users: mergeBy(old.users, more.users ?? [], ({ id }) => id),
    companies: mergeBy(old.companies, more.companies ?? [], ({ inn }) => inn),
  }
}

function mergeBy<Item>(
  old: readonly Item[],
  more: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  return [...new Map([...old, ...more].map((item) => [keyOf(item), item])).values()]
}
