import type { Requirement, VerificationPolicy } from '../policy/index.ts'
import { failed, indeterminate, type Outcome, passed } from './outcome.ts'
import type { CheckName, SubIndication } from './report.ts'
import type { PathFacts, RevocationFact } from './types.ts'

/**
 * A certificate that is revoked now may have been good when it signed (ETSI EN 319 102-1 §5.3.4): nothing
 * but the signer's own word that he signed later makes it certain that it was not.
 */
const revokedAs = (
  { revokedAt }: RevocationFact,
  { isLeaf, signingTime }: { isLeaf: boolean; signingTime: Date | undefined },
): SubIndication => {
  if (!isLeaf) {
    return 'REVOKED_CA_NO_POE'
  }
  return revokedAt === undefined || signingTime === undefined || signingTime < revokedAt
    ? 'REVOKED_NO_POE'
    : 'REVOKED'
}

const judgeFact = (
  name: CheckName,
  {
    fact,
    requirement,
    isLeaf,
    signingTime,
  }: {
    fact: RevocationFact
    requirement: Requirement
    isLeaf: boolean
    signingTime: Date | undefined
  },
): Outcome => {
  const who = isLeaf ? 'certificate' : 'authority'
  switch (fact.status) {
    case 'good':
      return passed(name)
    case 'revoked':
      return failed(name, revokedAs(fact, { isLeaf, signingTime }), `${who}-revoked`)
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
 * Revocation of every certificate below the anchor at the reference time. A revoked one passes under no
 * policy; missing data is never "good", only, where the policy says so, not required.
 */
export const judgeRevocation = (
  name: CheckName,
  {
    path,
    leaf,
    policy,
    signingTime,
  }: {
    readonly path: PathFacts | undefined
    readonly leaf: 'signer' | 'timeStampAuthority'
    readonly policy: VerificationPolicy
    /** As the signer claims it. */
    readonly signingTime?: Date | undefined
  },
): readonly Outcome[] => {
  const outcomes = (path?.revocation ?? []).map((fact, index) =>
    judgeFact(name, {
      fact,
      isLeaf: index === 0,
      signingTime,
      requirement: policy.revocation[index === 0 ? leaf : 'authorities'],
    }),
  )
  const notable = outcomes.filter(({ detail }) => detail !== undefined)
  return notable.length > 0 || outcomes.length === 0 ? notable : [passed(name)]
}
