import { createHash } from 'node:crypto'
import { type ApiKeySignature, apiKeySignatureLifeMs } from '@muhr/epgu'
import { z } from 'zod'
import type { AppContext } from '../app-context.ts'
import { openSettings } from '../connections/connection-secrets.ts'
import type { Queryable } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'

/** How long a kept signature over an API-Key is used: ESIA takes it for a day, and clocks differ. */
export const apiKeySealMs = apiKeySignatureLifeMs - 300_000

/** How ESIA and the gateway are reached. */
export type AccountHosts = {
  readonly esiaUrl: string
  readonly epguUrl: string
  readonly publicOrigin?: string | undefined
  readonly pathPrefix: string
  readonly userAgent?: string | undefined
}

/** One employee's access to EPGU: of the workbench, or out of a connection to Госключ. */
export type Account = AccountHosts & {
  /** An account's id, or `connection.employee`. */
  readonly id: string
  readonly name: string
  readonly organisationId: string
  readonly source:
    | { readonly kind: 'account'; readonly seal: ApiKeySignature | undefined }
    | { readonly kind: 'connection'; readonly connection: string; readonly employee: string }
  readonly apiKey: string
  /** Id of the key that signs the API-Key. */
  readonly signerKey: string | undefined
}

type Loader = Pick<AppContext, 'db' | 'secrets'>

/** What of a connection's settings is read here; its provider checks the rest. */
const connectionSettings = z.object({
  esiaUrl: z.string(),
  epguUrl: z.string(),
  publicOrigin: z.string().optional(),
  pathPrefix: z.string().default('api'),
  userAgent: z.string().optional(),
  signerKey: z.string().optional(),
  apiKeys: z
    .array(z.object({ apiKey: z.string(), name: z.string(), signerKey: z.string().optional() }))
    .min(1),
})

/** Tells employees of a connection apart without showing their API-Keys. */
const employeeOf = (apiKey: string): string =>
  createHash('sha256').update(apiKey.toLowerCase()).digest('hex').slice(0, 12)

/** The last four digits of an API-Key, by which people know it. */
export const hintOf = (apiKey: string): string => `…${apiKey.slice(-4)}`

/** What the API-Key of an account is encrypted with: in another row it does not open. */
const contextOf = (organisationId: string, id: string): string => `${organisationId}/${id}/api-key`

/** The columns of an encrypted API-Key. */
export function sealApiKey(
  { secrets }: Pick<AppContext, 'secrets'>,
  owner: { readonly organisationId: string; readonly id: string },
  apiKey: string,
) {
  const { bytes, keyId } = secrets.seal(
    Buffer.from(apiKey),
    contextOf(owner.organisationId, owner.id),
  )

  return { api_key: Buffer.from(bytes), api_key_sealed_by: keyId }
}

const rowsOf = (db: Queryable, organisationId: string) =>
  db
    .selectFrom('workbench_accounts')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)

type AccountRow = Awaited<ReturnType<ReturnType<typeof rowsOf>['executeTakeFirstOrThrow']>>

/** The account of a row; undefined when its API-Key does not open here. */
export function accountOfRow(
  { secrets }: Pick<Loader, 'secrets'>,
  row: AccountRow,
): Account | undefined {
  const opened =
    row.api_key === null || row.api_key_sealed_by === null
      ? undefined
      : secrets.open(
          { bytes: row.api_key, keyId: row.api_key_sealed_by },
          contextOf(row.organisation_id, row.id),
        )
  if (opened === undefined) {
    return undefined
  }
  const seal =
    row.token_seal === null || row.token_sealed_at === null
      ? undefined
      : { cms: new Uint8Array(row.token_seal), signedAt: new Date(row.token_sealed_at) }

  return {
    id: row.id,
    name: row.name,
    organisationId: row.organisation_id,
    source: { kind: 'account', seal },
    esiaUrl: row.esia_url,
    epguUrl: row.epgu_url,
    publicOrigin: row.public_origin ?? undefined,
    pathPrefix: row.path_prefix,
    userAgent: row.user_agent ?? undefined,
    apiKey: Buffer.from(opened).toString(),
    signerKey: row.signer_key_id ?? undefined,
  }
}

/** Employees of the organisation's connections to Госключ. */
async function connectionAccounts(
  { db, secrets }: Loader,
  organisationId: string,
): Promise<readonly Account[]> {
  const rows = await db
    .selectFrom('connections')
    .select(['id', 'organisation_id', 'name', 'settings', 'secret', 'secret_key_id'])
    .where('organisation_id', '=', organisationId)
    .where('provider', '=', 'goskey')
    .where('disabled_at', 'is', null)
    .orderBy('id')
    .execute()
  const choices = await db
    .selectFrom('signer_key_choices')
    .select(['connection_id', 'signer_key_id'])
    .where('organisation_id', '=', organisationId)
    .execute()
  const chosen = new Map(choices.map((each) => [each.connection_id, each.signer_key_id]))

  return rows.flatMap((row) => {
    const { id, name } = row
    const read = connectionSettings.safeParse(openSettings(secrets, row))
    if (!read.success) {
      return []
    }
    const { apiKeys, signerKey, ...hosts } = read.data

    return apiKeys.map((employee) => ({
      ...hosts,
      id: `${id}.${employeeOf(employee.apiKey)}`,
      name: `${name}: ${employee.name}`,
      organisationId,
      source: {
        kind: 'connection' as const,
        connection: id,
        employee: employeeOf(employee.apiKey),
      },
      apiKey: employee.apiKey,
      signerKey: employee.signerKey ?? signerKey ?? chosen.get(id),
    }))
  })
}

/** An account with whether its API-Key opens. */
export type ListedAccount = Omit<Account, 'apiKey'> & {
  readonly apiKeyHint: string
  readonly isReadable: boolean
}

/** Accounts of the workbench, then employees of connections. */
export async function listAccounts(
  app: Loader,
  organisationId: string,
): Promise<readonly ListedAccount[]> {
  const rows = await rowsOf(app.db, organisationId).orderBy('id').execute()
  const own = rows.map((row): ListedAccount => {
    const account = accountOfRow(app, row)
    const { apiKey: _, ...rest } = account ?? {
      id: row.id,
      name: row.name,
      organisationId,
      source: { kind: 'account' as const, seal: undefined },
      esiaUrl: row.esia_url,
      epguUrl: row.epgu_url,
      pathPrefix: row.path_prefix,
      signerKey: row.signer_key_id ?? undefined,
      apiKey: '',
    }

    return { ...rest, apiKeyHint: row.api_key_hint, isReadable: account !== undefined }
  })
  const others = await connectionAccounts(app, organisationId)

  return [
    ...own,
    ...others.map(({ apiKey, ...rest }) => ({
      ...rest,
      apiKeyHint: hintOf(apiKey),
      isReadable: true,
    })),
  ]
}

/**
 * An account by its id, ready to use.
 * @throws Problem `request.not-found`, `key.secret-unreadable`
 */
export async function loadAccount(
  app: Loader,
  organisationId: string,
  id: string,
): Promise<Account> {
  if (id.startsWith('con_')) {
    const found = (await connectionAccounts(app, organisationId)).find((each) => each.id === id)
    if (found === undefined) {
      throw new Problem('request.not-found', 'There is no such account.', { field: 'account' })
    }

    return found
  }
  const row = await rowsOf(app.db, organisationId).where('id', '=', id).executeTakeFirst()
  if (row === undefined) {
    throw new Problem('request.not-found', 'There is no such account.', { field: 'account' })
  }
  const account = accountOfRow(app, row)
  if (account === undefined) {
    throw new Problem('key.secret-unreadable', 'The API-Key is encrypted under another secret key.')
  }

  return account
}

/**
 * The account that an order goes through.
 * @throws Problem `workbench.account` when it was removed, `key.secret-unreadable`
 */
export async function loadOrderAccount(
  app: Loader,
  order: {
    readonly organisation_id: string
    readonly account_id: string | null
    readonly connection_id: string | null
    readonly employee: string | null
  },
): Promise<Account> {
  const id = order.account_id ?? `${order.connection_id}.${order.employee}`
  try {
    return await loadAccount(app, order.organisation_id, id)
  } catch (error) {
    if (error instanceof Problem && error.code === 'request.not-found') {
      throw new Problem('workbench.account', 'The account of this order is gone.')
    }
    throw error
  }
}
