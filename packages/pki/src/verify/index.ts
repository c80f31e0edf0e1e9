/**
 * Verification: facts, then judgement under a policy (design rule 4).
 * @module
 */
export type {
  ContainerFormat,
  ContainerKind,
  ContainerReading,
  RawSignature,
  SignatureReading,
} from './container-format.ts'
export { isSignatureContainer } from './container-formats.ts'
export { gatherFacts } from './gather-facts.ts'
export { isWorthRechecking } from './is-worth-rechecking.ts'
export { judge } from './judge.ts'
export type { MaterialItem, VerificationMaterial } from './material.ts'
export type {
  CheckName,
  Indication,
  ReportCheck,
  ReportSigner,
  SignatureFormat,
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
export { type StreamVerificationInput, verifySignatureStream } from './verify-signature-stream.ts'
export { type TimeStampReport, verifyTimeStamp } from './verify-time-stamp.ts'
