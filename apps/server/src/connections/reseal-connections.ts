import type { AppContext } from '../app-context.ts'
import { openSecret, sealSecret } from './connection-secrets.ts'
import { recordConnectionEvent } from './record-connection-event.ts'

/**
 * Encrypts under the present secret key what lies under a former one, row by row, each in a transaction
 * of its own. What does not open is left as it is: its key may be put back.
 * @returns how many were encrypted anew, and how many do not open
 */
export async function resealConnections(
  app: Pick<AppContext, 'db' | 'secrets' | 'now' | 'log'>,
): Promise<{ readonly resealed: number; readonly unreadable: number }> {
  const rows = await app.db
    .selectFrom('connections')
    .select(['id', 'organisation_id', 'secret', 'secret_key_id'])
    .where('secret_key_id', 'is not', null)
    .where('secret_key_id', '!=', app.secrets.keyId)
    .execute()
  let resealed = 0
  let unreadable = 0
  for (const row of rows) {
    const hidden = openSecret(app.secrets, row)
    if (hidden === undefined) {
      unreadable += 1
      continue
    }
    await app.db.transaction().execute(async (tx) => {
      const changed = await tx
        .updateTable('connections')
        .set(sealSecret(app.secrets, row, hidden))
        .where('id', '=', row.id)
        // Another process may have been first, or somebody changed the settings.
        .where('secret', '=', row.secret)
        .returning('id')
        .executeTakeFirst()
      if (changed !== undefined) {
        resealed += 1
        await recordConnectionEvent(tx, {
          organisationId: row.organisation_id,
          connectionId: row.id,
          at: app.now(),
          type: 'resealed',
          actor: { kind: 'system' },
        })
      }
    })
  }
  if (unreadable > 0) {
    app.log.warn({ unreadable }, 'connections are encrypted under a secret key that is not set')
  }

  return { resealed, unreadable }
}
