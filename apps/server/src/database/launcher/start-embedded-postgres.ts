import path from 'node:path'
import { findEmbeddedBinaries } from './binaries.ts'
import { type LaunchLog, launchPostgres, type RunningPostgres } from './launch-postgres.ts'

export type EmbeddedPostgresOptions = {
  /** Folder of its own inside MUHR_DATA; made when missing. */
  readonly dataDir: string
  readonly log: LaunchLog
  readonly signal?: AbortSignal | undefined
  /** Told when the server died while in use and could not be brought back. */
  readonly onLost?: ((error: unknown) => void) | undefined
}

/**
 * Starts the built-in PostgreSQL 18 on a unix socket in `dataDir`, or joins the one that runs there:
 * a first start makes the database (about a second), a later one takes tenths of a second.
 *
 * Nothing but a socket with mode 0700 leads to it, so there is no password. As root it runs as
 * `nobody`. Its writes are durable.
 *
 * @throws LauncherError with one of `LauncherErrorCode`
 * @example
 * const postgres = await startEmbeddedPostgres({ dataDir: 'data/postgres', log: console.error })
 * const pool = new Pool(postgres.connection)
 * await postgres.stop()
 */
export async function startEmbeddedPostgres({
  dataDir,
  log,
  signal,
  onLost,
}: EmbeddedPostgresOptions): Promise<RunningPostgres> {
  return launchPostgres({
    stateDir: path.resolve(dataDir),
    binaries: findEmbeddedBinaries(),
    log,
    signal,
    onLost,
  })
}
