import { type Branded, type Parsed, parseDigits, weightedSum } from './parse-digits.ts'

/** Russian taxpayer number: 10 digits of an organisation or 12 of a person. */
export type RussianInn = Branded<'RussianInn'>

const TENTH = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const ELEVENTH = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const TWELFTH = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

/** The digit after the weighted ones is their sum modulo 11, and 0 in place of 10. */
const isDigitValid = (digits: string, weights: readonly number[]): boolean =>
  Number(digits.charAt(weights.length)) === (weightedSum(digits, weights) % 11) % 10

/** Reads a Russian INN, spaces and dashes allowed. @returns 10 or 12 digits. */
export function parseRussianInn(text: string): Parsed<RussianInn> {
  const read = parseDigits(text, { lengths: [10, 12] })
  if (!read.ok) return read
  const { digits } = read
  const isValid =
    digits.length === 10
      ? isDigitValid(digits, TENTH)
      : isDigitValid(digits, ELEVENTH) && isDigitValid(digits, TWELFTH)

  return { ok: true, value: digits as RussianInn, checkDigit: isValid ? 'valid' : 'invalid' }
}
