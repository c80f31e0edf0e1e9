import type { VerificationPolicy } from '../policy/index.ts'
import { buildSignatureReport, isSandbox } from './build-report.ts'
import { judgeSigner } from './judge-signer.ts'
import { type Verdict, verdictOf } from './outcome.ts'
import type { SignatureReport, VerificationReport } from './report.ts'
import type { SignerFacts, VerificationFacts } from './types.ts'

/**
 * Judges the facts of a container under a policy, in the words of ETSI EN 319 102-1 §5.1.3. Pure: the
 * same facts and policy give the same report, at any later time (design rule 4). The whole is as good
 * as its worst signature; completion of anything still needs the signature of the expected person.
 */
export const judge = (facts: VerificationFacts, policy: VerificationPolicy): VerificationReport => {
  const { container } = facts
  const base = {
    policy: policy.name,
    validationTime: facts.validationTime.toISOString(),
    sandbox: isSandbox(facts),
  }
  // RFC 5652 §5.1 allows a SignedData of no signers: nobody signed, so nothing is valid.
  if (!container.readable || facts.signers.length === 0) {
    const verdict: Verdict = { indication: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' }
    const code = container.readable ? 'cms.no-signers' : container.code
    return { ...verdict, code, ...base, signatures: [] }
  }
  const judgeOne = (signer: SignerFacts): SignatureReport => {
    const signerCase = { facts, container, signer, policy }
    const report = buildSignatureReport(signerCase, judgeSigner(signerCase))
    return signer.counterSignatures.length === 0
      ? report
      : { ...report, counterSignatures: signer.counterSignatures.map(judgeOne) }
  }
  const signatures = facts.signers.map(judgeOne)
  const worst = verdictOf(signatures.flatMap(({ subIndication }) => subIndication ?? []))
  return { ...worst, ...base, signatures }
}
