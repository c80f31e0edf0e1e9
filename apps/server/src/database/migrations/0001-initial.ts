import { type Kysely, sql } from 'kysely'

/**
 * The first schema. Numbered and never edited: what comes later is a later file.
 * Every table carries `organisation_id`; every rule of the domain that can be said to the database is
 * said here as well, so that no path around the transition function can break it.
 */
const statements = [
  sql`create table organisations (
    id text primary key,
    name text not null,
    names jsonb not null,
    bin text,
    inn text,
    sandbox boolean not null,
    salt bytea not null,
    created_at timestamptz not null default now()
  )`,
  sql`create table users (
    id text primary key,
    organisation_id text not null references organisations,
    name text not null,
    role text not null check (role in ('owner','sender','viewer','auditor')),
    locale text not null check (locale in ('ru','kk','uz','en')),
    created_at timestamptz not null default now()
  )`,
  sql`create index users_organisation on users (organisation_id)`,
  sql`create table login_links (
    token_hash bytea primary key check (length(token_hash) = 32),
    user_id text not null references users,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now()
  )`,
  sql`create table sessions (
    token_hash bytea primary key check (length(token_hash) = 32),
    user_id text not null references users,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
  )`,
  sql`create table api_keys (
    id text primary key,
    organisation_id text not null references organisations,
    name text not null,
    key_hash bytea not null unique check (length(key_hash) = 32),
    hint text not null,
    scopes text[] not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
  )`,
  sql`create table connections (
    id text primary key,
    organisation_id text not null references organisations,
    provider text not null,
    name text not null,
    settings jsonb not null,
    policy text not null,
    cursor jsonb,
    created_at timestamptz not null default now()
  )`,
  sql`create index connections_organisation on connections (organisation_id, provider)`,
  sql`create table documents (
    id text primary key,
    organisation_id text not null references organisations,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint not null check (size > 0),
    media_type text not null,
    file_name text not null,
    created_at timestamptz not null default now()
  )`,
  sql`create index documents_organisation on documents (organisation_id, created_at)`,
  sql`create table envelopes (
    id text primary key,
    organisation_id text not null references organisations,
    title text not null,
    state text not null check (state in ('draft','sent','completed','declined','expired','voided','failed')),
    version integer not null check (version > 0),
    created_at timestamptz not null,
    created_by jsonb not null,
    sent_at timestamptz,
    deadline timestamptz,
    ended_at timestamptz,
    reason text,
    updated_at timestamptz not null default now()
  )`,
  sql`create index envelopes_list on envelopes (organisation_id, created_at desc, id desc)`,
  sql`create table envelope_documents (
    envelope_id text not null references envelopes,
    document_id text not null references documents,
    organisation_id text not null references organisations,
    position integer not null check (position >= 0),
    title jsonb not null,
    meta jsonb not null,
    primary key (envelope_id, document_id),
    unique (envelope_id, position)
  )`,
  sql`create table recipients (
    id text primary key,
    envelope_id text not null references envelopes,
    organisation_id text not null references organisations,
    position integer not null,
    name text not null,
    locale text not null check (locale in ('ru','kk','uz','en')),
    order_group integer not null check (order_group > 0),
    identifiers jsonb not null,
    methods jsonb not null,
    unique (envelope_id, position)
  )`,
  sql`create table signings (
    id text primary key,
    envelope_id text not null references envelopes,
    organisation_id text not null references organisations,
    recipient_id text not null unique references recipients,
    state text not null check (state in ('waiting','sealing','dispatching','sent','viewed','received','held','signed','declined','expired','voided','failed')),
    since timestamptz not null,
    round integer not null check (round >= 0),
    planning boolean not null,
    reason text,
    accepted_by jsonb,
    signer_hash bytea not null unique check (length(signer_hash) = 32)
  )`,
  sql`create index signings_envelope on signings (envelope_id)`,
  sql`create index signings_planning on signings (envelope_id) where planning`,
  sql`create table contents (
    id text primary key,
    envelope_id text not null references envelopes,
    organisation_id text not null references organisations,
    document_id text not null references documents,
    derivation text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint not null,
    unique (envelope_id, document_id, derivation, sha256)
  )`,
  sql`create table requests (
    id text primary key,
    envelope_id text not null references envelopes,
    organisation_id text not null references organisations,
    signing_id text not null references signings,
    provider text not null,
    method text not null,
    connection_id text not null references connections,
    round integer not null,
    state text not null check (state in ('planned','inflight','open','unknown','closed')),
    outcome text check (outcome in ('signed','superseded','declined','expired','cancelled','refused','absent')),
    contents text[] not null,
    handle jsonb,
    opens_at timestamptz,
    expires_at timestamptz,
    attention jsonb,
    traits jsonb not null,
    seen text[] not null,
    ending text check (ending in ('superseded','cancelled')),
    since timestamptz not null,
    callback_hash bytea not null unique check (length(callback_hash) = 32),
    check ((state = 'closed') = (outcome is not null))
  )`,
  sql`create index requests_envelope on requests (envelope_id)`,
  sql`create index requests_live on requests (provider, connection_id) where state in ('open','unknown')`,
  sql`create table attempts (
    id text primary key,
    envelope_id text not null references envelopes,
    organisation_id text not null references organisations,
    request_id text not null references requests,
    action text not null check (action in ('dispatch','cancel')),
    state text not null check (state in ('recorded','claimed','done','refused','unknown')),
    since timestamptz not null,
    code text
  )`,
  sql`create index attempts_envelope on attempts (envelope_id)`,
  sql`create index attempts_owed on attempts (since) where state in ('recorded','claimed')`,
  sql`create table seals (
    id text primary key,
    envelope_id text not null references envelopes,
    organisation_id text not null references organisations,
    signing_id text not null references signings,
    request_id text not null references requests,
    purpose text not null,
    key text not null check (key in ('unattended','attended')),
    items jsonb not null,
    due timestamptz not null,
    state text not null check (state in ('wanted','made','stale')),
    artifacts text[] not null
  )`,
  sql`create index seals_envelope on seals (envelope_id)`,
  sql`create table artifacts (
    id text primary key,
    envelope_id text not null references envelopes,
    organisation_id text not null references organisations,
    request_id text not null references requests,
    signing_id text not null references signings,
    content_id text not null references contents,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint not null,
    format text not null check (format in ('CMS','XMLDSig','raw','PAdES')),
    detached boolean not null,
    received_at timestamptz not null,
    submission text not null check (submission ~ '^[0-9a-f]{64}$'),
    standing text not null check (standing in ('pending','accepted','held','refused','late')),
    verdict jsonb,
    unique (request_id, submission, content_id),
    check (standing <> 'accepted' or (verdict is not null
      and verdict->>'content' = 'match'
      and ((verdict->>'indication' = 'TOTAL-PASSED' and verdict->>'identity' = 'match')
        or verdict->>'indication' = 'INDETERMINATE')))
  )`,
  sql`create index artifacts_envelope on artifacts (envelope_id)`,
  sql`create index artifacts_pending on artifacts (received_at) where standing = 'pending'`,
  sql`create index artifacts_sha256 on artifacts (sha256)`,
  sql`create table reports (
    id bigint generated always as identity primary key,
    organisation_id text not null references organisations,
    envelope_id text not null references envelopes,
    artifact_id text not null references artifacts,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    at timestamptz not null,
    policy text not null,
    indication text not null check (indication in ('TOTAL-PASSED','INDETERMINATE','TOTAL-FAILED')),
    body jsonb not null,
    material jsonb not null
  )`,
  sql`create index reports_artifact on reports (artifact_id, id)`,
  sql`create table events (
    envelope_id text not null references envelopes,
    seq integer not null check (seq > 0),
    organisation_id text not null references organisations,
    at timestamptz not null,
    type text not null,
    actor jsonb not null,
    signing_id text,
    request_id text,
    artifact_id text,
    data jsonb not null,
    prev_hash text not null,
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    primary key (envelope_id, seq)
  )`,
  sql`create table evidence (
    envelope_id text primary key references envelopes,
    organisation_id text not null references organisations,
    manifest_sha256 text not null check (manifest_sha256 ~ '^[0-9a-f]{64}$'),
    timestamp_sha256 text check (timestamp_sha256 ~ '^[0-9a-f]{64}$'),
    last_event integer not null,
    created_at timestamptz not null
  )`,
  sql`create table security_events (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    type text not null,
    provider text,
    envelope_id text,
    data jsonb not null
  )`,
  sql`create table idempotency_keys (
    actor text not null,
    method text not null,
    path text not null,
    key text not null check (length(key) between 1 and 255),
    body_hash text not null,
    state text not null check (state in ('running','done')),
    status integer,
    response text,
    content_type text,
    created_at timestamptz not null default now(),
    primary key (actor, method, path, key)
  )`,
  sql`create index idempotency_keys_age on idempotency_keys (created_at)`,
  sql`create function muhr_refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% is append-only', tg_table_name using errcode = 'MU001';
  end $$`,
  ...['events', 'reports', 'security_events', 'documents'].map((table) =>
    sql.raw(
      `create trigger ${table}_append_only before update or delete on ${table} for each row execute function muhr_refuse_change()`,
    ),
  ),
  sql`create function muhr_state_rank(state text) returns integer immutable language sql as $$
    select case state
      when 'draft' then 0 when 'waiting' then 0 when 'recorded' then 0 when 'planned' then 0
      when 'sealing' then 1 when 'claimed' then 1
      when 'dispatching' then 2
      when 'sent' then 3 when 'viewed' then 4 when 'received' then 5 when 'held' then 6
      else 9 end
  $$`,
  sql`create function muhr_forward_only() returns trigger language plpgsql as $$
  begin
    if new.state <> old.state and muhr_state_rank(new.state) <= muhr_state_rank(old.state) then
      raise exception '% cannot go from % to %', tg_table_name, old.state, new.state using errcode = 'MU002';
    end if;
    return new;
  end $$`,
  ...['envelopes', 'signings', 'attempts'].map((table) =>
    sql.raw(
      `create trigger ${table}_forward_only before update of state on ${table} for each row execute function muhr_forward_only()`,
    ),
  ),
  sql`create function muhr_version_moves() returns trigger language plpgsql as $$
  begin
    if new.version <> old.version + 1 then
      raise exception 'envelope version must move by one' using errcode = 'MU003';
    end if;
    return new;
  end $$`,
  sql`create trigger envelopes_version before update on envelopes for each row execute function muhr_version_moves()`,
  // Completed means verified: looked at once more when the transaction commits.
  sql`create function muhr_completed_means_verified() returns trigger language plpgsql as $$
  declare
    missing integer;
  begin
    if new.state = 'completed' then
      select count(*) into missing
      from signings s
      cross join envelope_documents d
      where s.envelope_id = new.id and d.envelope_id = new.id
        and (s.state <> 'signed' or not exists (
          select 1 from artifacts a join contents c on c.id = a.content_id
          where a.signing_id = s.id and c.document_id = d.document_id and a.standing = 'accepted'
            and (a.verdict->>'indication' = 'TOTAL-PASSED' or s.accepted_by is not null)));
      if missing > 0 then
        raise exception 'envelope % completed without % verified artifacts', new.id, missing using errcode = 'MU004';
      end if;
    end if;
    return null;
  end $$`,
  sql`create constraint trigger envelopes_completed_means_verified
    after insert or update of state on envelopes deferrable initially deferred
    for each row execute function muhr_completed_means_verified()`,
]

/** Creates the first schema. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
