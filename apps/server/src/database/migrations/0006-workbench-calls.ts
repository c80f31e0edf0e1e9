import { type Kysely, sql } from 'kysely'

/**
 * What the workbench asked of ESIA and the portal and what they answered, for a while; orders that are sent
 * although rules are broken; seals that are asked of a clerk; changes of orders told to streams.
 */
const statements = [
  // A journal for people who look for a fault: its oldest lines are removed, so it binds nothing.
  sql`create table workbench_calls (
    id text primary key,
    organisation_id text not null references organisations,
    account_id text not null,
    order_id text,
    operation text not null,
    method text not null check (method in ('GET','POST')),
    -- API-Key and signature are left out of it.
    url text not null,
    request jsonb not null,
    at timestamptz not null,
    elapsed_ms integer not null check (elapsed_ms >= 0),
    status integer,
    -- Why there is no answer.
    fault text,
    media_type text,
    answer_bytes bigint,
    -- Encrypted (instance/secret-box): it may name people.
    answer bytea,
    answer_sealed_by text check (answer_sealed_by ~ '^[0-9a-f]{32}$'),
    foreign key (order_id, organisation_id) references workbench_orders (id, organisation_id),
    check ((answer is null) = (answer_sealed_by is null)),
    check ((status is null) = (fault is not null))
  )`,
  sql`create index workbench_calls_organisation on workbench_calls (organisation_id, id)`,
  sql`create index workbench_calls_order on workbench_calls (order_id, id) where order_id is not null`,

  sql`alter table workbench_orders add column as_is boolean not null default false`,
  sql`create index workbench_orders_sealing on workbench_orders (organisation_id, id)
    where state = 'sealing'`,
  sql`alter table workbench_accounts add column seal_asked_at timestamptz`,

  sql`alter table workbench_events drop constraint workbench_events_type_check`,
  sql`alter table workbench_events add constraint workbench_events_type_check check (type in (
    'created','reserved','reserve-failed','xml-set','file-added','file-removed','key-chosen',
    'seal-wanted','seal-dropped','built','package-uploaded','push-started','pushed','push-refused',
    'push-unknown','resolved','observed','downloaded','cancel-started','cancelled','cancel-refused',
    'cancel-unknown'))`,

  sql`create function muhr_workbench_changed() returns trigger language plpgsql as $$
  begin
    perform pg_notify('muhr_workbench', new.organisation_id || ' ' || new.id);
    return null;
  end $$`,
  sql.raw(`create trigger workbench_orders_changed after insert or update on workbench_orders
    for each row execute function muhr_workbench_changed()`),
]

/** Gives the workbench its journal of calls, and streams something to hear. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
