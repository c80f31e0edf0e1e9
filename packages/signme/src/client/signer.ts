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

export type SignerFields = {
  readonly user_email: string | undefined
  readonly user_ph: string | undefined
  readonly user_snils: string | undefined
  readonly company_inn: string | undefined
  readonly company_ogrn: string | undefined
}

/** @throws SignmeError `signme.invalid-argument` */
export function signerFields(signer: Signer, company: Company = {}): SignerFields {
  const fields = {
    user_email: email(signer.email),
    user_ph: phone(signer.phone),
    user_snils: snils(signer.snils),
    company_inn: inn(company.inn),
    company_ogrn: ogrn(company.ogrn),
  }
  const { user_email, user_ph, user_snils } = fields
  if (user_email === undefined && user_ph === undefined && user_snils === undefined) {
    throw invalidArgument('signer', 'a phone, an e-mail or a SNILS')
  }

  return fields
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

function phone(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const value = normalisePhone(text)
  if (value === undefined) throw invalidArgument('signer.phone', 'a phone such as +7XXXXXXXXXX')

  return value
}

function email(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const value = text.trim()
  if (value.length > 254 || !/^[^\s@]+@[^\s@]+$/.test(value)) {
    throw invalidArgument('signer.email', 'an e-mail address')
  }

  return value
}

function snils(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const read = parseSnils(text)
  if (!read.ok) throw invalidArgument('signer.snils', 'a SNILS of 11 digits')

  return read.value.replace(/\D/g, '')
}

function inn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const read = parseRussianInn(text)
  if (!read.ok) throw invalidArgument('company.inn', 'an INN of 10 or 12 digits')

  return read.value
}

function ogrn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const read = parseOgrn(text)
  const other = read.ok ? read : parseOgrnip(text)
  if (!other.ok) throw invalidArgument('company.ogrn', 'an OGRN of 13 or 15 digits')

  return other.value
}
