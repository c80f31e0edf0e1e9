import type { Json, LocalisedText, Provider, SenderView } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import type { Queryable } from '../database/open-database.ts'

/** An organisation's account at a provider, ready to use. */
export type LoadedConnection = {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly provider: Provider
  readonly settings: Json
  /** Name of the verification policy that judges what comes through it. */
  readonly policy: string
  readonly sandbox: boolean
  readonly sender: SenderView
}

type Row = {
  readonly id: string
  readonly organisation_id: string
  readonly provider: string
  readonly name: string
  readonly settings: unknown
  readonly policy: string
  readonly sandbox: boolean
  readonly names: unknown
  readonly bin: string | null
  readonly inn: string | null
}

const select = (db: Queryable) =>
  db
    .selectFrom('connections as c')
    .innerJoin('organisations as o', 'o.id', 'c.organisation_id')
    .select([
      'c.id',
      'c.organisation_id',
      'c.provider',
      'c.name',
      'c.settings',
      'c.policy',
      'o.sandbox',
      'o.names',
      'o.bin',
      'o.inn',
    ])

function connectionOf(app: Pick<AppContext, 'providers'>, row: Row): LoadedConnection | undefined {
  const provider = app.providers.get(row.provider)
  if (provider === undefined) {
    return undefined
  }
  const parsed = provider.parseConnection(row.settings as Json)
  if (!parsed.ok) {
    return undefined
  }

  return {
    id: row.id,
    organisationId: row.organisation_id,
    name: row.name,
    provider,
    settings: parsed.connection,
    policy: row.policy,
    sandbox: row.sandbox,
    sender: {
      name: row.names as LocalisedText,
      bin: row.bin ?? undefined,
      inn: row.inn ?? undefined,
    },
  }
}

/** A connection by id; undefined when it is gone, unreadable, or of a provider that is not installed. */
export async function loadConnection(
  app: Pick<AppContext, 'db' | 'providers'>,
  id: string,
): Promise<LoadedConnection | undefined> {
  const row = await select(app.db).where('c.id', '=', id).executeTakeFirst()

  return row === undefined ? undefined : connectionOf(app, row)
}

/** All usable connections of an organisation, oldest first. */
export async function listConnections(
  app: Pick<AppContext, 'db' | 'providers'>,
  organisationId: string,
): Promise<readonly LoadedConnection[]> {
  const rows = await select(app.db)
    .where('c.organisation_id', '=', organisationId)
    .orderBy('c.id')
    .execute()

  return rows.flatMap((row) => connectionOf(app, row) ?? [])
}
