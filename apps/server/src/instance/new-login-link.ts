import { createLoginLink } from '../auth/sessions.ts'
import type { Config } from '../config/index.ts'
import { startEmbeddedPostgres } from '../database/launcher/index.ts'
import { migrateDatabase } from '../database/migrate.ts'
import { openDatabase } from '../database/open-database.ts'

const linkLifeMs = 3_600_000

/**
 * A new one-time login link for the owner of the sandbox, good for an hour: the way back in when the
 * printed one was used. Whoever can read the data folder may ask. Undefined when no sandbox was ever
 * started on this data folder.
 */
export async function createNewLoginLink(config: Config): Promise<string | undefined> {
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
    const owner = await db
      .selectFrom('users as u')
      .innerJoin('organisations as o', 'o.id', 'u.organisation_id')
      .select('u.id')
      .where('o.sandbox', '=', true)
      .where('u.role', '=', 'owner')
      .orderBy('u.id')
      .limit(1)
      .executeTakeFirst()
    if (owner === undefined) {
      return undefined
    }
    const token = await createLoginLink(db, {
      userId: owner.id,
      now: new Date(),
      lifeMs: linkLifeMs,
    })

    return `${config.publicUrl}/login/${token}`
  } finally {
    await db.destroy()
    await postgres?.stop()
  }
}
