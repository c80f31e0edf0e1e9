/**
 * Evidence bundles: build, read, judge again offline.
 * @module
 */
export { canonicalJson } from './canonical-json.ts'
export { EvidenceError, type EvidenceErrorCode } from './error.ts'
export {
  type AuditEvent,
  type ChainedEvent,
  chainHash,
  checkEventChain,
  genesisHash,
} from './event-chain.ts'
export { type BundleFile, type BundleLayout, layOutBundle } from './lay-out-bundle.ts'
export { type Manifest, manifestPath, manifestTimestampPath } from './manifest.ts'
export { type BundleFiles, readBundle } from './read-bundle.ts'
export type { EvidenceSource } from './source.ts'
export { writeBundle } from './write-bundle.ts'
