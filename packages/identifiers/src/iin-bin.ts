import { type Branded, type Parsed, parseDigits, weightedSum } from './parse-digits.ts'

/** Kazakh individual identification number: 12 digits. */
export type Iin = Branded<'Iin'>

/** Kazakh business identification number: 12 digits. */
export type Bin = Branded<'Bin'>

const FIRST_ROW = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const SECOND_ROW = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]

/**
 * The twelfth digit is the weighted sum of the others modulo 11; where that is 10, the second row of
 * weights is taken; where that is 10 too, the number is never given out.
 */
const isCheckDigitValid = (digits: string): boolean => {
  const first = weightedSum(digits, FIRST_ROW) % 11
  const check = first === 10 ? weightedSum(digits, SECOND_ROW) % 11 : first

  return check === Number(digits.slice(11))
}

const parse = <Value extends Iin | Bin>(text: string): Parsed<Value> => {
  const read = parseDigits(text, { lengths: [12] })
  if (!read.ok) return read
  const checkDigit = isCheckDigitValid(read.digits) ? 'valid' : 'invalid'

  return { ok: true, value: read.digits as Value, checkDigit }
}

/**
 * Reads an IIN, spaces and dashes allowed. Date and sex inside it are not judged: test certificates
 * of the national CA carry numbers that hold neither. @returns 12 digits.
 */
export function parseIin(text: string): Parsed<Iin> {
  return parse<Iin>(text)
}

/** Reads a BIN, spaces and dashes allowed. @returns 12 digits. */
export function parseBin(text: string): Parsed<Bin> {
  return parse<Bin>(text)
}
