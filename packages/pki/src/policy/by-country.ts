import type { ByCountry, PolicyCountry } from './policy.ts'

/** The rule for a certificate of this country; `null`: of none that policies know. */
export const ruleFor = <T>(rules: ByCountry<T>, country: PolicyCountry | null | undefined): T => {
  const rule = country === null || country === undefined ? undefined : rules[country]
  return rule === undefined ? rules.other : rule
}
