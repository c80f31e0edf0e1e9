import { type Kysely, sql } from 'kysely'

/**
 * Who added and removed anchors through the API. The anchors themselves are files of the trust folder,
 * which the command line and the operator change too.
 */
const statements = [
  sql`create table trust_root_events (
    id bigint generated always as identity primary key,
    organisation_id text not null references organisations (id),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    at timestamptz not null,
    type text not null check (type in ('added','removed')),
    actor jsonb not null,
    data jsonb not null
  )`,
  sql`create index trust_root_events_root on trust_root_events (sha256, id)`,
  sql.raw(`create trigger trust_root_events_append_only before update or delete on trust_root_events
    for each row execute function muhr_refuse_change()`),
  sql.raw(`create trigger trust_root_events_not_emptied before truncate on trust_root_events
    for each statement execute function muhr_refuse_change()`),
]

/** Gives anchors a history. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
