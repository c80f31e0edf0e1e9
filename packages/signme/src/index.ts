/**
 * Sign.Me: requests for a signature, their status, the signatures, and what the service calls back.
 * `fetch` and clock are passed in; it knows no envelopes, no database and no web framework.
 * @module
 */
export { type Fetch, type FetchInit, type Io, systemIo } from '@muhr/http'
export type { CheckOptions } from './client/check.ts'
export type { SignmeExchange, SignmeIo, SignmeLimits, SignmeOptions } from './client/context.ts'
export { createSignme, type Signme } from './client/create-signme.ts'
export { md5Of, type SentFile, type SignmeFile, safeFileName } from './client/files.ts'
export { readSaidTime, type SaidTime } from './client/moments.ts'
export type { Precheck, PrecheckFinding } from './client/precheck.ts'
export {
  type CertificateStatus,
  certificateStatuses,
  type SaidCompany,
  type SaidPerson,
  type SaidSignature,
} from './client/read-check.ts'
export type { Rejection, RejectOptions } from './client/reject.ts'
export type { ResultPage } from './client/result-page.ts'
export type {
  SignedFilesRequest,
  SignedRequest,
  SignFilesRequest,
  SignOptions,
  SignRequest,
} from './client/sign.ts'
export { type Company, normalisePhone, type Signer } from './client/signer.ts'
export {
  type AskOptions,
  type SignmeState,
  type SignmeStatus,
  type StatusNumber,
  signmeStatuses,
} from './client/status.ts'
export {
  isSignmeError,
  type RefusedData,
  type RetryClass,
  retryClassOf,
  SignmeError,
  type SignmeErrorCode,
  type SignmeErrorData,
  type UnreadableReason,
} from './error.ts'
export {
  type Md5,
  parseMd5,
  parseSuffix,
  parseUuid,
  type RequestSuffix,
  type RequestUuid,
  requestIdOf,
} from './handles.ts'
export {
  computeGostHashes,
  type GostHashes,
  type GostHashVariant,
  matchGostHash,
} from './notification/gost-hashes.ts'
export {
  type Notification,
  parseNotification,
  redactNotification,
} from './notification/parse-notification.ts'
export type { ErrorGroup, Operation } from './operation.ts'
export {
  type NeutralCode,
  type RefusalEntry,
  type RefusalsOf,
  refusals,
} from './refusals/refusals.ts'
export {
  parseReturn,
  type ReturnErrorNumber,
  type Returned,
  returnErrors,
} from './return/parse-return.ts'
export { buildReturnUrl, type ReturnAddress } from './return/return-address.ts'
export type { Wire } from './wire/request-body.ts'
