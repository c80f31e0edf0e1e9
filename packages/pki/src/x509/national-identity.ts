import { type KzRole, kzRolesOf } from './kz-roles.ts'
import { attributeValues, type Name } from './name.ts'
import { attributeOid } from './oids.ts'
import type { Certificate } from './parse-certificate.ts'

/** Whom a certificate names, in national terms. Everything here is the CA's word; nothing is checked. */
export type NationalIdentity = {
  /**
   * The country of the key where its algorithm is a national one, else that of the identifiers, of the
   * roles, of the country attribute, in that order.
   */
  readonly country: 'KZ' | 'RU' | 'UZ' | null
  /** Person, or system or organisation where the certificate names no person. */
  readonly name: string | null
  readonly organisation?: string
  /** Kazakhstan: 12 digits, person. */
  readonly iin?: string
  /** Kazakhstan: 12 digits, organisation. */
  readonly bin?: string
  /** Russia: 11 digits, person. */
  readonly snils?: string
  /** Russia: 12 digits, person. Uzbekistan: 9 digits, person (from UID). */
  readonly inn?: string
  /** Russia: 10 digits, organisation. Uzbekistan: 9 digits, organisation. */
  readonly organisationInn?: string
  /** Russia: 13 digits, organisation. */
  readonly ogrn?: string
  /** Russia: 15 digits, sole trader. */
  readonly ogrnip?: string
  /** Uzbekistan: 14 digits, person. */
  readonly pinfl?: string
  /** Russia and Uzbekistan: position of the person, as the certificate words it. */
  readonly title?: string
  /** Kazakhstan: registered OID of an information system. */
  readonly systemOid?: string
  /** Kazakhstan: roles in extendedKeyUsage, unknown ones included. */
  readonly roles: readonly KzRole[]
}

const valuesOf = (name: Name, keyword: string): readonly string[] =>
  attributeValues(name, attributeOid(keyword) ?? '')

const matching = (values: readonly string[], pattern: RegExp): readonly string[] =>
  values.flatMap((value) => {
    const match = pattern.exec(value.trim())
    return match === null ? [] : [match[1] ?? match[0]]
  })

/**
 * The one value. Two different ones are no identity: a certificate that names two persons must not pass
 * as either.
 */
const only = (found: readonly string[]): string | undefined => {
  const [first, ...more] = new Set(found)
  return more.length === 0 ? first : undefined
}

const single = (values: readonly string[], pattern: RegExp): string | undefined =>
  only(matching(values, pattern))

const kzIdentity = (subject: Name) => ({
  iin: single(valuesOf(subject, 'SERIALNUMBER'), /^IIN(\d{12})$/),
  bin: single([...valuesOf(subject, 'OU'), ...valuesOf(subject, 'SERIALNUMBER')], /^BIN(\d{12})$/),
})

/** Old Russian certificates put an organisation's INN, padded to 12 digits, where a person's stands. */
const ruIdentity = (subject: Name) => {
  const inn = valuesOf(subject, 'INN')
  return {
    snils: single(valuesOf(subject, 'SNILS'), /^\d{11}$/),
    inn: single(inn, /^(?!00)\d{12}$/),
    organisationInn: only([
      ...matching(valuesOf(subject, 'INNLE'), /^\d{10}$/),
      ...matching(inn, /^00(\d{10})$/),
    ]),
    ogrn: single(valuesOf(subject, 'OGRN'), /^\d{13}$/),
    ogrnip: single(valuesOf(subject, 'OGRNIP'), /^\d{15}$/),
  }
}

const uzIdentity = (subject: Name) => ({
  pinfl: single(valuesOf(subject, 'JSHSHIR'), /^\d{14}$/),
  organisationInn: single(valuesOf(subject, 'STIR'), /^\d{9}$/),
  inn: single(valuesOf(subject, 'UID'), /^\d{9}$/),
})

const countryByArc = { '1.2.398.': 'KZ', '1.2.643.': 'RU', '1.2.860.': 'UZ' } as const

const countryOfArc = (oid: string): 'KZ' | 'RU' | 'UZ' | undefined =>
  Object.entries(countryByArc).find(([arc]) => oid.startsWith(arc))?.[1]

const isAny = (values: Readonly<Record<string, string | undefined>>): boolean =>
  Object.values(values).some((value) => value !== undefined)

/**
 * Whose certificate it is. Every country is the authority for its own identifiers alone: under a key of
 * one country those of another are nobody's word, and without such a key those of two countries
 * contradict each other.
 */
const guessCountry = (
  certificate: Certificate,
  identified: readonly NonNullable<NationalIdentity['country']>[],
  roles: number,
): NationalIdentity['country'] => {
  const ofKey =
    countryOfArc(certificate.spki.algorithm.oid) ?? countryOfArc(certificate.signatureAlgorithm.oid)
  if (ofKey !== undefined || identified.length > 1) {
    return ofKey ?? null
  }
  const stated = valuesOf(certificate.subject, 'C').concat(valuesOf(certificate.issuer, 'C'))
  return (
    identified[0] ??
    (roles > 0 ? 'KZ' : undefined) ??
    stated.find((country) => country === 'KZ' || country === 'RU' || country === 'UZ') ??
    null
  )
}

/** Kazakhstan keeps the patronymic in GIVENNAME, Russia name and patronymic; others have it all in CN. */
const readableName = (subject: Name, country: NationalIdentity['country']): string | null => {
  const [commonName] = valuesOf(subject, 'CN')
  const [surname] = valuesOf(subject, 'SURNAME')
  const [givenName] = valuesOf(subject, 'GIVENNAME')
  if (country === 'KZ' && commonName !== undefined && surname !== undefined) {
    return givenName === undefined || commonName.endsWith(` ${givenName}`)
      ? commonName
      : `${commonName} ${givenName}`
  }
  if (country === 'RU' && surname !== undefined && givenName !== undefined) {
    return `${surname} ${givenName}`
  }
  return commonName ?? surname ?? null
}

const defined = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>

/**
 * Reads whom a certificate names: Kazakhstan by kz-egov-mobile.md §12.2–12.3, Russia by crypto.md §1.1,
 * Uzbekistan by uz-eimzo-didox.md §3.4. Attributes are matched by type, never by position; an
 * identifier that stands twice with different values is left out, and so is one of another country than
 * the key. Check digits are not looked at.
 */
export const nationalIdentity = (certificate: Certificate): NationalIdentity => {
  const { subject, extensions } = certificate
  const roles = kzRolesOf(extensions.extKeyUsage?.oids ?? [])
  const kz = kzIdentity(subject)
  const ru = ruIdentity(subject)
  const uz = uzIdentity(subject)
  const identified = [
    ...(isAny(kz) ? (['KZ'] as const) : []),
    ...(isAny(ru) ? (['RU'] as const) : []),
    // A UID alone is no Uzbek mark: Kazakhstan has it too.
    ...(uz.pinfl !== undefined || uz.organisationInn !== undefined ? (['UZ'] as const) : []),
  ]
  const country = guessCountry(certificate, identified, roles.length)
  const [organisation] = valuesOf(subject, 'O')
  const title = only(valuesOf(subject, 'TITLE'))
  const systemOid = single(valuesOf(subject, 'UID'), /^\d+(?:\.\d+)+$/)
  return {
    country,
    name: readableName(subject, country),
    roles,
    ...defined({ organisation }),
    ...(country === 'KZ' ? defined({ ...kz, systemOid }) : {}),
    ...(country === 'RU' ? defined({ ...ru, title }) : {}),
    ...(country === 'UZ' ? defined({ ...uz, title }) : {}),
  } as NationalIdentity
}
