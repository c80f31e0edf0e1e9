import { type KzRole, kzRolesOf } from './kz-roles.ts'
import { attributeValues, type Name } from './name.ts'
import { attributeOid } from './oids.ts'
import type { Certificate } from './parse-certificate.ts'

/** Whom a certificate names, in national terms. Everything here is the CA's word; nothing is checked. */
export type NationalIdentity = {
  /** Best guess from identifiers, roles, key algorithm and country attribute, in that order. */
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
  /** Kazakhstan: registered OID of an information system. */
  readonly systemOid?: string
  /** Kazakhstan: roles in extendedKeyUsage, unknown ones included. */
  readonly roles: readonly KzRole[]
}

const valuesOf = (name: Name, keyword: string): readonly string[] =>
  attributeValues(name, attributeOid(keyword) ?? '')

/**
 * The one value that matches. Two different ones are no identity: a certificate that names two
 * persons must not pass as either.
 */
const single = (values: readonly string[], pattern: RegExp): string | undefined => {
  const found = new Set(
    values.flatMap((value) => {
      const match = pattern.exec(value.trim())
      return match === null ? [] : [match[1] ?? match[0]]
    }),
  )
  return found.size === 1 ? [...found][0] : undefined
}

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
    organisationInn: single(valuesOf(subject, 'INNLE'), /^\d{10}$/) ?? single(inn, /^00(\d{10})$/),
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

const guessCountry = (
  certificate: Certificate,
  { kz, ru, pinfl, roles }: { kz: boolean; ru: boolean; pinfl: boolean; roles: number },
): 'KZ' | 'RU' | 'UZ' | null => {
  if (kz || ru || pinfl) {
    return kz ? 'KZ' : ru ? 'RU' : 'UZ'
  }
  if (roles > 0) {
    return 'KZ'
  }
  const stated = valuesOf(certificate.subject, 'C').concat(valuesOf(certificate.issuer, 'C'))
  return (
    countryOfArc(certificate.spki.algorithm.oid) ??
    countryOfArc(certificate.signatureAlgorithm.oid) ??
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
 * identifier that stands twice with different values is left out. Check digits are not looked at.
 */
export const nationalIdentity = (certificate: Certificate): NationalIdentity => {
  const { subject, extensions } = certificate
  const roles = kzRolesOf(extensions.extKeyUsage?.oids ?? [])
  const kz = kzIdentity(subject)
  const ru = ruIdentity(subject)
  const uz = uzIdentity(subject)
  const country = guessCountry(certificate, {
    kz: isAny(kz),
    ru: isAny(ru),
    pinfl: uz.pinfl !== undefined || uz.organisationInn !== undefined,
    roles: roles.length,
  })
  const [organisation] = valuesOf(subject, 'O')
  const systemOid = single(valuesOf(subject, 'UID'), /^\d+(?:\.\d+)+$/)
  return {
    country,
    name: readableName(subject, country),
    roles,
    ...defined({ organisation }),
    ...(country === 'KZ' ? defined({ ...kz, systemOid }) : {}),
    ...(country === 'RU' ? defined(ru) : {}),
    ...(country === 'UZ' ? defined(uz) : {}),
  } as NationalIdentity
}
