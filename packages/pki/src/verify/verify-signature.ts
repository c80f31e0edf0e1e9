import { type PolicyName, policyByName, type VerificationPolicy } from '../policy/index.ts'
import { gatherFacts } from './gather-facts.ts'
import { judge } from './judge.ts'
import type { VerificationMaterial } from './material.ts'
import type { VerificationReport } from './report.ts'
import type { VerificationFacts, VerificationInput } from './types.ts'

/** What {@link verifySignature} gives. */
export type Verification = {
  readonly report: VerificationReport
  /** Everything needed to judge again offline: pass it back as `stored`. */
  readonly material: VerificationMaterial
  readonly facts: VerificationFacts
}

/**
 * Verifies every signature of a CMS container: gathers the facts, then judges them under a policy.
 * There is no network in here: revocation data comes from `stored`, from the container, or through
 * `sources`. A damaged signature is a report with FORMAT_FAILURE; missing data is INDETERMINATE.
 *
 * Throws `container.not-a-signature` for a file that is none, `policy.unknown`.
 *
 * @example
 * const { report, material } = await verifySignature({
 *   container, content, trust, policy: 'kz-500', now: new Date(), sources,
 * })
 * if (report.indication === 'TOTAL-PASSED') keep(material)
 */
export const verifySignature = async (
  input: VerificationInput & { readonly policy: PolicyName | VerificationPolicy },
): Promise<Verification> => {
  const policy = typeof input.policy === 'string' ? policyByName(input.policy) : input.policy
  const { facts, material } = await gatherFacts({ ...input, policy })
  return { report: judge(facts, policy), material, facts }
}
