/**
 * The API of Gosuslugi (EPGU) for information systems: ESIA tokens by API-Key and the gateway.
 * `fetch`, clock and signing are passed in; it knows no database and no web framework.
 * @module
 */
export { EpguError, type EpguErrorCode, type EpguErrorData, isEpguError } from './error.ts'
