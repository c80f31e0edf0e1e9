/**
 * Goskey through the EPGU gateway: what is sent, and how results are taken.
 * @module
 */

export { toMoscowTime } from '../moscow-time.ts'
export {
  buildPackage,
  type GoskeyPackage,
  type MoreSignatures,
  packSigned,
  type SignFile,
} from './build-package.ts'
export { buildRequestXml } from './build-request-xml.ts'
export { checkContent } from './check-content.ts'
export {
  checkDocuments,
  requestFileName,
  signatureExtension,
  signConfigFileName,
} from './check-documents.ts'
export {
  checkPackage,
  goskeyPackageRules,
  type PackageCheck,
  type PackageRole,
  type PackageRules,
} from './check-package.ts'
export { checkRequest, requiredAttributes } from './check-request.ts'
export { documentOf, mediaTypeOf, type PackageDocument } from './documents.ts'
export type { GoskeyErrorData } from './error-data.ts'
export { documentOfFile } from './file-document.ts'
export { type Breadth, type DocumentLimits, documentLimits, requestLimits } from './limits.ts'
export {
  type GoskeyFailure,
  type GoskeyOrderDetails,
  type GoskeyOrderState,
  type GoskeyOrderStatus,
  goskeyOrderState,
} from './order-state.ts'
export { preflight } from './preflight.ts'
export { type RecognisedRequest, recogniseRequest } from './recognise-request.ts'
export type { GoskeyRecipient, GoskeyRequest, RequestAttribute } from './request.ts'
export {
  type ExpectedResults,
  expectResults,
  type ResultFault,
  type ResultFile,
  type ResultOrder,
} from './result-files.ts'
export { type GoskeyRule, goskeyRules, type Violation } from './rules.ts'
export { requestSchema, signConfigSchema } from './schemas.ts'
export {
  type GoskeyService,
  type GoskeyServiceName,
  goskeyServiceNames,
  goskeyServices,
  type RecipientKind,
  type RequestProfile,
  serviceOfNamespace,
} from './services.ts'
export { buildSignConfigXml, type SignConfig } from './sign-config.ts'
export {
  type IdentityFact,
  type ResultFacts,
  type ResultSigner,
  verifyResult,
} from './verify-result.ts'
