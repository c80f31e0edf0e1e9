import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database, Queryable } from '../database/open-database.ts'
import { hashToken } from '../instance/tokens.ts'
import type { Role } from './roles.ts'

export type SessionUser = {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly role: Role
  readonly locale: 'ru' | 'kk' | 'uz' | 'en'
  /** True when the organisation belongs to the sandbox. */
  readonly sandbox: boolean
}

const newToken = (): string => randomBytes(24).toString('base64url')

/** A link that logs one person in, once, within `lifeMs`. Returns its token; only the hash is stored. */
export async function createLoginLink(
  db: Queryable,
  input: { readonly userId: string; readonly now: Date; readonly lifeMs: number },
): Promise<string> {
  const token = newToken()
  await db
    .insertInto('login_links')
    .values({
      token_hash: hashToken(token),
      user_id: input.userId,
      expires_at: new Date(input.now.getTime() + input.lifeMs),
      used_at: null,
    })
    .execute()

  return token
}

/**
 * Uses a login link up and opens a session. The use is a compare-and-set, so that of two simultaneous
 * visits one wins. Returns the session token, or undefined for a used, expired or unknown link.
 */
export async function useLoginLink(
  db: Database,
  input: { readonly token: string; readonly now: Date; readonly lifeMs: number },
): Promise<string | undefined> {
  return db.transaction().execute(async (tx) => {
    const used = await tx
      .updateTable('login_links')
      .set({ used_at: input.now })
      .where('token_hash', '=', hashToken(input.token))
      .where('used_at', 'is', null)
      .where('expires_at', '>', input.now.toISOString())
      .returning('user_id')
      .executeTakeFirst()
    if (used === undefined) {
      return undefined
    }
    const session = newToken()
    await tx
      .insertInto('sessions')
      .values({
        token_hash: hashToken(session),
        user_id: used.user_id,
        expires_at: new Date(input.now.getTime() + input.lifeMs),
      })
      .execute()

    return session
  })
}

/** The person behind a session token that is valid now. */
export async function findSession(
  db: Queryable,
  token: string,
  now: Date,
): Promise<SessionUser | undefined> {
  const row = await db
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .innerJoin('organisations as o', 'o.id', 'u.organisation_id')
    .select(['u.id', 'u.organisation_id', 'u.name', 'u.role', 'u.locale', 'o.sandbox'])
    .where('s.token_hash', '=', hashToken(token))
    .where('s.expires_at', '>', now.toISOString())
    .executeTakeFirst()

  return row === undefined
    ? undefined
    : {
        id: row.id,
        organisationId: row.organisation_id,
        name: row.name,
        role: row.role,
        locale: row.locale,
        sandbox: row.sandbox,
      }
}

/** Ends a session. */
export async function endSession(db: Queryable, token: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_hash', '=', hashToken(token)).execute()
}

/** Deletes sessions, links and stored idempotent answers that can no longer be used. */
export async function sweepExpired(db: Queryable, now: Date): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<', now.toISOString()).execute()
  await db.deleteFrom('login_links').where('expires_at', '<', now.toISOString()).execute()
  await db
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', sql<string>`${now.toISOString()}::timestamptz - interval '24 hours'`)
    .execute()
}
