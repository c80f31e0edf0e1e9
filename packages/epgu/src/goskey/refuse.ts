import { EpguError } from '../error.ts'
import type { Violation } from './rules.ts'

/** `goskey.rules-broken` with all violations. */
export function rulesBroken(violations: readonly Violation[]): EpguError<'goskey.rules-broken'> {
  const rules = [...new Set(violations.map(({ rule }) => rule))].join(', ')

  return new EpguError({
    code: 'goskey.rules-broken',
    message: `The package breaks rules of Goskey: ${rules}.`,
    advice: 'Correct what the violations name; nothing was sent.',
    data: { violations },
  })
}
