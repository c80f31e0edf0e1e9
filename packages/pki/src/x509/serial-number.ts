import { PkiError } from '../error.ts'

/**
 * A serial number as reports and lookups write it: hex, lower-case, without leading zeros; a negative
 * one (RFC 5280 forbids them, old CAs made them) keeps its sign.
 */
export const serialText = (serial: bigint): string => serial.toString(16)

/** The number behind {@link serialText}. Throws `x509.bad-serial-number`. */
export const serialOf = (text: string): bigint => {
  if (!/^-?[0-9a-f]{1,42}$/.test(text)) {
    throw new PkiError({ code: 'x509.bad-serial-number', message: 'A serial number is not hex.' })
  }
  return text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`)
}
