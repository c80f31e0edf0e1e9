import { sql } from 'kysely'

/** Rows that are written once: what was uploaded, agreed, received, judged, and what happened. */
const appendOnly = [
  'events',
  'reports',
  'security_events',
  'documents',
  'envelope_documents',
  'recipients',
  'contents',
] as const

/** Rows that move forward, or change, and never disappear. */
const lasting = [
  'organisations',
  'envelopes',
  'signings',
  'requests',
  'attempts',
  'seals',
  'artifacts',
  'evidence',
] as const

const trigger = (table: string, name: string, when: string, run: string) =>
  sql.raw(`create trigger ${table}_${name} ${when} on ${table} ${run}`)

/**
 * The rules of the domain that can be said to the database, so that no path around the transition
 * function can break them. Codes: MU001 append-only, MU002 never back, MU003 version moves by one,
 * MU004 completed means verified, MU005 signed means verified, MU006 the audit chain has no gap,
 * MU007 what was received stays what it was.
 */
export const constraintStatements = [
  sql`create function muhr_refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% is append-only', tg_table_name using errcode = 'MU001';
  end $$`,
  ...appendOnly.map((table) =>
    trigger(
      table,
      'append_only',
      'before update or delete',
      'for each row execute function muhr_refuse_change()',
    ),
  ),
  ...lasting.map((table) =>
    trigger(
      table,
      'lasting',
      'before delete',
      'for each row execute function muhr_refuse_change()',
    ),
  ),
  ...[...appendOnly, ...lasting].map((table) =>
    trigger(
      table,
      'not_emptied',
      'before truncate',
      'for each statement execute function muhr_refuse_change()',
    ),
  ),

  // Processes remember keys for a moment; they forget them when one changes.
  sql`create function muhr_tell_keys() returns trigger language plpgsql as $$
  begin
    perform pg_notify('muhr_keys', '');
    return null;
  end $$`,
  trigger(
    'api_keys',
    'tell',
    'after insert or update or delete',
    'for each statement execute function muhr_tell_keys()',
  ),

  // Every step that exists; what is not named here is no step. The same table as checkForward.
  sql`create table muhr_steps (kind text, from_state text, to_state text, primary key (kind, from_state, to_state))`,
  sql`insert into muhr_steps
    select 'signings', a.state, b.state
    from (values ('waiting',0),('sealing',1),('dispatching',2),('sent',3),('viewed',4),('received',5),('held',6)) a(state, rank)
    cross join (values ('sealing',1),('dispatching',2),('sent',3),('viewed',4),('received',5),('held',6),
      ('signed',7),('declined',7),('expired',7),('voided',7),('failed',7)) b(state, rank)
    where b.rank > a.rank`,
  sql`insert into muhr_steps values
    ('envelopes','draft','sent'), ('envelopes','draft','voided'),
    ('envelopes','sent','completed'), ('envelopes','sent','declined'), ('envelopes','sent','expired'),
    ('envelopes','sent','voided'), ('envelopes','sent','failed'),
    ('requests','planned','inflight'), ('requests','planned','closed'),
    ('requests','inflight','open'), ('requests','inflight','unknown'), ('requests','inflight','closed'),
    ('requests','open','closed'),
    ('requests','unknown','inflight'), ('requests','unknown','open'), ('requests','unknown','closed'),
    ('attempts','recorded','claimed'), ('attempts','recorded','refused'),
    ('attempts','claimed','done'), ('attempts','claimed','refused'), ('attempts','claimed','unknown'),
    ('attempts','unknown','done'), ('attempts','unknown','refused'),
    ('seals','wanted','made'), ('seals','wanted','stale'), ('seals','made','stale'),
    ('artifacts','pending','accepted'), ('artifacts','pending','held'), ('artifacts','pending','refused'),
    ('artifacts','held','accepted'), ('artifacts','held','refused')`,
  sql`create function muhr_forward_only() returns trigger language plpgsql as $$
  declare
    was text := to_jsonb(old)->>tg_argv[0];
    becomes text := to_jsonb(new)->>tg_argv[0];
  begin
    if was <> becomes and not exists (select 1 from muhr_steps
      where kind = tg_table_name and from_state = was and to_state = becomes) then
      raise exception '% cannot go from % to %', tg_table_name, was, becomes using errcode = 'MU002';
    end if;
    return new;
  end $$`,
  ...(['envelopes', 'signings', 'requests', 'attempts', 'seals'] as const).map((table) =>
    trigger(
      table,
      'forward_only',
      'before update of state',
      `for each row when (old.state <> new.state) execute function muhr_forward_only('state')`,
    ),
  ),
  trigger(
    'artifacts',
    'forward_only',
    'before update of standing',
    `for each row when (old.standing <> new.standing) execute function muhr_forward_only('standing')`,
  ),

  sql`create function muhr_refuse_ended() returns trigger language plpgsql as $$
  begin
    raise exception '% has ended', old.id using errcode = 'MU002';
  end $$`,
  sql.raw(`create trigger signings_ended before update on signings for each row
    when (old.state in ('signed','declined','expired','voided','failed') and old.* is distinct from new.*)
    execute function muhr_refuse_ended()`),
  sql.raw(`create trigger envelopes_ended before update on envelopes for each row
    when (old.ended_at is not null and (old.state, old.ended_at, old.sent_at, old.deadline, old.reason)
      is distinct from (new.state, new.ended_at, new.sent_at, new.deadline, new.reason))
    execute function muhr_refuse_ended()`),
  sql`create function muhr_refuse_rewrite() returns trigger language plpgsql as $$
  begin
    raise exception '% is not what it was', old.id using errcode = 'MU007';
  end $$`,
  sql.raw(`create trigger artifacts_same before update on artifacts for each row
    when ((old.id, old.envelope_id, old.request_id, old.signing_id, old.content_id, old.sha256, old.size,
        old.submission, old.received_at)
      is distinct from (new.id, new.envelope_id, new.request_id, new.signing_id, new.content_id, new.sha256,
        new.size, new.submission, new.received_at))
    execute function muhr_refuse_rewrite()`),
  sql.raw(`create trigger requests_same before update on requests for each row
    when ((old.id, old.envelope_id, old.signing_id, old.provider, old.method, old.connection_id, old.round,
        old.contents, old.callback_hash)
      is distinct from (new.id, new.envelope_id, new.signing_id, new.provider, new.method,
        new.connection_id, new.round, new.contents, new.callback_hash))
    execute function muhr_refuse_rewrite()`),

  sql`create function muhr_version_moves() returns trigger language plpgsql as $$
  begin
    raise exception 'envelope version must move by one' using errcode = 'MU003';
  end $$`,
  sql.raw(`create trigger envelopes_version before update on envelopes for each row
    when (new.version <> old.version + 1) execute function muhr_version_moves()`),

  sql`create function muhr_event_continues() returns trigger language plpgsql as $$
  declare
    last record;
  begin
    select seq, hash into last from events where envelope_id = new.envelope_id order by seq desc limit 1;
    if new.seq <> coalesce(last.seq, 0) + 1 or new.prev_hash <> coalesce(last.hash, repeat('0', 64)) then
      raise exception 'event % of % does not continue the chain', new.seq, new.envelope_id using errcode = 'MU006';
    end if;
    return new;
  end $$`,
  trigger(
    'events',
    'continues',
    'before insert',
    'for each row execute function muhr_event_continues()',
  ),

  // Completed means verified, signed means verified: looked at when the transaction commits.
  sql`create function muhr_unproven(signing text) returns integer stable language sql as $$
    select count(*)::int
    from signings s
    join envelope_documents d on d.envelope_id = s.envelope_id
    where s.id = signing and not exists (
      select 1 from artifacts a join contents c on c.id = a.content_id
      where a.signing_id = s.id and c.document_id = d.document_id
        and (a.standing = 'accepted' or (a.standing = 'held' and s.accepted_by is not null)))
  $$`,
  sql`create function muhr_signed_means_verified() returns trigger language plpgsql as $$
  declare
    missing integer := muhr_unproven(new.id);
  begin
    if missing > 0 then
      raise exception 'signing % signed without % verified artifacts', new.id, missing using errcode = 'MU005';
    end if;
    return null;
  end $$`,
  sql.raw(`create constraint trigger signings_signed_means_verified
    after insert or update of state on signings deferrable initially deferred
    for each row when (new.state = 'signed') execute function muhr_signed_means_verified()`),
  sql`create function muhr_completed_means_verified() returns trigger language plpgsql as $$
  declare
    missing integer;
  begin
    select count(*) into missing from signings s
    where s.envelope_id = new.id and (s.state <> 'signed' or muhr_unproven(s.id) > 0);
    if missing > 0 or not exists (select 1 from signings where envelope_id = new.id) then
      raise exception 'envelope % completed without % verified signings', new.id, missing using errcode = 'MU004';
    end if;
    return null;
  end $$`,
  sql.raw(`create constraint trigger envelopes_completed_means_verified
    after insert or update of state on envelopes deferrable initially deferred
    for each row when (new.state = 'completed') execute function muhr_completed_means_verified()`),
]
