import { type Kysely, sql } from 'kysely'

/**
 * What services need that must be asked about each request: when its next look is due, and the MD5 by
 * which such a service may name a file.
 */
const statements = [
  sql`alter table request_looks add column due_at timestamptz`,
  sql`update request_looks set due_at = looked_at`,
  sql`alter table request_looks alter column due_at set not null`,
  sql`create index request_looks_next on request_looks (connection_id, due_at)`,
  // As before, and due at once.
  sql`create or replace function muhr_keep_look() returns trigger language plpgsql as $$
  begin
    if new.state = 'closed' then
      delete from request_looks where request_id = new.id;
    elsif new.state in ('open','unknown') then
      insert into request_looks (request_id, connection_id, looked_at, due_at)
        values (new.id, new.connection_id, new.since, new.since) on conflict do nothing;
    end if;
    return null;
  end $$`,
  sql`create table content_md5s (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    md5 text not null check (md5 ~ '^[0-9a-f]{32}$')
  )`,
  // Several contents may share one: MD5 collides for whoever wants it to.
  sql`create index content_md5s_md5 on content_md5s (md5)`,
  sql`create index contents_sha256 on contents (sha256)`,
]

/** Adds what services need that are asked about one request after the other. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
