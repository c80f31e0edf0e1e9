/**
 * Time-stamp protocol (RFC 3161, RFC 5816): ask, answer, read.
 * @module
 */
export { acceptTimeStampResponse } from './accept-response.ts'
export { buildTimeStampToken, type TimeStampAuthority } from './build-token.ts'
export {
  buildTimeStampRequest,
  parseTimeStampRequest,
  type TimeStampRequest,
} from './request.ts'
export {
  buildTimeStampResponse,
  parseTimeStampResponse,
  type TimeStampFailure,
  type TimeStampResponse,
  type TimeStampStatus,
  timeStampTokenOf,
} from './response.ts'
export { type MessageImprint, parseTstInfo, type TstInfo } from './tst-info.ts'
