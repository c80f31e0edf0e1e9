import { type Branded, type Parsed, parseDigits } from './parse-digits.ts'

/** Uzbek personal identification number, ПИНФЛ or JSHSHIR: 14 digits. */
export type Pinfl = Branded<'Pinfl'>

/** Uzbek taxpayer number, ИНН or STIR: 9 digits. */
export type UzbekInn = Branded<'UzbekInn'>

/**
 * Reads a PINFL, spaces and dashes allowed. Its check digit is not judged: no source that we trust
 * publishes the rule. @returns 14 digits.
 */
export function parsePinfl(text: string): Parsed<Pinfl> {
  const read = parseDigits(text, { lengths: [14] })

  return read.ok ? { ok: true, value: read.digits as Pinfl, checkDigit: 'not-checked' } : read
}

/** Reads an Uzbek INN, spaces and dashes allowed. @returns 9 digits. */
export function parseUzbekInn(text: string): Parsed<UzbekInn> {
  const read = parseDigits(text, { lengths: [9] })

  return read.ok ? { ok: true, value: read.digits as UzbekInn, checkDigit: 'not-checked' } : read
}
