/**
 * PostgreSQL that comes with Muhr: found, placed, made, started, adopted, watched and stopped.
 * @module
 */

export type { SocketConnection } from './connect.ts'
export { LauncherError, type LauncherErrorCode, type LauncherErrorData } from './error.ts'
export type { RunningPostgres } from './launch-postgres.ts'
export { type EmbeddedPostgresOptions, startEmbeddedPostgres } from './start-embedded-postgres.ts'
