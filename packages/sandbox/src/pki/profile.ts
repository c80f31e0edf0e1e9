/**
 * What the test PKI consists of, as data. Profiles of kz-egov-mobile §12; TEST stands in every name, so that
 * sandbox proof never passes as real (design rule 9).
 */
import { createHash } from 'node:crypto'
import type { KeyAlgorithm } from '../egov-mobile/citizen-key.ts'

/** Key algorithms of all certificates of the test PKI. */
export type PkiAlgorithm = KeyAlgorithm | 'ru-2012-256' | 'ru-2012-512'

/** Name part that every leaf carries; `L` is optional in the Kazakh profile and read by nobody. */
export const TEST_LOCALITY = 'TEST MUHR SANDBOX'

/** Password of every PKCS#12 file of the sandbox: the one of all public NCA test keys (kz-egov-mobile §17). */
export const CITIZEN_PASSWORD = 'Qwerty12'

/** How a citizen's certificate stands. */
export type CitizenState = 'valid' | 'expired' | 'revoked' | 'foreign' | 'authentication'

export type AccountId = 'person' | 'head' | 'second'

/**
 * A citizen of the sandbox. The day 40 of the IIN and the month 00 of the BIN do not exist, so that the numbers
 * belong to nobody; their check digits are right.
 */
export type Account = {
  readonly id: AccountId
  readonly surname: string
  readonly name: string
  /** Stands in GIVENNAME, as the NCA has it. */
  readonly patronymic?: string
  readonly iin: string
  readonly organisation?: { readonly name: string; readonly bin: string }
}

export const accounts: readonly Account[] = Object.freeze([
  { id: 'person', surname: 'ҮЛГІҰЛЫ', name: 'СЫНАҚ', iin: '000140000012' },
  {
    id: 'head',
    surname: 'ТЕСТОВ',
    name: 'ТЕСТ',
    patronymic: 'ТЕСТОВИЧ',
    iin: '000140000032',
    organisation: { name: 'ТОО "TEST ПРИМЕР"', bin: '000040000019' },
  },
  { id: 'second', surname: 'ПРОБНЫЙ', name: 'ПРОБА', iin: '000140000022' },
])

export type CitizenSpec = {
  readonly account: AccountId
  readonly algorithm: KeyAlgorithm
  readonly state: CitizenState
}

/** Made on first run; any other combination is issued when a fault first needs it. */
export const firstCitizens: readonly CitizenSpec[] = Object.freeze([
  { account: 'person', algorithm: 'kz-2015-512', state: 'valid' },
  { account: 'person', algorithm: 'rsa-2048', state: 'valid' },
  { account: 'person', algorithm: 'kz-2015-512', state: 'expired' },
  { account: 'person', algorithm: 'rsa-2048', state: 'expired' },
  { account: 'person', algorithm: 'kz-2015-512', state: 'revoked' },
  { account: 'person', algorithm: 'rsa-2048', state: 'revoked' },
  { account: 'person', algorithm: 'kz-2015-512', state: 'foreign' },
  { account: 'person', algorithm: 'rsa-2048', state: 'foreign' },
  { account: 'person', algorithm: 'rsa-2048', state: 'authentication' },
  { account: 'head', algorithm: 'kz-2015-512', state: 'valid' },
  { account: 'head', algorithm: 'rsa-2048', state: 'valid' },
  { account: 'second', algorithm: 'kz-2015-512', state: 'valid' },
  { account: 'second', algorithm: 'rsa-2048', state: 'valid' },
])

export type AuthorityId =
  | 'root-gost'
  | 'root-rsa'
  | 'nca-gost'
  | 'nca-rsa'
  | 'foreign-gost'
  | 'foreign-rsa'
  | 'root-ru'
  | 'ca-ru'
  | 'foreign-ru'

export type Authority = {
  readonly id: AuthorityId
  readonly country: 'KZ' | 'RU'
  readonly algorithm: PkiAlgorithm
  /** Its own id when self-signed. */
  readonly issuer: AuthorityId
  readonly commonName: string
  readonly isTrusted: boolean
}

/** Three chains of root and issuing CA, and three CAs that no trust store knows. */
export const authorities: readonly Authority[] = Object.freeze([
  {
    id: 'root-gost',
    country: 'KZ',
    algorithm: 'kz-2015-512',
    issuer: 'root-gost',
    commonName: 'MUHR TEST ROOT CA (GOST)',
    isTrusted: true,
  },
  {
    id: 'nca-gost',
    country: 'KZ',
    algorithm: 'kz-2015-512',
    issuer: 'root-gost',
    commonName: 'MUHR TEST ISSUING CA (GOST)',
    isTrusted: true,
  },
  {
    id: 'root-rsa',
    country: 'KZ',
    algorithm: 'rsa-2048',
    issuer: 'root-rsa',
    commonName: 'MUHR TEST ROOT CA (RSA)',
    isTrusted: true,
  },
  {
    id: 'nca-rsa',
    country: 'KZ',
    algorithm: 'rsa-2048',
    issuer: 'root-rsa',
    commonName: 'MUHR TEST ISSUING CA (RSA)',
    isTrusted: true,
  },
  {
    id: 'foreign-gost',
    country: 'KZ',
    algorithm: 'kz-2015-512',
    issuer: 'foreign-gost',
    commonName: 'MUHR TEST FOREIGN CA (GOST)',
    isTrusted: false,
  },
  {
    id: 'foreign-rsa',
    country: 'KZ',
    algorithm: 'rsa-2048',
    issuer: 'foreign-rsa',
    commonName: 'MUHR TEST FOREIGN CA (RSA)',
    isTrusted: false,
  },
  {
    id: 'root-ru',
    country: 'RU',
    algorithm: 'ru-2012-512',
    issuer: 'root-ru',
    commonName: 'MUHR TEST ROOT CA (RU)',
    isTrusted: true,
  },
  {
    id: 'ca-ru',
    country: 'RU',
    algorithm: 'ru-2012-256',
    issuer: 'root-ru',
    commonName: 'MUHR TEST ISSUING CA (RU)',
    isTrusted: true,
  },
  {
    id: 'foreign-ru',
    country: 'RU',
    algorithm: 'ru-2012-256',
    issuer: 'foreign-ru',
    commonName: 'MUHR TEST FOREIGN CA (RU)',
    isTrusted: false,
  },
])

export type ServiceId =
  | 'ocsp-gost'
  | 'ocsp-rsa'
  | 'ocsp-root-gost'
  | 'ocsp-root-rsa'
  | 'tsa-gost'
  | 'tsa-rsa'
  | 'ocsp-ru'
  | 'ocsp-root-ru'

export type Service = {
  readonly id: ServiceId
  readonly kind: 'ocsp' | 'tsa'
  readonly country: 'KZ' | 'RU'
  readonly algorithm: PkiAlgorithm
  readonly issuer: AuthorityId
  readonly commonName: string
}

/** Delegated OCSP responders of every trusted CA, and TSAs by the issuing CA of their algorithm. */
export const services: readonly Service[] = Object.freeze([
  {
    id: 'ocsp-gost',
    kind: 'ocsp',
    country: 'KZ',
    algorithm: 'kz-2015-512',
    issuer: 'nca-gost',
    commonName: 'MUHR TEST OCSP (GOST)',
  },
  {
    id: 'ocsp-rsa',
    kind: 'ocsp',
    country: 'KZ',
    algorithm: 'rsa-2048',
    issuer: 'nca-rsa',
    commonName: 'MUHR TEST OCSP (RSA)',
  },
  {
    id: 'ocsp-root-gost',
    kind: 'ocsp',
    country: 'KZ',
    algorithm: 'kz-2015-512',
    issuer: 'root-gost',
    commonName: 'MUHR TEST ROOT OCSP (GOST)',
  },
  {
    id: 'ocsp-root-rsa',
    kind: 'ocsp',
    country: 'KZ',
    algorithm: 'rsa-2048',
    issuer: 'root-rsa',
    commonName: 'MUHR TEST ROOT OCSP (RSA)',
  },
  {
    id: 'tsa-gost',
    kind: 'tsa',
    country: 'KZ',
    algorithm: 'kz-2015-512',
    issuer: 'nca-gost',
    commonName: 'MUHR TEST TSA (GOST)',
  },
  {
    id: 'tsa-rsa',
    kind: 'tsa',
    country: 'KZ',
    algorithm: 'rsa-2048',
    issuer: 'nca-rsa',
    commonName: 'MUHR TEST TSA (RSA)',
  },
  {
    id: 'ocsp-ru',
    kind: 'ocsp',
    country: 'RU',
    algorithm: 'ru-2012-256',
    issuer: 'ca-ru',
    commonName: 'MUHR TEST OCSP (RU)',
  },
  {
    id: 'ocsp-root-ru',
    kind: 'ocsp',
    country: 'RU',
    algorithm: 'ru-2012-256',
    issuer: 'root-ru',
    commonName: 'MUHR TEST ROOT OCSP (RU)',
  },
])

/** `person-gost`, `person-rsa-expired`: name of a citizen's certificate in the manifest and of its files. */
export function citizenName({ account, algorithm, state }: CitizenSpec): string {
  const family = algorithm === 'rsa-2048' ? 'rsa' : 'gost'

  return state === 'valid' ? `${account}-${family}` : `${account}-${family}-${state}`
}

/** The CA that issues a citizen's certificate. */
export function citizenIssuer({ algorithm, state }: CitizenSpec): AuthorityId {
  const family = algorithm === 'rsa-2048' ? 'rsa' : 'gost'

  return state === 'foreign' ? `foreign-${family}` : `nca-${family}`
}

const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS

/** Validity of each kind of certificate, in ms before and after the moment of issue. */
export const VALIDITY = Object.freeze({
  root: { beforeMs: 3 * YEAR_MS, afterMs: 20 * YEAR_MS },
  intermediate: { beforeMs: 3 * YEAR_MS, afterMs: 15 * YEAR_MS },
  service: { beforeMs: 2 * YEAR_MS, afterMs: 3 * YEAR_MS },
  valid: { beforeMs: DAY_MS, afterMs: YEAR_MS },
  authentication: { beforeMs: DAY_MS, afterMs: YEAR_MS },
  foreign: { beforeMs: DAY_MS, afterMs: YEAR_MS },
  revoked: { beforeMs: 90 * DAY_MS, afterMs: YEAR_MS },
  expired: { beforeMs: 400 * DAY_MS, afterMs: -30 * DAY_MS },
})

/** A leaf with less life than this is issued anew at start. */
export const RENEW_BEFORE_MS = 30 * DAY_MS

/** How long before its issue the revoked citizen's certificate was revoked. */
export const REVOKED_BEFORE_MS = 7 * DAY_MS

/** Name of the TLS port's certificate in the manifest: another set of hosts has another one. */
export function tlsName(dnsNames: readonly string[]): string {
  return `tls-${createHash('sha256').update(dnsNames.join()).digest('hex').slice(0, 8)}`
}
