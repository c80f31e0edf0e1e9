import type { AppContext } from '../app-context.ts'
import { resealRows } from '../instance/reseal-rows.ts'
import { openMaterial, sealMaterial } from './key-material.ts'
import { recordKeyEvent } from './record-key-event.ts'

/** Encrypts signer keys under the present secret key: {@link resealRows}. */
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
  const ownerOf = (row: (typeof rows)[number]) => ({
    organisationId: row.organisation_id,
    keyId: row.id,
  })

  return resealRows(app, {
    what: 'signer keys',
    rows,
    open: (row) => openMaterial(app.secrets, ownerOf(row), row),
    write: async (tx, row, material) => {
      const owner = ownerOf(row)
      const changed = await tx
        .updateTable('signer_keys')
        .set(sealMaterial(app.secrets, owner, material))
        .where('id', '=', row.id)
        // Another process may have been first, or removed the key.
        .where('secret_key_id', '=', row.secret_key_id)
        .returning('id')
        .executeTakeFirst()
      if (changed === undefined) {
        return false
      }
      await recordKeyEvent(tx, {
        ...owner,
        at: app.now(),
        type: 'resealed',
        actor: { kind: 'system' },
      })

      return true
    },
  })
}
