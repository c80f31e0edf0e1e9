import { parseOgrn, parseOgrnip, parseRussianInn, parseSnils } from '@muhr/identifiers'
import { invalidArgument } from '../invalid-argument.ts'

/** Who must sign: at least one of the three, so that the signature can be told from another's. */
export type Signer = {
  /** In any spelling; sent as `+7XXXXXXXXXX`. */
  readonly phone?: string | undefined
  readonly email?: string | undefined
  /** In any spelling; sent as 11 digits. */
  readonly snils?: string | undefined
}

/** The company on whose behalf is signed. */
export type Company = {
  readonly inn?: string | undefined
  readonly ogrn?: string | undefined
}

export type PersonFields = {
  readonly user_email: string | undefined
  readonly user_ph: string | undefined
  readonly user_snils: string | undefined
}

export type CompanyFields = {
  readonly company_inn: string | undefined
  readonly company_ogrn: string | undefined
}

/** @throws SignmeError `signme.invalid-argument`, also when nobody is named */
export function signerFields(signer: Signer, company: Company = {}): PersonFields & CompanyFields {
  const person = personFields(signer)
  if (Object.values(person).every((value) => value === undefined)) {
    throw invalidArgument('signer', 'a phone, an e-mail or a SNILS')
  }

  return { ...person, ...companyFields(company) }
}

/** @throws SignmeError `signme.invalid-argument` */
export function personFields({ email, phone, snils }: Signer): PersonFields {
  return {
    user_email: checkEmail(email),
    user_ph: checkPhone(phone),
    user_snils: checkSnils(snils),
  }
}

/** @throws SignmeError `signme.invalid-argument` */
export function companyFields({ inn, ogrn }: Company): CompanyFields {
  return { company_inn: checkInn(inn), company_ogrn: checkOgrn(ogrn) }
}

/**
 * A phone as `+` and digits, or undefined when it is none. Ten digits, and eleven that begin with 7 or 8,
 * are Russian. Both sides of a comparison go through it (spec §4.2).
 */
export function normalisePhone(text: string): string | undefined {
  const digits = text.replace(/[^\d]/g, '')
  if (!/^[+\d\s().\-\u2010-\u2015]+$/.test(text.trim())) return undefined
  if (digits.length === 10) return `+7${digits}`
  if (digits.length === 11 && !text.includes('+') && digits.startsWith('8')) {
    return `+7${digits.slice(1)}`
  }

  return digits.length >= 11 && digits.length <= 15 ? `+${digits}` : undefined
}

function checkPhone(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const value = normalisePhone(text)
  if (value === undefined) throw invalidArgument('signer.phone', 'a phone such as +7XXXXXXXXXX')

  return value
}

function checkEmail(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const value = text.trim()
  if (value.length > 254 || !/^[^\s@]+@[^\s@]+$/.test(value)) {
    throw invalidArgument('signer.email', 'an e-mail address')
  }

  return value
}

function checkSnils(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const read = parseSnils(text)
  if (!read.ok) throw invalidArgument('signer.snils', 'a SNILS of 11 digits')

  return read.value.replace(/\D/g, '')
}

function checkInn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const read = parseRussianInn(text)
  if (!read.ok) throw invalidArgument('company.inn', 'an INN of 10 or 12 digits')

  return read.value
}

function checkOgrn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const read = parseOgrn(text)
  const other = read.ok ? read : parseOgrnip(text)
  if (!other.ok) throw invalidArgument('company.ogrn', 'an OGRN of 13 or 15 digits')

  return other.value
}
