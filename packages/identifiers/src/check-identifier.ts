import {
  type IdentifierKind,
  type IdentifierRule,
  type IdentifierValues,
  identifierKinds,
} from './identifier-kinds.ts'
import type { ParseRefusal } from './parse-digits.ts'

/** Why an identifier is refused or doubted; a key for the message, never the number itself. */
export type IdentifierReason = ParseRefusal | 'check-digit'

/** The judgement of a form field or an API value. */
export type IdentifierCheck<Value extends string> =
  | { readonly level: 'ok'; readonly value: Value }
  /** May be used; the person who typed it is shown the doubt. */
  | { readonly level: 'warning'; readonly value: Value; readonly reason: 'check-digit' }
  | { readonly level: 'refusal'; readonly reason: IdentifierReason }

/**
 * Parses typed text as one kind of identifier and judges it: a wrong check digit is a refusal for
 * SNILS, INN and OGRN, and a visible warning for IIN and BIN.
 */
export function checkIdentifier<Kind extends IdentifierKind>(
  kind: Kind,
  text: string,
): IdentifierCheck<IdentifierValues[Kind]> {
  const rule: IdentifierRule<Kind> = identifierKinds[kind]
  const parsed = rule.parse(text)
  if (!parsed.ok) return { level: 'refusal', reason: parsed.reason }
  if (parsed.checkDigit !== 'invalid') return { level: 'ok', value: parsed.value }
  if (rule.wrongCheckDigit === 'refusal') return { level: 'refusal', reason: 'check-digit' }

  return { level: 'warning', value: parsed.value, reason: 'check-digit' }
}
