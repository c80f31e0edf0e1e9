import { type Kysely, sql } from 'kysely'

/**
 * That a request was sent is the first hint at news of it: what is fresh is found among the many that are due as what
 * was hinted at is, by when that was. Of a hundred thousand that are due only a few hundred are.
 */
const statements = [
  sql`update request_looks l set hinted_at = r.since from requests r
    where r.id = l.request_id and l.hinted_at is null`,
  sql`drop index request_looks_hinted`,
  sql`create index request_looks_hinted on request_looks (connection_id, hinted_at)`,
  // As before, and hinted at.
  sql`create or replace function muhr_keep_look() returns trigger language plpgsql as $$
  begin
    if new.state = 'closed' then
      delete from request_looks where request_id = new.id;
    elsif new.state in ('open','unknown') then
      insert into request_looks (request_id, connection_id, looked_at, due_at, hinted_at)
        values (new.id, new.connection_id, new.since, new.since, new.since) on conflict do nothing;
    end if;
    return null;
  end $$`,
]

/** Adds what finds fresh requests among many that are due. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
