/**
 * For tests and measurements: which implementation computes.
 * @module
 */
export { GOST_BACKENDS, selectGostBackend } from './wasm/backend.ts'
