import type { Json, Provider, Refusal } from '@muhr/envelope'
import { type PolicyName, policyByName, policyNames } from '@muhr/pki'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { json, type Queryable, type Tx } from '../database/open-database.ts'
import { type FieldProblem, Problem } from '../http/problems.ts'
import { isJsonObject, openSettings, storeSettings, unmaskSettings } from './connection-secrets.ts'
import { findConnection, type StoredConnection } from './find-connections.ts'
import { recordConnectionEvent } from './record-connection-event.ts'

type App = Pick<AppContext, 'config' | 'ids' | 'now' | 'providers' | 'secrets'>
type JsonObject = { readonly [name: string]: Json }

/** What a person says about a connection; what is absent stays as it is. */
export type ConnectionWish = {
  readonly name?: string | undefined
  readonly policy?: string | undefined
  /** All settings; a masked secret stays as it is. */
  readonly settings?: JsonObject | undefined
  /** Id of the signer key that it seals with by default; null for none. */
  readonly signerKey?: string | null | undefined
}

/**
 * Stores a new connection.
 * @returns its id
 * @throws Problem `connection.refused` with every field that is wrong
 */
export async function createConnection(
  app: App,
  tx: Tx,
  {
    caller,
    wish,
  }: {
    readonly caller: Caller
    readonly wish: ConnectionWish & { readonly provider: string; readonly name: string }
  },
): Promise<string> {
  const provider = app.providers.get(wish.provider)
  if (provider === undefined) {
    throw refused([
      refusal(
        'provider',
        'connection.provider',
        `Installed services are: ${[...app.providers.keys()].join(', ')}.`,
      ),
    ])
  }
  const { organisationId } = caller
  const owner = { id: app.ids.next('connection'), organisation_id: organisationId }
  const settings = wish.settings ?? {}
  const policy = wish.policy ?? defaultPolicy(app, provider)
  await expectRight(app, tx, { organisationId, provider, settings, wish: { ...wish, policy } })
  await tx
    .insertInto('connections')
    .values({
      ...owner,
      provider: wish.provider,
      name: wish.name,
      policy,
      cursor: null,
      ...stored(app, owner, { settings, provider }),
    })
    .execute()
  await keepSignerKey(app, tx, { owner, signerKey: wish.signerKey })
  await recordConnectionEvent(tx, {
    organisationId,
    connectionId: owner.id,
    at: app.now(),
    type: 'created',
    actor: caller.actor,
    data: { provider: wish.provider, policy },
  })

  return owner.id
}

/**
 * Changes a connection as it was read: `revision` says which reading.
 * @throws Problem `request.not-found`, `connection.changed`, `connection.refused`
 */
export async function changeConnection(
  app: App,
  tx: Tx,
  {
    caller,
    id,
    revision,
    wish,
  }: {
    readonly caller: Caller
    readonly id: string
    readonly revision: number
    readonly wish: ConnectionWish
  },
): Promise<void> {
  const { organisationId } = caller
  const row = await expectConnection(tx, organisationId, id)
  const provider = app.providers.get(row.provider)
  if (provider === undefined) {
    throw refused([
      refusal(
        'provider',
        'connection.provider',
        'The service of this connection is not installed.',
      ),
    ])
  }
  const opened = openSettings(app.secrets, row)
  const known = isJsonObject(opened) ? opened : {}
  const { settings, strangers } = unmaskSettings(app.secrets, row, {
    settings: wish.settings ?? known,
    provider,
    known,
  })
  if (strangers.length > 0) {
    throw refused(
      strangers.map((path) =>
        refusal(`settings.${path}`, 'connection.masked', 'Give this secret itself, not its mask.'),
      ),
    )
  }
  await expectRight(app, tx, { organisationId, provider, settings, wish })
  const changed = await tx
    .updateTable('connections')
    .set({
      revision: revision + 1,
      ...(wish.name === undefined ? {} : { name: wish.name }),
      ...(wish.policy === undefined ? {} : { policy: wish.policy }),
      ...(wish.settings === undefined ? {} : stored(app, row, { settings, provider })),
    })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .where('revision', '=', revision)
    .returning('id')
    .executeTakeFirst()
  if (changed === undefined) {
    throw new Problem('connection.changed', 'The connection is not what it was when it was read.')
  }
  await keepSignerKey(app, tx, { owner: row, signerKey: wish.signerKey })
  await recordConnectionEvent(tx, {
    organisationId,
    connectionId: id,
    at: app.now(),
    type: 'changed',
    actor: caller.actor,
    data: { changed: changedNames({ row, known, settings, wish }) },
  })
}

/**
 * Disables a connection, or enables it again. No new envelope can use a disabled one; what was sent
 * through it goes on to its end. A repeat changes nothing.
 * @throws Problem `request.not-found`
 */
export async function switchConnection(
  app: Pick<AppContext, 'now'>,
  tx: Tx,
  { caller, id, to }: { readonly caller: Caller; readonly id: string; readonly to: 'on' | 'off' },
): Promise<void> {
  const { organisationId } = caller
  const row = await expectConnection(tx, organisationId, id)
  const at = app.now()
  const changed = await tx
    .updateTable('connections')
    .set({ disabled_at: to === 'off' ? at : null, revision: row.revision + 1 })
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .where('disabled_at', to === 'off' ? 'is' : 'is not', null)
    .returning('id')
    .executeTakeFirst()
  if (changed !== undefined) {
    await recordConnectionEvent(tx, {
      organisationId,
      connectionId: id,
      at,
      type: to === 'off' ? 'disabled' : 'enabled',
      actor: caller.actor,
    })
  }
}

/**
 * A connection of the organisation.
 * @throws Problem `request.not-found`
 */
export async function expectConnection(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<StoredConnection> {
  const row = await findConnection(db, organisationId, id)
  if (row === undefined) {
    throw new Problem('request.not-found', 'There is no such connection.')
  }

  return row
}

function stored(
  app: App,
  owner: { readonly id: string; readonly organisation_id: string },
  given: { readonly settings: JsonObject; readonly provider: Provider },
) {
  const { settings, secret, secret_key_id } = storeSettings(app.secrets, owner, given)

  return { settings: json(settings), secret, secret_key_id }
}

const policyOfCountry = { RU: 'ru-63fz', KZ: 'kz-500', UZ: 'uz-e-imzo' } as const satisfies Record<
  string,
  PolicyName
>

function defaultPolicy({ config }: Pick<App, 'config'>, provider: Provider): PolicyName {
  return config.mode === 'sandbox' ? 'sandbox' : policyOfCountry[provider.describe().country]
}

/** Refuses with everything that is wrong at once. */
async function expectRight(
  app: App,
  db: Queryable,
  about: {
    readonly organisationId: string
    readonly provider: Provider
    readonly settings: JsonObject
    readonly wish: ConnectionWish
  },
): Promise<void> {
  const { organisationId, provider, settings, wish } = about
  const parsed = provider.parseConnection(settings)
  const problems: FieldProblem[] = parsed.ok ? [] : parsed.refusals.map(ofSettings)
  if (wish.policy !== undefined && !isUsablePolicy(app, wish.policy)) {
    problems.push(
      refusal(
        'policy',
        'connection.policy',
        `Policies are: ${policyNames.filter((name) => isUsablePolicy(app, name)).join(', ')}.`,
      ),
    )
  }
  const named = [
    ...(typeof wish.signerKey === 'string' ? [['signerKey', wish.signerKey] as const] : []),
    ...signerKeysIn(settings, 'settings'),
  ]
  const usable = named.length === 0 ? new Set() : await usableKeys(db, organisationId)
  for (const [field, key] of named) {
    if (!usable.has(key)) {
      problems.push(
        refusal(
          field,
          'connection.signer-key',
          'Choose one of the signer keys that GET /v1/keys lists.',
        ),
      )
    }
  }
  if (problems.length > 0) {
    throw refused(problems)
  }
}

function isUsablePolicy({ config }: Pick<App, 'config'>, name: string): boolean {
  try {
    return (policyByName(name).name === 'sandbox') === (config.mode === 'sandbox')
  } catch {
    return false
  }
}

/** Ids of signer keys that settings name, each with its path. */
function signerKeysIn(value: Json, path: string): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => signerKeysIn(each as Json, `${path}[${index}]`))
  }
  if (!isJsonObject(value)) {
    return []
  }

  return Object.entries(value).flatMap(([name, each]) => {
    const at = `${path}.${name}`

    return name === 'signerKey' && typeof each === 'string' && each !== ''
      ? [[at, each] as const]
      : signerKeysIn(each, at)
  })
}

async function usableKeys(db: Queryable, organisationId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('signer_keys')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .forShare()
    .execute()

  return new Set(rows.map(({ id }) => id))
}

async function keepSignerKey(
  app: Pick<AppContext, 'now'>,
  tx: Tx,
  {
    owner,
    signerKey,
  }: {
    readonly owner: { readonly id: string; readonly organisation_id: string }
    readonly signerKey: string | null | undefined
  },
): Promise<void> {
  if (signerKey === undefined) {
    return
  }
  if (signerKey === null) {
    await tx.deleteFrom('signer_key_choices').where('connection_id', '=', owner.id).execute()

    return
  }
  const choice = {
    organisation_id: owner.organisation_id,
    signer_key_id: signerKey,
    chosen_at: app.now(),
  }
  await tx
    .insertInto('signer_key_choices')
    .values({ ...choice, connection_id: owner.id })
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet(choice))
    .execute()
}

/** Names of what a change touched, for the history: no values. */
function changedNames({
  row,
  known,
  settings,
  wish,
}: {
  readonly row: StoredConnection
  readonly known: JsonObject
  readonly settings: JsonObject
  readonly wish: ConnectionWish
}): readonly string[] {
  const differs = (name: string) => JSON.stringify(known[name]) !== JSON.stringify(settings[name])
  const names = [...new Set([...Object.keys(known), ...Object.keys(settings)])].filter(differs)

  return [
    ...(wish.name === undefined || wish.name === row.name ? [] : ['name']),
    ...(wish.policy === undefined || wish.policy === row.policy ? [] : ['policy']),
    ...(wish.signerKey === undefined || wish.signerKey === row.signer_key_id ? [] : ['signerKey']),
    ...names.map((name) => `settings.${name}`),
  ]
}

const ofSettings = ({ field, code, advice }: Refusal): FieldProblem => ({
  field: `settings.${field}`,
  code,
  advice,
})

const refusal = (field: string, code: string, advice: string): FieldProblem => ({
  field,
  code,
  advice,
})

function refused(fields: readonly FieldProblem[]): Problem {
  return new Problem('connection.refused', 'The connection cannot be kept like this.', { fields })
}
