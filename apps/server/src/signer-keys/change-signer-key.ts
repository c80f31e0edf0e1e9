import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { json, type Queryable } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import { findSignerKey, type SignerKeyRow } from './find-signer-keys.ts'
import { recordKeyEvent } from './record-key-event.ts'

type App = Pick<AppContext, 'now'>
type Named = { readonly caller: Caller; readonly id: string }

/**
 * A key that can still be used.
 * @throws Problem `request.not-found`, `key.removed`
 */
export async function expectSignerKey(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<SignerKeyRow> {
  const row = await findSignerKey(db, organisationId, id)
  if (row === undefined) {
    throw new Problem('request.not-found', 'There is no such key.')
  }
  if (row.removed_at !== null) {
    throw new Problem('key.removed', 'The key was removed.')
  }

  return row
}

/**
 * Records who knows that a key in a file, without a certified tool, is to sign in live mode (Russian law
 * wants such a tool for qualified signatures). Once given it stays; a repeat changes nothing.
 * @throws Problem `request.not-found`, `key.removed`, `key.refused` for a key that needs none
 */
export async function acknowledgeSignerKey(
  app: App,
  db: Queryable,
  { caller, id }: Named,
): Promise<void> {
  const row = await expectSignerKey(db, caller.organisationId, id)
  if (!['pkcs12', 'pem', 'cryptopro-container'].includes(row.kind)) {
    throw new Problem('key.refused', 'Only keys in files need an acknowledgement.')
  }
  const changed = await db
    .updateTable('signer_keys')
    .set({ acknowledged_at: app.now(), acknowledged_by: json(caller.actor) })
    .where('id', '=', id)
    .where('organisation_id', '=', caller.organisationId)
    .where('acknowledged_at', 'is', null)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (changed !== undefined) {
    await record(app, db, { caller, id, type: 'acknowledged' })
  }
}

/**
 * Makes a key the one that a connection seals with by default.
 * @throws Problem `request.not-found` (no such key), `key.removed`, `key.refused` (no such connection)
 */
export async function chooseSignerKey(
  app: App,
  db: Queryable,
  { caller, id, connection }: Named & { readonly connection: string },
): Promise<void> {
  const { organisationId } = caller
  // A removal at the same moment waits, and then takes this choice away too.
  await db.selectFrom('signer_keys').select('id').where('id', '=', id).forShare().execute()
  await expectSignerKey(db, organisationId, id)
  const known = await db
    .selectFrom('connections')
    .select('id')
    .where('id', '=', connection)
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  if (known === undefined) {
    throw new Problem('key.refused', 'There is no such connection.', {
      fields: [
        {
          field: 'connection',
          code: 'connection.unknown',
          advice: 'Choose one of the connections that GET /v1/providers lists.',
        },
      ],
    })
  }
  const choice = { organisation_id: organisationId, signer_key_id: id, chosen_at: app.now() }
  await db
    .insertInto('signer_key_choices')
    .values({ ...choice, connection_id: connection })
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet(choice))
    .execute()
  await record(app, db, { caller, id, type: 'chosen', data: { connection } })
}

/**
 * Removes a key: its secret is erased, connections lose it as their default, its history stays. Removing
 * it again changes nothing.
 * @throws Problem `request.not-found`
 */
export async function removeSignerKey(
  app: App,
  db: Queryable,
  { caller, id }: Named,
): Promise<void> {
  const { organisationId } = caller
  if ((await findSignerKey(db, organisationId, id)) === undefined) {
    throw new Problem('request.not-found', 'There is no such key.')
  }
  const removed = await db
    .updateTable('signer_keys')
    .set({ removed_at: app.now(), secret: null, secret_key_id: null })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (removed === undefined) {
    return
  }
  await db
    .deleteFrom('signer_key_choices')
    .where('signer_key_id', '=', id)
    .where('organisation_id', '=', organisationId)
    .execute()
  await record(app, db, { caller, id, type: 'removed' })
}

function record(
  app: App,
  db: Queryable,
  event: Named & {
    readonly type: 'acknowledged' | 'chosen' | 'removed'
    readonly data?: Readonly<Record<string, string>>
  },
): Promise<void> {
  const { caller, id, type, data } = event

  return recordKeyEvent(db, {
    organisationId: caller.organisationId,
    keyId: id,
    at: app.now(),
    actor: caller.actor,
    type,
    ...(data === undefined ? {} : { data }),
  })
}
