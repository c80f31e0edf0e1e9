import { randomBytes } from 'node:crypto'
import type { Queryable } from '../database/open-database.ts'
import { hashToken } from '../instance/tokens.ts'
import type { Scope } from './roles.ts'

const prefix = 'muhr_'

export type ApiKeyOwner = {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly scopes: readonly string[]
  /** True when its organisation belongs to the sandbox. */
  readonly sandbox: boolean
}

/**
 * Makes an API key of 192 random bits. Only its SHA-256 is stored (enough for a random secret), so the
 * text is seen this one time.
 */
export async function createApiKey(
  db: Queryable,
  input: {
    readonly id: string
    readonly organisationId: string
    readonly name: string
    readonly scopes: readonly Scope[]
  },
): Promise<string> {
  const key = `${prefix}${randomBytes(24).toString('base64url')}`
  await db
    .insertInto('api_keys')
    .values({
      id: input.id,
      organisation_id: input.organisationId,
      name: input.name,
      key_hash: hashToken(key),
      hint: key.slice(0, prefix.length + 4),
      scopes: [...input.scopes],
      revoked_at: null,
    })
    .execute()

  return key
}

/** The owner of a key that is valid now, or undefined. */
export async function findApiKey(db: Queryable, key: string): Promise<ApiKeyOwner | undefined> {
  if (!key.startsWith(prefix)) {
    return undefined
  }
  const row = await db
    .selectFrom('api_keys as k')
    .innerJoin('organisations as o', 'o.id', 'k.organisation_id')
    .select(['k.id', 'k.organisation_id', 'k.name', 'k.scopes', 'o.sandbox'])
    .where('k.key_hash', '=', hashToken(key))
    .where('k.revoked_at', 'is', null)
    .executeTakeFirst()

  return row === undefined
    ? undefined
    : {
        id: row.id,
        organisationId: row.organisation_id,
        name: row.name,
        scopes: row.scopes,
        sandbox: row.sandbox,
      }
}
