import { digestByOid, isKnownDigest } from '../keys/index.ts'
import { hasEnded, ruleFor, type VerificationPolicy } from '../policy/index.ts'
import { nationalIdentity } from '../x509/index.ts'
import { judgeCurves } from './judge-algorithms.ts'
import { judgePath, judgeSandbox } from './judge-path.ts'
import { isUnder } from './judge-purpose.ts'
import { judgeRevocation } from './judge-revocation.ts'
import { failed, indeterminate, type Outcome, passed } from './outcome.ts'
import type { ReadTimeStampFacts, TimeStampFacts } from './types.ts'

const name = 'time-stamp'

/** Whatever of a present token does not hold together was changed after the TSA made it. */
const judgeStructure = (facts: ReadTimeStampFacts): readonly Outcome[] => {
  const { imprint, check, identification, embedded, tstInfo } = facts
  const broken: string[] = [...check.defects]
  if (imprint === 'mismatch') {
    broken.push('imprint-mismatch')
  }
  if (check.digest.result === 'mismatch') {
    broken.push('message-digest-mismatch')
  }
  if (check.signature === 'invalid') {
    broken.push('signature-invalid')
  }
  if (identification !== 'found' && identification !== 'absent') {
    broken.push(`signer-${identification}`)
  }
  if (embedded.some(({ status }) => status === 'damaged')) {
    broken.push('certificate-damaged')
  }
  const outcomes: Outcome[] = broken.map((code) => failed(name, 'FORMAT_FAILURE', `broken ${code}`))
  if (imprint === 'unsupported' || check.signature === 'unsupported') {
    outcomes.push(indeterminate(name, 'CRYPTO_CONSTRAINTS_FAILURE', 'algorithm-unsupported'))
  }
  if (identification === 'absent') {
    outcomes.push(indeterminate(name, 'NO_CERTIFICATE_CHAIN_FOUND', 'certificate-absent'))
  }
  const isOpen = embedded.some(
    ({ status, certificate }) =>
      status === 'unsupported' && certificate.sha256 !== facts.certificate?.sha256,
  )
  if (isOpen) {
    outcomes.push(indeterminate(name, 'CERTIFICATE_CHAIN_GENERAL_FAILURE', 'embedded-unsupported'))
  }
  if (tstInfo.hasCriticalExtension) {
    outcomes.push(failed(name, 'SIG_CONSTRAINTS_FAILURE', 'unknown-critical-extension'))
  }
  return outcomes
}

/** RFC 3161 §2.3: a certificate for time-stamping and nothing else, named by the ESS attribute. */
const judgeAuthority = (
  facts: ReadTimeStampFacts,
  policy: VerificationPolicy,
): readonly Outcome[] => {
  const outcomes: Outcome[] = []
  const country =
    facts.certificate === undefined ? null : nationalIdentity(facts.certificate).country
  if (facts.certificate !== undefined && !facts.isTimeStampCertificate) {
    outcomes.push(failed(name, 'SIG_CONSTRAINTS_FAILURE', 'not-a-time-stamp-certificate'))
  }
  if (facts.check.certificateReference === 'absent') {
    outcomes.push(
      ruleFor(policy.timeStampSigningCertificate, country) === 'required'
        ? failed(name, 'SIG_CONSTRAINTS_FAILURE', 'signing-certificate-missing')
        : passed(name, 'warning.signing-certificate-missing'),
    )
  }
  const stampPolicies = ruleFor(policy.timeStampPolicies, country)
  if (stampPolicies !== null && !isUnder(facts.tstInfo.policy, stampPolicies)) {
    outcomes.push(failed(name, 'SIG_CONSTRAINTS_FAILURE', 'time-stamp-policy-foreign'))
  }
  const { scheme } = facts.check
  if (
    scheme !== undefined &&
    (!policy.infrastructureSchemes.includes(scheme.id) ||
      hasEnded(policy, { scheme: scheme.id, at: facts.tstInfo.genTime }))
  ) {
    outcomes.push(failed(name, 'CRYPTO_CONSTRAINTS_FAILURE', `algorithm-weak ${scheme.id}`))
  }
  const leaf = facts.path?.result.checks.find(
    (check) => check.name === 'validity' && check.certificate === facts.certificate?.sha256,
  )
  if (leaf?.result === 'failed') {
    outcomes.push(failed(name, 'CHAIN_CONSTRAINTS_FAILURE', `authority-${leaf.code}`))
  }
  return outcomes
}

const isHistoricDigest = (oid: string): boolean => isKnownDigest(oid) && digestByOid(oid).historic

/** Everything that can be said for or against one time-stamp. Empty or all passed: it holds. */
export const judgeTimeStamp = (
  facts: TimeStampFacts,
  {
    policy,
    validationTime,
  }: { readonly policy: VerificationPolicy; readonly validationTime: Date },
): readonly Outcome[] => {
  if (!facts.readable) {
    return [failed(name, 'FORMAT_FAILURE', `broken ${facts.code}`)]
  }
  const { genTime, messageImprint } = facts.tstInfo
  const outcomes = [
    ...judgeStructure(facts),
    ...judgeAuthority(facts, policy),
    ...judgePath(name, { path: facts.path, policy }),
    ...judgeCurves(name, facts.path?.result.chain ?? [], policy),
    ...judgeSandbox(name, { path: facts.path, policy }),
    // A revoked TSA makes its stamp worthless, not the signature revoked.
    ...judgeRevocation(name, { path: facts.path, leaf: 'timeStampAuthority', policy }).map(
      (outcome): Outcome =>
        outcome.result === 'passed' || !outcome.subIndication.startsWith('REVOKED')
          ? outcome
          : failed(name, 'SIG_CONSTRAINTS_FAILURE', outcome.detail),
    ),
  ]
  if (isHistoricDigest(messageImprint.algorithm.oid)) {
    outcomes.push(failed(name, 'CRYPTO_CONSTRAINTS_FAILURE', 'imprint-algorithm-weak'))
  }
  if (genTime.getTime() > validationTime.getTime() + policy.clockSkewMs) {
    outcomes.push(indeterminate(name, 'TIMESTAMP_ORDER_FAILURE', 'later-than-validation-time'))
  }
  const notable = outcomes.filter(({ detail }) => detail !== undefined)
  return notable.length > 0 ? notable : [passed(name)]
}

/** Does a time-stamp prove the existence of what it stamps? */
export const holds = (outcomes: readonly Outcome[]): boolean =>
  outcomes.every(({ result }) => result === 'passed')
