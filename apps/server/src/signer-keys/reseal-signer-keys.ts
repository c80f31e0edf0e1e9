import type { AppContext } from '../app-context.ts'
import { openMaterial, sealMaterial } from './key-material.ts'
import { recordKeyEvent } from './record-key-event.ts'

/**
 * Encrypts under the present secret key what lies under a former one, row by row, each in a transaction
 * of its own. What does not open is left as it is: its key may be put back.
 * @returns how many were encrypted anew, and how many do not open
 */
export async function resealSignerKeys(
  app: Pick<AppContext, 'db' | 'secrets' | 'now' | 'log'>,
): Promise<{ readonly resealed: number; readonly unreadable: number }> {
  const rows = await app.db
    .selectFrom('signer_keys')
    .select(['id', 'organisation_id', 'secret', 'secret_key_id'])
    .where('secret_key_id', 'is not', null)
    .where('secret_key_id', '!=', app.secrets.keyId)
    .where('removed_at', 'is', null)
    .execute()
  let resealed = 0
  let unreadable = 0
  for (const row of rows) {
    const owner = { organisationId: row.organisation_id, keyId: row.id }
    const material = openMaterial(app.secrets, owner, row)
    if (material === undefined) {
      unreadable += 1
      continue
    }
    await app.db.transaction().execute(async (tx) => {
      const changed = await tx
        .updateTable('signer_keys')
        .set(sealMaterial(app.secrets, owner, material))
        .where('id', '=', row.id)
        // Another process may have been first, or removed the key.
        .where('secret_key_id', '=', row.secret_key_id)
        .returning('id')
        .executeTakeFirst()
      if (changed !== undefined) {
        resealed += 1
        const event = {
          at: app.now(),
          type: 'resealed' as const,
          actor: { kind: 'system' as const },
        }
        await recordKeyEvent(tx, { ...owner, ...event })
      }
    })
  }
  if (unreadable > 0) {
    app.log.warn({ unreadable }, 'signer keys are encrypted under a secret key that is not set')
  }

  return { resealed, unreadable }
}
