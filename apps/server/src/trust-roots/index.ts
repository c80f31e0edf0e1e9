/**
 * The trust folder of an installation: what is in it, what may come into it. No database and no HTTP:
 * the command line uses it too.
 * @module
 */
export { type AnchorFault, type AnchorJudgement, judgeAnchor } from './judge-anchor.ts'
export { isAuthority, readCertificates } from './read-certificates.ts'
export {
  addToTrustFolder,
  certificateFiles,
  readTrustFolder,
  removeFromTrustFolder,
  type TrustedCertificate,
} from './trust-folder.ts'
