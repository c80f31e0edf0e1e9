import type { AppContext } from '../app-context.ts'
import { resealRows } from '../instance/reseal-rows.ts'
import { openSecret, sealSecret } from './connection-secrets.ts'
import { recordConnectionEvent } from './record-connection-event.ts'

/** Encrypts secrets of connections under the present secret key: {@link resealRows}. */
export async function resealConnections(
  app: Pick<AppContext, 'db' | 'secrets' | 'now' | 'log'>,
): Promise<{ readonly resealed: number; readonly unreadable: number }> {
  const rows = await app.db
    .selectFrom('connections')
    .select(['id', 'organisation_id', 'secret', 'secret_key_id'])
    .where('secret_key_id', 'is not', null)
    .where('secret_key_id', '!=', app.secrets.keyId)
    .execute()

  return resealRows(app, {
    what: 'connections',
    rows,
    open: (row) => openSecret(app.secrets, row),
    write: async (tx, row, hidden) => {
      const changed = await tx
        .updateTable('connections')
        .set(sealSecret(app.secrets, row, hidden))
        .where('id', '=', row.id)
        // Another process may have been first, or somebody changed the settings.
        .where('secret', '=', row.secret)
        .returning('id')
        .executeTakeFirst()
      if (changed === undefined) {
        return false
      }
      await recordConnectionEvent(tx, {
        organisationId: row.organisation_id,
        connectionId: row.id,
        at: app.now(),
        type: 'resealed',
        actor: { kind: 'system' },
      })

      return true
    },
  })
}
