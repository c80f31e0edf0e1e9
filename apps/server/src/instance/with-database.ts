import type { Config } from '../config/index.ts'
import { startEmbeddedPostgres } from '../database/launcher/index.ts'
import { migrateDatabase } from '../database/migrate.ts'
import { type Database, openDatabase } from '../database/open-database.ts'

/**
 * Runs one piece of work on the installation's database, beside a running server or without one: joins
 * or starts the built-in PostgreSQL, and leaves everything as it found it.
 */
export async function withDatabase<T>(
  config: Config,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const postgres =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({ dataDir: config.postgresDir, log: () => undefined })
      : undefined
  const db = openDatabase(
    postgres === undefined
      ? { kind: 'url', url: config.databaseUrl ?? '' }
      : { kind: 'socket', ...postgres.connection },
    1,
  )
  try {
    await migrateDatabase(db)

    return await work(db)
  } finally {
    await db.destroy()
    await postgres?.stop()
  }
}
