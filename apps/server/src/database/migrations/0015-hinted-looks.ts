import { type Kysely, sql } from 'kysely'

/** Finds the few requests at which something hinted among the many that are due. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index request_looks_hinted on request_looks (connection_id, due_at)
    where hinted_at is not null`.execute(db)
}
