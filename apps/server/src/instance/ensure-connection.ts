import type { Json } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { storeSettings } from '../connections/connection-secrets.ts'
import { json, type Tx } from '../database/open-database.ts'

/** An account at a simulated service, as the demo organisation is given it. */
export type SandboxConnection = {
  readonly organisationId: string
  readonly provider: string
  readonly name: string
  readonly settings: { readonly [name: string]: Json }
}

/**
 * Makes the connection to a simulated service, or brings it up to date: the simulators may have other ports
 * this time.
 * @returns its id
 */
export async function ensureConnection(
  app: AppContext,
  tx: Tx,
  { organisationId, provider: providerId, name, settings }: SandboxConnection,
): Promise<string> {
  const provider = app.providers.get(providerId)
  if (provider === undefined) {
    throw new Error(`${providerId} is not installed`)
  }
  const known = await tx
    .selectFrom('connections')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('provider', '=', providerId)
    .orderBy('id')
    .executeTakeFirst()
  const id = known?.id ?? app.ids.next('connection')
  const owner = { id, organisation_id: organisationId }
  const sealed = storeSettings(app.secrets, owner, { settings, provider })
  const stored = { ...sealed, settings: json(sealed.settings) }
  if (known === undefined) {
    await tx
      .insertInto('connections')
      .values({
        id,
        organisation_id: organisationId,
        provider: providerId,
        name,
        ...stored,
        policy: 'sandbox',
        cursor: null,
      })
      .execute()
  } else {
    await tx.updateTable('connections').set(stored).where('id', '=', id).execute()
  }

  return id
}
