import { type Branded, type Parsed, parseDigits } from './parse-digits.ts'

/** Id of a person in ESIA: 1 to 20 digits. It addresses an account; no certificate carries it. */
export type EsiaOid = Branded<'EsiaOid'>

/**
 * Number of the record of accreditation of a branch of a foreign organisation in Russia (НЗА, the register
 * RAFP): 11 digits. It addresses an organisation; no certificate carries it.
 */
export type Rafp = Branded<'Rafp'>

const oidLengths = Array.from({ length: 20 }, (_, index) => index + 1)

/** Reads an ESIA id, spaces allowed. No rule of check digits is published. @returns 1 to 20 digits. */
export function parseEsiaOid(text: string): Parsed<EsiaOid> {
  const read = parseDigits(text, { lengths: oidLengths })

  return read.ok ? { ok: true, value: read.digits as EsiaOid, checkDigit: 'not-checked' } : read
}

/** Reads a number of accreditation, spaces and dashes allowed; no rule of check digits is published. @returns 11 digits. */
export function parseRafp(text: string): Parsed<Rafp> {
  const read = parseDigits(text, { lengths: [11] })

  return read.ok ? { ok: true, value: read.digits as Rafp, checkDigit: 'not-checked' } : read
}
