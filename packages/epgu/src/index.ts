/**
 * The API of Gosuslugi (EPGU) for information systems: ESIA tokens by API-Key and the gateway.
 * `fetch`, clock and signing are passed in; it knows no database and no web framework.
 * @module
 */

export {
  type AnswerFault,
  type BackOff,
  type Fetch,
  type FetchInit,
  firstSignal,
  type Io,
  systemIo,
} from '@muhr/http'
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
export type { BulkOptions, BulkStatus, StatusPage } from './gateway/bulk-statuses.ts'
export type { CancelOptions } from './gateway/cancel-order.ts'
export type { GatewayExchange, GatewayLimits, GatewayOptions } from './gateway/context.ts'
export { type Contour, type ContourName, contours } from './gateway/contours.ts'
export { createGateway, type Gateway } from './gateway/create-gateway.ts'
export type {
  DictionaryItem,
  DictionaryPage,
  DictionaryQuery,
  FieldError,
} from './gateway/dictionary.ts'
export type { Download, DownloadOptions } from './gateway/download-file.ts'
export { type EpguCode, epguCodes, isEpguCode } from './gateway/epgu-codes.ts'
export { type FileAddress, parseFileLink } from './gateway/file-address.ts'
export type { OrderMeta } from './gateway/meta.ts'
export type { Operation } from './gateway/operation.ts'
export type { Order, OrderDetails, OrderFile, OrderStatus } from './gateway/order.ts'
export type { OrderDetailsOptions } from './gateway/order-details.ts'
export { type OrderId, parseOrderId } from './gateway/order-id.ts'
export { type PackageSource, sourceFromBlob, sourceFromBytes } from './gateway/package-source.ts'
export { type Chunk, chunkLimits, planChunks, pushMaxBytes } from './gateway/plan-chunks.ts'
export { type PortalStage, type PortalStatus, portalStatuses } from './gateway/portal-statuses.ts'
export {
  isProcessingState,
  type ProcessingEntry,
  type ProcessingState,
  processingStates,
} from './gateway/processing-states.ts'
export type { ChunkedPush, UploadProgress } from './gateway/push-chunks.ts'
export type { Push } from './gateway/push-order.ts'
export { readOrderDetails } from './gateway/read-order.ts'
export { formatMoscowTime, parsePortalTime } from './moscow-time.ts'
export {
  createOrderQuota,
  type OrderPlaces,
  type OrderQuota,
  type OrderQuotaKey,
  type OrderQuotaOptions,
} from './quota/order-quota.ts'
export type { Place } from './quota/quota.ts'
export {
  createRequestQuota,
  defaultRequestLimits,
  type RequestLimits,
  type RequestQuota,
} from './quota/request-quota.ts'
