import { createLoginLink } from '../auth/sessions.ts'
import type { Config } from '../config/index.ts'
import { withDatabase } from './with-database.ts'

const linkLifeMs = 3_600_000

/**
 * A new one-time login link for the owner of an organisation (without an id: of the first one), good for
 * an hour: the way back in when the printed one was used. Whoever can read the data folder may ask.
 * Undefined when there is no such organisation.
 */
export function createNewLoginLink(
  config: Config,
  organisationId?: string,
): Promise<string | undefined> {
  return withDatabase(config, async (db) => {
    const owner = await db
      .selectFrom('users')
      .select('id')
      .where('role', '=', 'owner')
      .$if(organisationId !== undefined, (query) =>
        query.where('organisation_id', '=', organisationId ?? ''),
      )
      .orderBy('id')
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
  })
}
