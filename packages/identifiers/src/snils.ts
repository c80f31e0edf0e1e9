import {
  ANY_SEPARATORS,
  type Branded,
  type Parsed,
  parseDigits,
  weightedSum,
} from './parse-digits.ts'

/** Personal account number of the Russian pension system, in the form `000-000-000 00`. */
export type Snils = Branded<'Snils'>

/** Numbers up to 001-001-998 were given out before the check number was introduced. */
const LAST_UNCHECKED = 1_001_998

const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, 1]

const isCheckNumberValid = (digits: string): boolean =>
  Number(digits.slice(9)) === (weightedSum(digits, WEIGHTS) % 101) % 100

/**
 * Reads a SNILS written with any separators or none: 11 digits, the last two of which are the sum of
 * the others by falling weights modulo 101, and 00 in place of 100.
 * @returns the form `000-000-000 00`, which Госключ asks for.
 */
export function parseSnils(text: string): Parsed<Snils> {
  const read = parseDigits(text, { lengths: [11], separators: ANY_SEPARATORS })
  if (!read.ok) return read
  const { digits } = read
  const value = digits.replace(/^(...)(...)(...)(..)$/, '$1-$2-$3 $4') as Snils
  if (Number(digits.slice(0, 9)) <= LAST_UNCHECKED) {
    return { ok: true, value, checkDigit: 'not-checked' }
  }

  return { ok: true, value, checkDigit: isCheckNumberValid(digits) ? 'valid' : 'invalid' }
}
