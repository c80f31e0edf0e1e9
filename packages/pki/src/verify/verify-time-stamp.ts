import { type PolicyName, policyByName, type VerificationPolicy } from '../policy/index.ts'
import type { TrustStore } from '../trust/index.ts'
import type { VerificationContext } from './context.ts'
import { gatherTimeStamp } from './gather-time-stamp.ts'
import { judgeTimeStamp } from './judge-time-stamp.ts'
import { createMaterialCollector, type VerificationMaterial } from './material.ts'
import { checkOf, verdictOfOutcomes } from './outcome.ts'
import { readableCertificates, readableCrls, readableOcsp } from './parse-material.ts'
import type { Indication, ReportCheck, SubIndication } from './report.ts'
import { createSignatureBudget } from './signature-budget.ts'
import type { RevocationSources, StoredMaterial, TimeStampFacts } from './types.ts'

/** A time-stamp, judged. */
export type TimeStampReport = {
  readonly indication: Indication
  readonly subIndication?: SubIndication
  /** ISO 8601, UTC; absent for a token that cannot be read. */
  readonly genTime?: string
  /** TSA policy, dotted decimal. */
  readonly tsaPolicy?: string
  readonly imprintAlgorithm?: string
  readonly checks: readonly ReportCheck[]
}

/**
 * Verifies a time-stamp token (RFC 3161) over any octets: a manifest, a signature value. Rules, trust
 * and material as in `verifySignature`.
 *
 * Throws `policy.unknown`; a broken token is a report.
 */
export const verifyTimeStamp = async ({
  token,
  data,
  trust,
  policy: policyOrName,
  at,
  now,
  stored = {},
  sources = {},
}: {
  /** DER or BER of the TimeStampToken; of a TimeStampResp take `timeStampTokenOf` first. */
  readonly token: Uint8Array
  /** What was stamped. */
  readonly data: Uint8Array
  readonly trust: TrustStore
  readonly policy: PolicyName | VerificationPolicy
  /** The validation time; `now` by default. */
  readonly at?: Date
  readonly now: Date
  readonly stored?: StoredMaterial
  readonly sources?: RevocationSources
}): Promise<{
  readonly report: TimeStampReport
  readonly material: VerificationMaterial
  readonly facts: TimeStampFacts
}> => {
  const policy = typeof policyOrName === 'string' ? policyByName(policyOrName) : policyOrName
  const material = createMaterialCollector()
  const context: VerificationContext = {
    now,
    anchors: trust.anchors.filter(({ origin }) => policy.anchorOrigins.includes(origin)),
    certificates: readableCertificates(stored.certificates ?? []),
    ocsp: readableOcsp(stored.ocsp ?? []),
    crls: readableCrls(stored.crls ?? []),
    sources,
    ocspFreshnessMs: policy.ocspFreshnessMs,
    clockSkewMs: policy.clockSkewMs,
    material,
    checkSigned: createSignatureBudget(),
  }
  const facts = await gatherTimeStamp(token, { stamped: data, context })
  const outcomes = judgeTimeStamp(facts, { policy, validationTime: at ?? now })
  return {
    report: {
      ...verdictOfOutcomes(outcomes),
      ...(facts.readable
        ? {
            genTime: facts.tstInfo.genTime.toISOString(),
            tsaPolicy: facts.tstInfo.policy,
            imprintAlgorithm: facts.tstInfo.messageImprint.algorithm.oid,
          }
        : {}),
      checks: outcomes.map(checkOf),
    },
    material: material.collected(),
    facts,
  }
}
