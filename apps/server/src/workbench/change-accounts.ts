import { parseApiKey } from '@muhr/epgu'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { json, type Queryable } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import { findSignerKey } from '../signer-keys/find-signer-keys.ts'
import { checkAccountHost } from './account-hosts.ts'
import { type AccountHosts, accountOfRow, hintOf, sealApiKey } from './accounts.ts'

export type NewAccount = AccountHosts & {
  readonly name: string
  readonly apiKey: string
  readonly signerKey?: string | undefined
}

/** @throws Problem `workbench.key` for a key that is not there */
export async function expectSignerKey(
  db: Queryable,
  organisationId: string,
  id: string | undefined,
): Promise<void> {
  const row = id === undefined ? undefined : await findSignerKey(db, organisationId, id)
  if (id !== undefined && (row === undefined || row.removed_at !== null)) {
    throw new Problem('workbench.key', 'There is no such signer key.', { field: 'signerKey' })
  }
}

function checkApiKey(apiKey: string): string {
  try {
    return parseApiKey(apiKey)
  } catch (cause) {
    throw new Problem('workbench.field', 'The API-Key is no UUID.', { field: 'apiKey', cause })
  }
}

/**
 * Adds an account, its API-Key encrypted.
 * @returns its id
 * @throws Problem `workbench.host`, `workbench.field`, `workbench.key`
 */
export async function addAccount(
  app: Pick<AppContext, 'config' | 'secrets' | 'ids' | 'now'>,
  db: Queryable,
  { caller, account }: { readonly caller: Caller; readonly account: NewAccount },
): Promise<string> {
  const { organisationId } = caller
  checkAccountHost(app, { field: 'esiaUrl', address: account.esiaUrl })
  checkAccountHost(app, { field: 'epguUrl', address: account.epguUrl })
  const apiKey = checkApiKey(account.apiKey)
  await expectSignerKey(db, organisationId, account.signerKey)
  const id = app.ids.own('workbench-account')
  await db
    .insertInto('workbench_accounts')
    .values({
      id,
      organisation_id: organisationId,
      name: account.name,
      esia_url: account.esiaUrl,
      epgu_url: account.epguUrl,
      public_origin: account.publicOrigin ?? null,
      path_prefix: account.pathPrefix,
      user_agent: account.userAgent ?? null,
      ...sealApiKey(app, { organisationId, id }, apiKey),
      api_key_hint: hintOf(apiKey),
      signer_key_id: account.signerKey ?? null,
      token_seal: null,
      token_sealed_at: null,
      created_at: app.now(),
      created_by: json(caller.actor),
      removed_at: null,
    })
    .execute()

  return id
}

/**
 * Chooses the key that signs the API-Key of an account, and packages by default; a clerk's signature over
 * it is dropped, since it is by the old one.
 * @throws Problem `request.not-found`, `workbench.key`
 */
export async function chooseAccountKey(
  app: Pick<AppContext, 'db'>,
  { organisationId, id }: { readonly organisationId: string; readonly id: string },
  signerKey: string | undefined,
): Promise<void> {
  await expectSignerKey(app.db, organisationId, signerKey)
  const changed = await app.db
    .updateTable('workbench_accounts')
    .set({ signer_key_id: signerKey ?? null, token_seal: null, token_sealed_at: null })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (changed === undefined) {
    throw new Problem('request.not-found', 'There is no such account.')
  }
}

/** Removes an account: its API-Key is erased, its orders stay. @throws Problem `request.not-found` */
export async function removeAccount(
  app: Pick<AppContext, 'db' | 'now'>,
  organisationId: string,
  id: string,
): Promise<void> {
  const removed = await app.db
    .updateTable('workbench_accounts')
    .set({
      removed_at: app.now(),
      api_key: null,
      api_key_sealed_by: null,
      token_seal: null,
      token_sealed_at: null,
      seal_asked_at: null,
    })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (removed === undefined) {
    throw new Problem('request.not-found', 'There is no such account.')
  }
}

/** Encrypts under the present secret key the API-Keys that lie under a former one. */
export async function resealAccounts(app: Pick<AppContext, 'db' | 'secrets'>): Promise<void> {
  const rows = await app.db
    .selectFrom('workbench_accounts')
    .selectAll()
    .where('api_key_sealed_by', '!=', app.secrets.keyId)
    .execute()
  for (const row of rows) {
    const account = accountOfRow(app, row)
    if (account !== undefined) {
      await app.db
        .updateTable('workbench_accounts')
        .set(sealApiKey(app, account, account.apiKey))
        .where('id', '=', row.id)
        // Another process may have been first, or removed it.
        .where('api_key_sealed_by', '=', row.api_key_sealed_by)
        .execute()
    }
  }
}
