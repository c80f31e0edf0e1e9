import type { ByCountry, PolicyCountry } from './policy.ts'

/** The rule for a certificate of this country; `null`: of none that policies know. */
export const ruleFor = <T>(rules: ByCountry<T>, country: PolicyCountry | null | undefined): T => {
  const rule = rules[country ?? 'other']
  return rule === undefined ? rules.other : rule
}
