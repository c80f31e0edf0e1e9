/**
 * Evidence made on the spot, for tests: keys, signatures, bundles.
 * @module
 */
export {
  chainEvents,
  collect,
  makeEvidence,
  signWith,
  stampOver,
  type TestEvidence,
  type TestEvidenceOptions,
  testTimes,
} from './make-evidence.ts'
export { type PackedFile, packZip } from './pack-zip.ts'
export { rootsPem, type TestIdentity, type TestPki, testPki, trustIn } from './test-pki.ts'
