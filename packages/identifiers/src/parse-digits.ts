/**
 * What all parsers of national identifiers share: cleaning of typed or pasted text.
 * @module
 */

/** A number that has passed its parser, so that one kind is never taken for another. */
export type Branded<Name extends string> = string & { readonly __brand: Name }

/**
 * Whether the check digits agree with the number. `not-checked`: this kind has no published rule,
 * or this range of numbers is older than the rule.
 */
export type CheckDigit = 'valid' | 'invalid' | 'not-checked'

/**
 * Why text is not an identifier at all.
 * `empty`: nothing but separators. `not-digits`: a sign that is neither a digit 0-9 nor a separator
 * of this kind. `length`: another count of digits. `zeros`: nothing but zeros, which nobody has.
 */
export type ParseRefusal = 'empty' | 'not-digits' | 'length' | 'zeros'

/** What a parser gives: the number in its one stored form, or the reason of refusal. */
export type Parsed<Value extends string> =
  | { readonly ok: true; readonly value: Value; readonly checkDigit: CheckDigit }
  | { readonly ok: false; readonly reason: ParseRefusal }

type Digits =
  | { readonly ok: true; readonly digits: string }
  | { readonly ok: false; readonly reason: ParseRefusal }

/** Spaces of every width, dashes of every length, and the invisible signs that pasting brings. */
const COMMON_SEPARATORS = /[\s\p{Pd}\u2212\p{Cf}]/gu

/** Every sign that is neither a letter nor a number: people write a SNILS in many ways. */
export const ANY_SEPARATORS = /[^\p{L}\p{N}]/gu

/** No number here has more than 20 digits; longer text is not worth reading. */
const MAX_TEXT_LENGTH = 100

/** Takes separators out of typed text and checks that the given count of digits 0-9 is left. */
export function parseDigits(
  text: string,
  rule: { readonly lengths: readonly number[]; readonly separators?: RegExp },
): Digits {
  if (text.length > MAX_TEXT_LENGTH) return { ok: false, reason: 'length' }
  const digits = text.replace(rule.separators ?? COMMON_SEPARATORS, '')
  if (digits === '') return { ok: false, reason: 'empty' }
  if (!/^[0-9]+$/.test(digits)) return { ok: false, reason: 'not-digits' }
  if (!rule.lengths.includes(digits.length)) return { ok: false, reason: 'length' }
  if (/^0+$/.test(digits)) return { ok: false, reason: 'zeros' }

  return { ok: true, digits }
}

/** The sum of the first digits, each times the weight at its place. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, i) => sum + weight * Number(digits.charAt(i)), 0)
}
