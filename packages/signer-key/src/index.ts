/**
 * Signer keys: every way in which a sending organisation makes its seals, behind one interface.
 * @module
 */
export { openAttendedKey } from './attended/open-attended-key.ts'
export {
  type AcceptedSeal,
  acceptSealBatch,
  type SealBatch,
  type SealBatchItem,
  type SealBatchView,
  type SubmittedSeal,
  viewSealBatch,
} from './attended/seal-batch.ts'
export {
  expectReady,
  findReadinessFaults,
  type ReadinessCode,
  type RevocationAnswer,
} from './check-readiness.ts'
export { checkSeal, type ExpectedSeal } from './check-seal.ts'
export { createUnattendedKey, type RawSeal, type SealMaker } from './create-unattended-key.ts'
export { type CspSettings, type CspTool, readThumbprint } from './csp/csp-settings.ts'
export { openCspKey, readCspCertificate } from './csp/open-csp-key.ts'
export {
  describeSignerKey,
  type SignerIdentifiers,
  type SignerKeyDescription,
} from './describe-signer-key.ts'
export {
  isSignerKeyError,
  SignerKeyError,
  type SignerKeyErrorCode,
  type SignerKeyErrorData,
} from './error.ts'
export { openPkcs11Key, readTokenCertificate } from './pkcs11/open-pkcs11-key.ts'
export { checkPkcs11Settings, type Pkcs11Settings } from './pkcs11/pkcs11-settings.ts'
export { openRemoteKey, readRemoteCertificate } from './remote/open-remote-key.ts'
export type { RemoteIo } from './remote/post.ts'
export { type RemoteSettings, readServiceAddress } from './remote/remote-settings.ts'
export type {
  Attendance,
  AttendedSignerKey,
  SealOptions,
  SignerKey,
  SignerKeyKind,
  UnattendedSignerKey,
} from './signer-key.ts'
export { openSoftwareKey, type SoftwareKeySource } from './software/open-software-key.ts'
export { tryKey } from './try-key.ts'
