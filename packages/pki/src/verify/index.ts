/**
 * Verification: facts, then judgement under a policy (design rule 4).
 * @module
 */
export { gatherFacts } from './gather-facts.ts'
export { isWorthRechecking } from './is-worth-rechecking.ts'
export { judge } from './judge.ts'
export type { MaterialItem, VerificationMaterial } from './material.ts'
export type {
  CheckName,
  Indication,
  ReportCheck,
  ReportSigner,
  SignatureReport,
  SubIndication,
  VerificationReport,
} from './report.ts'
export type {
  RevocationSources,
  RevocationSubject,
  StoredMaterial,
  VerificationFacts,
  VerificationInput,
} from './types.ts'
export { type Verification, verifySignature } from './verify-signature.ts'
export { type TimeStampReport, verifyTimeStamp } from './verify-time-stamp.ts'
