/**
 * Evidence bundles: build, read, judge again offline.
 * @module
 */
export { canonicalJson } from './canonical-json.ts'
export {
  type DamageReason,
  EvidenceError,
  type EvidenceErrorCode,
  type EvidenceErrorData,
} from './error.ts'
export {
  type AuditEvent,
  type ChainedEvent,
  chainHash,
  checkEventChain,
  genesisHash,
} from './event-chain.ts'
export {
  type BundleReport,
  type BundleSignatureReport,
  type JudgeOptions,
  judgeBundle,
  type UncountedSignature,
} from './judge/judge-bundle.ts'
export type { ManifestTimestamp } from './judge/judge-time-stamp.ts'
export type { BundleCheck, BundleCheckName } from './judge/outcome.ts'
export { verifyBundle } from './judge/verify-bundle.ts'
export { type BundleFile, type BundleLayout, layOutBundle } from './lay-out-bundle.ts'
export { type Manifest, manifestPath, manifestTimestampPath } from './manifest.ts'
export { type BundleFiles, looksLikeBundle, readBundle } from './read-bundle.ts'
export type { EvidenceSource } from './source.ts'
export { type StampMaterial, writeBundle } from './write-bundle.ts'
