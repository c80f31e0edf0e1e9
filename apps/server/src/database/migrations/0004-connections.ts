import { type Kysely, sql } from 'kysely'

/**
 * Connections that people make and change. Secrets inside of their settings lie in a column of their own,
 * encrypted (instance/secret-box). A connection is never deleted, since requests name it: it is disabled.
 */
const statements = [
  sql`alter table connections
    add column secret text,
    add column secret_key_id text check (secret_key_id ~ '^[0-9a-f]{32}$'),
    add column revision integer not null default 1 check (revision > 0),
    add column disabled_at timestamptz,
    add constraint connections_secret check ((secret is null) = (secret_key_id is null))`,
  sql`create table connection_events (
    id bigint generated always as identity primary key,
    organisation_id text not null,
    connection_id text not null,
    at timestamptz not null,
    type text not null check (type in
      ('created','changed','disabled','enabled','checked','resealed')),
    actor jsonb not null,
    data jsonb not null,
    foreign key (connection_id, organisation_id) references connections (id, organisation_id)
  )`,
  sql`create index connection_events_connection on connection_events (connection_id, id)`,
  sql.raw(`create trigger connection_events_append_only before update or delete on connection_events
    for each row execute function muhr_refuse_change()`),
  sql.raw(`create trigger connection_events_not_emptied before truncate on connection_events
    for each statement execute function muhr_refuse_change()`),
]

/** Gives connections secrets, a history and an end. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
