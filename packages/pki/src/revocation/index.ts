/**
 * Revocation: OCSP of RFC 6960 and lists of RFC 5280 §5, made, read and checked.
 * @module
 */
export { buildCrl, type CrlEntrySpec, type CrlSpec } from './build-crl.ts'
export {
  buildOcspFailure,
  buildOcspResponse,
  type OcspResponseSpec,
  type SingleResponseSpec,
} from './build-ocsp-response.ts'
export {
  type CertId,
  type CertificateAndIssuer,
  certIdMatches,
  certIdOf,
} from './cert-id.ts'
export { type CrlCheck, checkCrls } from './check-crl.ts'
export { checkOcsp, type OcspCheck } from './check-ocsp.ts'
export type { CrlEntries, CrlEntry } from './crl-entries.ts'
export { type CrlScope, crlIssuersOf, includesName } from './crl-scope.ts'
export { buildOcspRequest, type OcspRequest, parseOcspRequest } from './ocsp-request.ts'
export {
  type BasicOcspResponse,
  type CertStatus,
  type OcspResponse,
  type OcspStatus,
  parseOcspResponse,
  type ResponderId,
  type SingleResponse,
} from './ocsp-response.ts'
export { type CertificateList, parseCrl } from './parse-crl.ts'
export {
  type Freshness,
  type RevocationFact,
  type RevocationFailureCode,
  type RevocationReason,
  type RevocationSource,
  revocationReasons,
} from './types.ts'
