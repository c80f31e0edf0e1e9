import { type Kysely, sql } from 'kysely'

/**
 * What services that are called and watched need: seals that are built when they are made, signatures
 * over credentials that are kept for a while, calls that are put off, quotas, and watching in bulk.
 * Codes: MU008 a quota holds, MU009 a seal is over what was asked for.
 */
const statements = [
  // Seals whose items are built when they are made.
  sql`alter table seals
    add column built boolean not null default false,
    add column signer_key text,
    add column usable_from timestamptz,
    alter column key drop not null,
    alter column due drop not null,
    drop constraint seals_state_check,
    add constraint seals_state_check check (state in ('planned','wanted','made','stale')),
    add constraint seals_built check (state <> 'planned' or (built and items = '[]'::jsonb)),
    add constraint seals_whole check (state not in ('wanted','made')
      or (key is not null and due is not null and jsonb_array_length(items) > 0)),
    add constraint seals_signed check (state <> 'made' or cardinality(artifacts) = jsonb_array_length(items))`,
  sql`create index seals_undone on seals (envelope_id) where state in ('planned','wanted')`,
  sql`insert into muhr_steps values
    ('seals','planned','wanted'), ('seals','planned','stale'),
    -- A call that certainly had no effect is made again.
    ('attempts','claimed','recorded')`,
  sql`create function muhr_seal_stays() returns trigger language plpgsql as $$
  begin
    raise exception '% is over what was asked for', old.id using errcode = 'MU009';
  end $$`,
  sql.raw(`create trigger seals_same before update on seals for each row
    when (old.state <> 'planned' and (old.items, old.key, old.signer_key, old.due)
      is distinct from (new.items, new.key, new.signer_key, new.due))
    execute function muhr_seal_stays()`),

  // Calls that are put off, and the quota bucket that a first call drew on.
  sql`alter table attempts add column not_before timestamptz`,
  // Only a call that says why, and when it is made again.
  sql`create function muhr_refuse_recall() returns trigger language plpgsql as $$
  begin
    raise exception '% cannot be recorded again', old.id using errcode = 'MU002';
  end $$`,
  sql.raw(`create trigger attempts_deferred before update of state on attempts for each row
    when (old.state = 'claimed' and new.state = 'recorded'
      and (new.code is null or new.not_before is null))
    execute function muhr_refuse_recall()`),
  sql`alter table requests
    add column bucket text,
    add constraint requests_paced check (coalesce(traits->>'paced', 'false') <> 'true'
      or state in ('planned','closed') or bucket is not null)`,
  sql`create index requests_undispatched on requests (envelope_id) where state in ('planned','inflight')`,
  sql`create table quota_buckets (
    provider text not null,
    id text not null,
    slots integer not null check (slots > 0),
    window_ms bigint not null check (window_ms > 0),
    -- The service said that it is used up, also by others.
    blocked_until timestamptz,
    primary key (provider, id)
  )`,
  sql`create table quota_slots (
    attempt_id text primary key references attempts,
    provider text not null,
    bucket text not null,
    organisation_id text not null,
    envelope_id text not null,
    granted_at timestamptz not null,
    foreign key (provider, bucket) references quota_buckets (provider, id)
  )`,
  sql`create index quota_slots_bucket on quota_slots (provider, bucket)`,
  // A slot is held from its grant until its call is over, and then for the window: the service may have
  // counted the call at any moment between. The lock makes granters of several processes take turns.
  sql`create function muhr_quota_used(of_provider text, of_bucket text, at timestamptz, span bigint)
    returns integer volatile language sql as $$
    select count(*)::int from quota_slots s join attempts a on a.id = s.attempt_id
    where s.provider = of_provider and s.bucket = of_bucket
      and (a.state in ('recorded','claimed') or a.since > at - span * interval '1 ms')
  $$`,
  sql`create function muhr_quota_holds() returns trigger language plpgsql as $$
  declare
    b record;
  begin
    select slots, window_ms into b from quota_buckets
      where provider = new.provider and id = new.bucket for update;
    if muhr_quota_used(new.provider, new.bucket, new.granted_at, b.window_ms) >= b.slots then
      raise exception 'quota % of % is used up', new.bucket, new.provider using errcode = 'MU008';
    end if;
    return new;
  end $$`,
  sql`create trigger quota_slots_holds before insert on quota_slots
    for each row execute function muhr_quota_holds()`,

  sql`create index requests_said_signed on requests (since)
    where state = 'open' and seen @> array['said-signed']`,

  // Signatures over credentials of a connection. What they are over is encrypted: it may be a key.
  sql`create table kept_seals (
    id text primary key,
    organisation_id text not null references organisations,
    connection_id text not null references connections,
    purpose text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size integer not null check (size > 0),
    octets text not null,
    format text not null,
    signer_key text not null,
    key text not null check (key in ('unattended','attended')),
    usable_ms bigint not null check (usable_ms > 0),
    renew_before_ms bigint not null check (renew_before_ms >= 0),
    state text not null check (state in ('wanted','made','stale')),
    -- One that is not asked for any more is no task.
    asked_at timestamptz not null,
    made_at timestamptz,
    usable_until timestamptz,
    artifact text,
    check (state <> 'made' or (made_at is not null and usable_until > made_at and artifact is not null))
  )`,
  sql`create unique index kept_seals_wanted
    on kept_seals (connection_id, purpose, sha256, signer_key) where state = 'wanted'`,
  sql`create index kept_seals_made
    on kept_seals (connection_id, purpose, sha256, signer_key, usable_until) where state = 'made'`,
  sql`create index kept_seals_organisation on kept_seals (organisation_id, asked_at) where state = 'wanted'`,

  // Watching: one row for a connection, claimed when due by one process for a while.
  sql`create table connection_watches (
    connection_id text primary key references connections,
    provider text not null,
    due_at timestamptz not null,
    lease text,
    watched_at timestamptz,
    failures integer not null default 0 check (failures >= 0),
    failed_code text,
    failed_since timestamptz,
    check ((failures > 0) = (failed_code is not null and failed_since is not null))
  )`,
  sql`create index connection_watches_due on connection_watches (due_at)`,
  sql`create index requests_handle_key on requests (connection_id, (handle->>'key'))
    where state in ('inflight','open','unknown') and handle ? 'key'`,
  // When each open request was looked at, beside its row: a look moves no envelope.
  sql`create table request_looks (
    request_id text primary key references requests,
    connection_id text not null,
    looked_at timestamptz not null
  )`,
  sql`create index request_looks_due on request_looks (connection_id, looked_at)`,
  sql`create function muhr_keep_look() returns trigger language plpgsql as $$
  begin
    if new.state = 'closed' then
      delete from request_looks where request_id = new.id;
    elsif new.state in ('open','unknown') then
      insert into request_looks values (new.id, new.connection_id, new.since) on conflict do nothing;
    end if;
    return null;
  end $$`,
  // Those whose closing is ours alone are never watched.
  sql.raw(`create trigger requests_look after insert or update of state on requests for each row
    when (new.traits->>'cancel' <> 'local' and new.state in ('open','unknown','closed'))
    execute function muhr_keep_look()`),
  sql`insert into request_looks
    select id, connection_id, since from requests
    where state in ('open','unknown') and traits->>'cancel' <> 'local'`,
]

/** Adds what services need that are called and watched. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
