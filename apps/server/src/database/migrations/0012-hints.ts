import { type Kysely, sql } from 'kysely'

/** When something last hinted at news of a request, so that it is looked at more often for a while. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table request_looks add column hinted_at timestamptz`.execute(db)
}
