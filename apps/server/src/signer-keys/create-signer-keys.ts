import { instantOf } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'
import type { SignerKeys } from '../seals/signer-keys.ts'
import { rememberRevocation } from './ask-revocation.ts'
import { findSignerKey } from './find-signer-keys.ts'
import { loadSignerKey } from './load-signer-key.ts'

/** The organisation's signer keys as the core seals with them: stored ones, each checked before it signs. */
export function createSignerKeys(
  app: Pick<AppContext, 'db' | 'config' | 'secrets' | 'trust' | 'now'>,
): SignerKeys {
  const revocationOf = rememberRevocation(app)

  return {
    find: async ({ organisationId, connectionId, key }) => {
      const id = key ?? (await chosenKey(app, organisationId, connectionId))
      const row = id === undefined ? undefined : await findSignerKey(app.db, organisationId, id)

      return row === undefined || row.removed_at !== null
        ? undefined
        : {
            id: row.id,
            attendance: row.attendance,
            until: instantOf(new Date(row.not_after)),
          }
    },
    openAttended: async ({ organisationId, key: id }) => {
      const { key } = await loadSignerKey(app, organisationId, id)
      if (key.attendance !== 'attended') {
        throw new Problem('seal.key', 'The key signs by itself and needs no clerk.')
      }
      const { certificate, sha256 } = key.description

      return { key, revocation: await revocationOf(certificate, sha256) }
    },
    sign: async ({ organisationId, key: id, items, signal }) => {
      const { key } = await loadSignerKey(app, organisationId, id)
      if (key.attendance === 'attended') {
        throw new Problem('key.attended', 'The key signs by the hand of its clerk alone.')
      }
      const { certificate, sha256 } = key.description
      const revocation = await revocationOf(certificate, sha256)
      const seals: Uint8Array[] = []
      // One after another: a token or a program may serve one caller at a time.
      for (const item of items) {
        const signingTime = app.now()
        seals.push(await key.signDetached(item.open(), { signingTime, revocation, signal }))
      }

      return seals
    },
  }
}

/** The id of the key that was chosen for a connection. */
async function chosenKey(
  app: Pick<AppContext, 'db'>,
  organisationId: string,
  connectionId: string,
): Promise<string | undefined> {
  const choice = await app.db
    .selectFrom('signer_key_choices')
    .select('signer_key_id')
    .where('organisation_id', '=', organisationId)
    .where('connection_id', '=', connectionId)
    .executeTakeFirst()

  return choice?.signer_key_id
}
