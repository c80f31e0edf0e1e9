import type { Requirement, VerificationPolicy } from '../policy/index.ts'
import { failed, indeterminate, type Outcome, passed } from './outcome.ts'
import type { CheckName } from './report.ts'
import type { PathFacts, RevocationFact } from './types.ts'

const judgeFact = (
  name: CheckName,
  {
    fact,
    requirement,
    isLeaf,
  }: { fact: RevocationFact; requirement: Requirement; isLeaf: boolean },
): Outcome => {
  const who = isLeaf ? 'certificate' : 'authority'
  switch (fact.status) {
    case 'good':
      return passed(name)
    case 'revoked':
      return failed(name, 'REVOKED', `${who}-revoked`)
    case 'on-hold':
      return indeterminate(name, 'TRY_LATER', `${who}-on-hold`)
    case 'unknown':
      // The responder is asked and does not know the certificate: that is an answer, not a gap.
      return indeterminate(name, 'TRY_LATER', `${who}-unknown`)
    case 'unavailable': {
      const detail = [`${who}-revocation-unavailable`, ...new Set(fact.problems)].join(' ')
      return requirement === 'required'
        ? indeterminate(name, 'TRY_LATER', detail)
        : passed(name, detail)
    }
  }
}

/**
 * Revocation of every certificate below the anchor at the reference time. A revoked one fails under
 * every policy; missing data is never "good", only, where the policy says so, not required.
 */
export const judgeRevocation = (
  name: CheckName,
  {
    path,
    leaf,
    policy,
  }: {
    readonly path: PathFacts | undefined
    readonly leaf: 'signer' | 'timeStampAuthority'
    readonly policy: VerificationPolicy
  },
): readonly Outcome[] => {
  const outcomes = (path?.revocation ?? []).map((fact, index) =>
    judgeFact(name, {
      fact,
      isLeaf: index === 0,
      requirement: policy.revocation[index === 0 ? leaf : 'authorities'],
    }),
  )
  const notable = outcomes.filter(({ result, detail }) => result !== 'passed' || detail)
  return notable.length > 0 || outcomes.length === 0 ? notable : [passed(name)]
}
