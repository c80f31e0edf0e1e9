import { type Kysely, sql } from 'kysely'

/**
 * Recipients whom a service knows by phone or e-mail, and signatures whose signer is known by the word of
 * the service alone.
 */
const statements = [
  sql`alter table recipients add column contact jsonb not null default '{}'
    check (jsonb_typeof(contact) = 'object')`,
  sql`alter table artifacts add column vouched boolean not null default false`,
  // The verdict that rests on such a word says so, and no other does.
  sql`alter table artifacts add constraint artifacts_vouched
    check (coalesce(verdict->>'vouched', 'false') <> 'true' or vouched)`,
]

/** Adds contacts and what is vouched for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
