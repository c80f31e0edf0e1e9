import type { Json, LocalisedText, Provider, SenderView } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import type { Queryable } from '../database/open-database.ts'
import { openSettings } from './connection-secrets.ts'

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
  /** No new envelope can use it; what was sent through it goes on to its end. */
  readonly isDisabled: boolean
  readonly sender: SenderView
}

/** An organisation as its envelopes need it. */
export type LoadedOrganisation = {
  readonly sandbox: boolean
  /** Connections that can be read, oldest first; disabled ones too. */
  readonly connections: readonly LoadedConnection[]
}

type Loader = { readonly db: Queryable } & Pick<AppContext, 'providers' | 'secrets'>

/** A connection with what its organisation adds to it. */
export type ConnectionRow = {
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
  readonly secret: string | null
  readonly secret_key_id: string | null
  readonly disabled_at: string | null
}

const columns = [
  'c.id',
  'c.provider',
  'c.name',
  'c.settings',
  'c.policy',
  'o.id as organisation_id',
  'o.sandbox',
  'o.names',
  'o.bin',
  'o.inn',
  'c.secret',
  'c.secret_key_id',
  'c.disabled_at',
] as const

/** A row ready to use; undefined when it is unreadable, or of a provider that is not installed. */
export function connectionOf(
  { providers, secrets }: Pick<Loader, 'providers' | 'secrets'>,
  row: ConnectionRow,
): LoadedConnection | undefined {
  const provider = providers.get(row.provider)
  if (provider === undefined) {
    return undefined
  }
  const settings = openSettings(secrets, row)
  const parsed = settings === undefined ? undefined : provider.parseConnection(settings)
  if (parsed?.ok !== true) {
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
    isDisabled: row.disabled_at !== null,
    sender: {
      name: row.names as LocalisedText,
      bin: row.bin ?? undefined,
      inn: row.inn ?? undefined,
    },
  }
}

/** A connection by id; undefined when it is gone, unreadable, or of a provider that is not installed. */
export async function loadConnection(
  loader: Loader,
  id: string,
): Promise<LoadedConnection | undefined> {
  const row = await loader.db
    .selectFrom('connections as c')
    .innerJoin('organisations as o', 'o.id', 'c.organisation_id')
    .select(columns)
    .where('c.id', '=', id)
    .executeTakeFirst()

  return row === undefined ? undefined : connectionOf(loader, row)
}

/** An organisation with all its usable connections, in one query. */
export async function loadOrganisation(
  loader: Loader,
  organisationId: string,
): Promise<LoadedOrganisation> {
  const rows = await loader.db
    .selectFrom('organisations as o')
    .leftJoin('connections as c', 'c.organisation_id', 'o.id')
    .select(columns)
    .where('o.id', '=', organisationId)
    .orderBy('c.id')
    .execute()

  return {
    sandbox: rows[0]?.sandbox ?? false,
    // Without a connection the left join gives one row with nulls.
    connections: rows.flatMap((row) =>
      row.id === null ? [] : (connectionOf(loader, row as ConnectionRow) ?? []),
    ),
  }
}
