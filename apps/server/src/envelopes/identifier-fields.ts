import type { NationalIdentifiers } from '@muhr/envelope'
import {
  checkIdentifier,
  type IdentifierCheck,
  type IdentifierKind,
  type IdentifierReason,
  maskIdentifier,
} from '@muhr/identifiers'

export type IdentifierField = keyof NationalIdentifiers

/** What the reader is to do about each doubt. */
export const identifierAdvice: { readonly [R in IdentifierReason]: string } = {
  empty: 'Give the number.',
  'not-digits': 'Write digits only; spaces and dashes may stay.',
  length: 'Compare the number of digits with the paper.',
  zeros: 'Give a number that exists: this one is all zeros.',
  'check-digit': 'The check digit does not match: compare the number with the paper.',
}

/** OGRN and OGRNIP share a field; they differ by length (13 and 15 digits). */
function kindOf(field: IdentifierField, text: string): IdentifierKind {
  switch (field) {
    case 'inn':
      return 'ru-inn'
    case 'esiaOid':
      return 'esia-oid'
    case 'uzInn':
      return 'uz-inn'
    case 'ogrn':
      return text.replace(/\D/g, '').length === 15 ? 'ogrnip' : 'ogrn'
    default:
      return field
  }
}

/** Judges what was written in an identifier field of the API. */
export function checkIdentifierField(
  field: IdentifierField,
  text: string,
): IdentifierCheck<string> {
  return checkIdentifier(kindOf(field, text), text)
}

/** An identifier with all but its last digits hidden. */
export function maskIdentifierField(field: IdentifierField, value: string): string {
  return maskIdentifier(kindOf(field, value), value)
}
