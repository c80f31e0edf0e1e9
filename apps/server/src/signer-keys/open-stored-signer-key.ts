import type { SignerKey } from '@muhr/signer-key'
import type { Config } from '../config/index.ts'
import { Problem } from '../http/problems.ts'
import { readInstanceKey } from '../instance/instance-key.ts'
import { openSecretBox } from '../instance/secret-box.ts'
import { withDatabase } from '../instance/with-database.ts'
import { findSignerKey } from './find-signer-keys.ts'
import { needsAcknowledgement, openRow } from './load-signer-key.ts'

/**
 * Opens a signer key of this installation for a command, beside a running server or without one. Whoever
 * can read the data folder may ask.
 *
 * @throws Problem `request.not-found`, `key.removed`, `key.unacknowledged`, `key.secret-unreadable`;
 *   SignerKeyError when it does not open
 */
export function openStoredSignerKey(config: Config, id: string): Promise<SignerKey> {
  return withDatabase(config, async (db) => {
    const owner = await db
      .selectFrom('signer_keys as k')
      .innerJoin('organisations as o', 'o.id', 'k.organisation_id')
      .select(['o.id', 'o.sandbox'])
      .where('k.id', '=', id)
      .executeTakeFirst()
    const row = owner === undefined ? undefined : await findSignerKey(db, owner.id, id)
    if (row === undefined) {
      throw new Problem('request.not-found', 'There is no such key.')
    }
    if (row.removed_at !== null) {
      throw new Problem('key.removed', 'The key was removed.')
    }
    if (owner?.sandbox !== true && needsAcknowledgement(row)) {
      throw new Problem(
        'key.unacknowledged',
        'A key in a file may not sign in live mode by itself.',
      )
    }
    const secrets = openSecretBox(config, await readInstanceKey(config.dataDir))

    return openRow({ config, secrets }, row)
  })
}
