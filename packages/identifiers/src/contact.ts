import type { Branded } from './parse-digits.ts'

/** A telephone number in its one stored form: `+` and 7 to 15 digits (ITU-T E.164). */
export type Phone = Branded<'Phone'>
/** An e-mail address, its domain in lower case. */
export type Email = Branded<'Email'>

/** Why text is no phone or e-mail. */
export type ContactRefusal = 'empty' | 'form' | 'length'

export type ParsedContact<Value extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: ContactRefusal }

const longestText = 320
const separators = /[\s().\p{Pd}\u2212\p{Cf}]/gu

/**
 * Reads a telephone number as people write it. Without a `+` it is Russian or Kazakh: ten digits, or
 * eleven that begin with 7 or 8.
 */
export function parsePhone(text: string): ParsedContact<Phone> {
  if (text.length > longestText) return { ok: false, reason: 'length' }
  const bare = text.replace(separators, '')
  if (bare === '') return { ok: false, reason: 'empty' }
  if (!/^\+?[0-9]+$/.test(bare)) return { ok: false, reason: 'form' }
  if (bare.startsWith('+')) {
    return /^\+[1-9]\d{6,14}$/.test(bare)
      ? { ok: true, value: bare as Phone }
      : { ok: false, reason: 'length' }
  }
  const national = /^[78]?(\d{10})$/.exec(bare)?.[1]

  return national === undefined
    ? { ok: false, reason: 'length' }
    : { ok: true, value: `+7${national}` as Phone }
}

/**
 * Reads an e-mail address: one `@`, no blanks, a domain with a dot (RFC 5321 §4.1.2 without quoted local
 * parts and address literals). Whether it exists only its service can tell.
 */
export function parseEmail(text: string): ParsedContact<Email> {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: false, reason: 'empty' }
  if (trimmed.length > longestText) return { ok: false, reason: 'length' }
  const parts = /^([^\s@<>()[\]\\,;:"]{1,64})@([^\s@<>()[\]\\,;:"]{1,255})$/u.exec(trimmed)
  const [, local = '', domain = ''] = parts ?? []
  const isDomain = domain.split('.').length > 1 && domain.split('.').every((label) => label !== '')

  return parts === null || !isDomain
    ? { ok: false, reason: 'form' }
    : { ok: true, value: `${local}@${domain.toLowerCase()}` as Email }
}

/** `+·······4567`: all but the last four digits hidden. */
export function maskPhone(phone: Phone): string {
  let hidden = phone.length - 1 - 4

  return phone.replace(/\d/g, (digit) => (hidden-- > 0 ? '·' : digit))
}

/** `a······@example.com`: all of the name hidden but its first letter. */
export function maskEmail(email: Email): string {
  const [local = '', domain = ''] = email.split('@')

  return `${local.slice(0, 1)}······@${domain}`
}
