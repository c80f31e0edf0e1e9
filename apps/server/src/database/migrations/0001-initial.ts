import { type Kysely, sql } from 'kysely'
import { constraintStatements } from './0001-constraints.ts'

/**
 * The first schema. Numbered and never edited: what comes later is a later file.
 * Every table carries `organisation_id`, and a part of an envelope that of its envelope. Only what is
 * seldom written refers to `organisations` itself: a reference locks the row that it names, and that
 * one row would be locked by every envelope at once. Every rule of the domain that can be said to the database is
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
    organisation_id text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint not null check (size > 0),
    media_type text not null,
    file_name text not null,
    created_at timestamptz not null default now(),
    unique (id, organisation_id)
  )`,
  sql`create index documents_organisation on documents (organisation_id, created_at)`,
  sql`create table envelopes (
    id text primary key,
    organisation_id text not null,
    title text not null,
    state text not null check (state in ('draft','sent','completed','declined','expired','voided','failed')),
    version integer not null check (version > 0),
    created_at timestamptz not null,
    created_by jsonb not null,
    sent_at timestamptz,
    deadline timestamptz,
    ended_at timestamptz,
    reason text,
    -- Title and names of recipients, folded by the server.
    search text not null,
    updated_at timestamptz not null default now(),
    unique (id, organisation_id)
  )`,
  // Ids sort by the time they were made.
  sql`create index envelopes_list on envelopes (organisation_id, id desc)`,
  sql`create index envelopes_sent on envelopes (organisation_id, id desc) where state = 'sent'`,
  sql`create index envelopes_deadline on envelopes (deadline) where state = 'sent' and deadline is not null`,
  sql`create table envelope_documents (
    envelope_id text not null,
    document_id text not null,
    organisation_id text not null,
    position integer not null check (position >= 0),
    title jsonb not null,
    meta jsonb not null,
    primary key (envelope_id, document_id),
    unique (envelope_id, position),
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id),
    foreign key (document_id, organisation_id) references documents (id, organisation_id)
  )`,
  sql`create table recipients (
    id text primary key,
    envelope_id text not null,
    organisation_id text not null,
    position integer not null,
    name text not null,
    locale text not null check (locale in ('ru','kk','uz','en')),
    order_group integer not null check (order_group > 0),
    identifiers jsonb not null,
    methods jsonb not null,
    unique (envelope_id, position),
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id)
  )`,
  sql`create table signings (
    id text primary key,
    envelope_id text not null,
    organisation_id text not null,
    recipient_id text not null unique references recipients,
    state text not null check (state in ('waiting','sealing','dispatching','sent','viewed','received','held','signed','declined','expired','voided','failed')),
    since timestamptz not null,
    round integer not null check (round >= 0),
    planning boolean not null,
    reason text,
    accepted_by jsonb,
    signer_hash bytea not null unique check (length(signer_hash) = 32),
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id)
  )`,
  sql`create index signings_envelope on signings (envelope_id)`,
  sql`create index signings_planning on signings (envelope_id) where planning`,
  sql`create table contents (
    id text primary key,
    envelope_id text not null,
    organisation_id text not null,
    document_id text not null references documents,
    derivation text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint not null,
    unique (envelope_id, document_id, derivation, sha256),
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id)
  )`,
  sql`create table requests (
    id text primary key,
    envelope_id text not null,
    organisation_id text not null,
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
    check ((state = 'closed') = (outcome is not null)),
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id)
  )`,
  sql`create index requests_envelope on requests (envelope_id)`,
  sql`create index requests_window on requests (expires_at) where state = 'open'`,
  sql`create index requests_live on requests (provider, connection_id) where state in ('open','unknown')`,
  sql`create table attempts (
    id text primary key,
    envelope_id text not null,
    organisation_id text not null,
    request_id text not null references requests,
    action text not null check (action in ('dispatch','cancel')),
    state text not null check (state in ('recorded','claimed','done','refused','unknown')),
    since timestamptz not null,
    code text,
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id)
  )`,
  sql`create index attempts_envelope on attempts (envelope_id)`,
  sql`create index attempts_owed on attempts (since) where state in ('recorded','claimed')`,
  sql`create table seals (
    id text primary key,
    envelope_id text not null,
    organisation_id text not null,
    signing_id text not null references signings,
    request_id text not null references requests,
    purpose text not null,
    key text not null check (key in ('unattended','attended')),
    items jsonb not null,
    due timestamptz not null,
    state text not null check (state in ('wanted','made','stale')),
    artifacts text[] not null,
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id)
  )`,
  sql`create index seals_envelope on seals (envelope_id)`,
  sql`create index seals_due on seals (due) where state = 'wanted'`,
  sql`create table artifacts (
    id text primary key,
    envelope_id text not null,
    organisation_id text not null,
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
    check (case standing
      when 'pending' then verdict is null
      when 'late' then true
      when 'refused' then verdict is not null
      else coalesce(verdict->>'content' = 'match' and verdict->>'identity' = 'match'
        and verdict->>'indication' =
          case standing when 'accepted' then 'TOTAL-PASSED' else 'INDETERMINATE' end, false)
    end),
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id)
  )`,
  sql`create index artifacts_envelope on artifacts (envelope_id)`,
  sql`create index artifacts_unsettled on artifacts (received_at) where standing in ('pending','held')`,
  sql`create index artifacts_sha256 on artifacts (sha256)`,
  sql`create table reports (
    id bigint generated always as identity primary key,
    organisation_id text not null,
    envelope_id text not null,
    artifact_id text not null references artifacts,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    at timestamptz not null,
    policy text not null,
    indication text not null check (indication in ('TOTAL-PASSED','INDETERMINATE','TOTAL-FAILED')),
    body jsonb not null,
    material jsonb not null,
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id)
  )`,
  sql`create index reports_artifact on reports (artifact_id, id)`,
  sql`create table events (
    envelope_id text not null,
    seq integer not null check (seq > 0),
    organisation_id text not null,
    at timestamptz not null,
    type text not null,
    actor jsonb not null,
    signing_id text,
    request_id text,
    artifact_id text,
    data jsonb not null,
    prev_hash text not null,
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    primary key (envelope_id, seq),
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id)
  )`,
  sql`create table evidence (
    envelope_id text primary key,
    organisation_id text not null,
    manifest_sha256 text not null check (manifest_sha256 ~ '^[0-9a-f]{64}$'),
    timestamp_sha256 text check (timestamp_sha256 ~ '^[0-9a-f]{64}$'),
    timestamp_material jsonb,
    last_event integer not null,
    created_at timestamptz not null,
    foreign key (envelope_id, organisation_id) references envelopes (id, organisation_id)
  )`,
  sql`create table security_events (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    type text not null,
    provider text,
    envelope_id text,
    data jsonb not null
  )`,
  // Written in the transaction of the effect: a row is an answer that was given, never a promise.
  sql`create table idempotency_keys (
    actor text not null,
    method text not null,
    path text not null,
    key text not null check (length(key) between 1 and 255),
    fingerprint text not null,
    status integer not null,
    response text not null,
    created_at timestamptz not null,
    primary key (actor, method, path, key)
  )`,
  sql`create index idempotency_keys_age on idempotency_keys (created_at)`,
  ...constraintStatements,
]

/** Creates the first schema. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
