/**
 * Evidence made on the spot, for tests: keys, signatures, bundles.
 * @module
 */

export { type PackedFile, packZip } from '@muhr/zip'
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
export { rootsPem, type TestIdentity, type TestPki, testPki, trustIn } from './test-pki.ts'
