/**
 * The service side of eGov Mobile QR and cross signing (Kazakhstan): the text of the QR code, cross
 * links, API #1, API #2, and the answers the app expects. Knows no server, no database and no clock
 * of its own; signatures are handed over as bytes and verified by the caller.
 * @module
 */

export type { JsonFault } from '@muhr/http'
export { type Api1Body, buildApi1Body } from './api1/build-api1-body.ts'
export { type Handled, handleApi1 } from './api1/handle-api1.ts'
export { type Api2Body, type Api2Document, api2Version } from './api2/api2-body.ts'
export { handleApi2Get } from './api2/handle-api2-get.ts'
export { type Api2Stream, streamApi2Body } from './api2/stream-api2-body.ts'
export {
  type DecodedSignature,
  decodeSignatureValue,
  type SignatureSpelling,
} from './codec/decode-signature-value.ts'
export {
  EgovMobileError,
  type EgovMobileErrorCode,
  type EgovMobileErrorData,
  type UrlFault,
} from './error.ts'
export { isAuthentic } from './http/is-authentic.ts'
export type { RequestHeaders, ServiceReply, ServiceRequest } from './http/message.ts'
export { type AppLocale, appLocales, readLocale } from './http/read-locale.ts'
export {
  type AppText,
  type RefusalCode,
  type RefusalEntry,
  refusals,
  type SignatureRefusalCode,
} from './http/refusals.ts'
export {
  canceledReply,
  jsonReply,
  methodNotAllowedReply,
  refusalReply,
  type SuccessForm,
  successReply,
} from './http/reply.ts'
export {
  assertServiceUrl,
  findUrlFault,
  hasMgovSignMarker,
  isLoopbackHost,
} from './links/assert-service-url.ts'
export { type CrossLinkOptions, crossLink } from './links/cross-link.ts'
export { encodeLinkValue, type LinkEncoder } from './links/encode-link-value.ts'
export { type App, type Launcher, launcherTemplate, type Platform } from './links/launcher.ts'
export { qrContent } from './links/qr-content.ts'
export type { PutDifference, PutFault } from './put/compare-put.ts'
export { defaultBodyLimitBytes, putBodyLimitBytes } from './put/put-body-limit.ts'
export {
  type PutReading,
  type ReadPutOptions,
  type ReturnedSignature,
  readPut,
} from './put/read-put.ts'
export { assertSession, assertSignMethod } from './session/assert-session.ts'
export type {
  DocumentData,
  MetaPair,
  Names,
  Organisation,
  Session,
  SessionAuth,
  SessionClosed,
  SessionDocument,
} from './session/session.ts'
export { sessionRefusal } from './session/session-refusal.ts'
export {
  type AuthType,
  authTypes,
  isSupportedSignMethod,
  type SignMethod,
  type SimpleSignMethod,
  type SupportedAuthType,
  type SupportedSignMethod,
  signMethods,
  simpleSignMethods,
  supportedAuthTypes,
  supportedSignMethods,
} from './sign-method.ts'
