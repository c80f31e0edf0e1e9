/**
 * What every client of a national service needs of HTTP: one exchange that tells a lost answer from a
 * request that never left, bodies under limits, JSON that is hostile until read, words fit for an error.
 * `fetch`, clock and timers are passed in.
 * @module
 */
export type { AnswerFault } from './answer-fault.ts'
export {
  type BackOff,
  defaultBackOff,
  isPassing,
  readRetryAfter,
  waitBeforeRepeat,
} from './back-off.ts'
export { parseBaseUrl } from './base-url.ts'
export { type Exchanged, type ExchangeRequest, exchange, type StreamedBody } from './exchange.ts'
export { endExchange, firstSignal } from './exchange-end.ts'
export { type Fetch, type FetchInit, type Io, systemIo } from './io.ts'
export {
  digitsOf,
  flagOf,
  integerOf,
  isRecord,
  type JsonLimits,
  type JsonReading,
  type JsonRecord,
  memberOf,
  readJson,
  recordsOf,
  textOf,
} from './json.ts'
export { type BodyReading, discardBody, readBody } from './read-body.ts'
export {
  isJsonArray,
  isJsonObject,
  isLongText,
  type JsonArray,
  type JsonFault,
  type JsonObject,
  type JsonOctetsLimits,
  JsonRefusal,
  type JsonValue,
  type LongText,
  readJsonOctets,
} from './read-json-octets.ts'
export { redact } from './redact.ts'
export { streamBody } from './stream-body.ts'
