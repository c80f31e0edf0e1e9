import type { SchemeId } from '../keys/index.ts'
import type { VerificationPolicy } from './policy.ts'

/** Had the policy stopped believing a scheme at this time? */
export const hasEnded = (
  { schemesUntil }: VerificationPolicy,
  { scheme, at }: { readonly scheme: SchemeId; readonly at: Date },
): boolean => {
  const end = schemesUntil[scheme]
  return end !== undefined && at >= new Date(end)
}
