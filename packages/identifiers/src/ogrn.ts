import { type Branded, type Parsed, parseDigits } from './parse-digits.ts'

/** State registration number of a Russian organisation: 13 digits. */
export type Ogrn = Branded<'Ogrn'>

/** State registration number of a Russian sole entrepreneur: 15 digits. */
export type Ogrnip = Branded<'Ogrnip'>

/** The last digit is the last digit of the remainder of the number before it. */
const isLastDigitValid = (digits: string, modulus: number): boolean =>
  Number(digits.slice(-1)) === (Number(digits.slice(0, -1)) % modulus) % 10

/** Reads an OGRN, spaces and dashes allowed; the remainder is by 11. @returns 13 digits. */
export function parseOgrn(text: string): Parsed<Ogrn> {
  const read = parseDigits(text, { lengths: [13] })
  if (!read.ok) return read
  const checkDigit = isLastDigitValid(read.digits, 11) ? 'valid' : 'invalid'

  return { ok: true, value: read.digits as Ogrn, checkDigit }
}

/** Reads an OGRNIP, spaces and dashes allowed; the remainder is by 13. @returns 15 digits. */
export function parseOgrnip(text: string): Parsed<Ogrnip> {
  const read = parseDigits(text, { lengths: [15] })
  if (!read.ok) return read
  const checkDigit = isLastDigitValid(read.digits, 13) ? 'valid' : 'invalid'

  return { ok: true, value: read.digits as Ogrnip, checkDigit }
}
