/**
 * The API of Gosuslugi (EPGU) for information systems: ESIA tokens by API-Key and the gateway.
 * `fetch`, clock and signing are passed in; it knows no database and no web framework.
 * @module
 */

export type { Action, CodeEntry } from './codes/code-entry.ts'
export { EpguError, type EpguErrorCode, type EpguErrorData, isEpguError } from './error.ts'
export { type ApiKey, parseApiKey } from './esia/api-key.ts'
export {
  type ApiKeySignature,
  apiKeyContent,
  apiKeySignatureLifeMs,
  type Sign,
  signApiKey,
} from './esia/api-key-signature.ts'
export { type EsiaCode, esiaCodes, isEsiaCode } from './esia/esia-codes.ts'
export { type EsiaClaims, type EsiaToken, readClaims } from './esia/token.ts'
export {
  createTokenSource,
  renewBeforeMs,
  type TokenSource,
  type TokenSourceOptions,
} from './esia/token-source.ts'
export type { AnswerFault } from './http/answer-fault.ts'
export type { BackOff } from './http/back-off.ts'
export { type Fetch, type FetchInit, type Io, systemIo } from './http/io.ts'
