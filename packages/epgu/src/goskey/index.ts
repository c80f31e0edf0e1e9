/**
 * Goskey through the EPGU gateway: what is sent, and how results are taken.
 * @module
 */
export type { GoskeyErrorData } from './error-data.ts'
