import { type Kysely, sql } from 'kysely'

/**
 * Signer keys: what makes the seals of an organisation. A secret lies here encrypted (instance/secret-box)
 * and is erased when its key is removed; the row stays, since seals name it. Codes as in 0001: MU001
 * append-only, MU002 never back, MU007 what it was stays.
 */
const statements = [
  sql`alter table connections add constraint connections_of_organisation unique (id, organisation_id)`,
  sql`create table signer_keys (
    id text primary key,
    organisation_id text not null references organisations,
    name text not null check (name <> ''),
    kind text not null check (kind in
      ('pkcs12','pem','cryptopro-container','csp','pkcs11','remote','browser-plugin')),
    attendance text not null check (attendance in ('unattended','attended')),
    certificate bytea not null,
    subject text not null,
    issuer text not null,
    sha1 text not null check (sha1 ~ '^[0-9a-f]{40}$'),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    not_before timestamptz not null,
    not_after timestamptz not null,
    -- Nothing secret: thumbprint, program, address.
    settings jsonb not null,
    secret bytea,
    secret_key_id text check (secret_key_id ~ '^[0-9a-f]{32}$'),
    created_at timestamptz not null,
    created_by jsonb not null,
    acknowledged_at timestamptz,
    acknowledged_by jsonb,
    removed_at timestamptz,
    unique (id, organisation_id),
    check (sha256 = encode(sha256(certificate), 'hex')),
    check ((attendance = 'attended') = (kind = 'browser-plugin')),
    check ((secret is null) = (secret_key_id is null)),
    check ((acknowledged_at is null) = (acknowledged_by is null)),
    check (case
      when removed_at is not null then secret is null
      when kind = 'browser-plugin' then secret is null
      else secret is not null end)
  )`,
  sql`create index signer_keys_organisation on signer_keys (organisation_id, id)`,
  sql`create unique index signer_keys_once on signer_keys (organisation_id, sha256, kind)
    where removed_at is null`,
  sql`create index signer_keys_ending on signer_keys (not_after) where removed_at is null`,
  sql`create table signer_key_choices (
    connection_id text primary key,
    organisation_id text not null,
    signer_key_id text not null,
    chosen_at timestamptz not null,
    foreign key (connection_id, organisation_id) references connections (id, organisation_id),
    foreign key (signer_key_id, organisation_id) references signer_keys (id, organisation_id)
  )`,
  sql`create index signer_key_choices_key on signer_key_choices (signer_key_id)`,
  sql`create table signer_key_events (
    id bigint generated always as identity primary key,
    organisation_id text not null,
    signer_key_id text not null,
    at timestamptz not null,
    type text not null check (type in ('added','acknowledged','chosen','checked','removed','resealed')),
    actor jsonb not null,
    data jsonb not null,
    foreign key (signer_key_id, organisation_id) references signer_keys (id, organisation_id)
  )`,
  sql`create index signer_key_events_key on signer_key_events (signer_key_id, id)`,

  sql.raw(`create trigger signer_key_events_append_only before update or delete on signer_key_events
    for each row execute function muhr_refuse_change()`),
  sql.raw(`create trigger signer_keys_lasting before delete on signer_keys
    for each row execute function muhr_refuse_change()`),
  ...['signer_keys', 'signer_key_events'].map((table) =>
    sql.raw(`create trigger ${table}_not_emptied before truncate on ${table}
      for each statement execute function muhr_refuse_change()`),
  ),
  sql.raw(`create trigger signer_keys_same before update on signer_keys for each row
    when ((old.id, old.organisation_id, old.kind, old.attendance, old.certificate, old.subject, old.issuer,
        old.sha1, old.sha256, old.not_before, old.not_after, old.settings, old.created_at, old.created_by)
      is distinct from (new.id, new.organisation_id, new.kind, new.attendance, new.certificate,
        new.subject, new.issuer, new.sha1, new.sha256, new.not_before, new.not_after, new.settings,
        new.created_at, new.created_by))
    execute function muhr_refuse_rewrite()`),
  sql.raw(`create trigger signer_keys_removed before update on signer_keys for each row
    when (old.removed_at is not null) execute function muhr_refuse_ended()`),
  sql.raw(`create trigger signer_keys_acknowledged before update on signer_keys for each row
    when (old.acknowledged_at is not null and (old.acknowledged_at, old.acknowledged_by)
      is distinct from (new.acknowledged_at, new.acknowledged_by))
    execute function muhr_refuse_rewrite()`),

  // A choice of a key that is gone would fail only when something is to be sealed.
  sql`create function muhr_choice_is_live() returns trigger language plpgsql as $$
  begin
    if exists (select 1 from signer_keys where id = new.signer_key_id and removed_at is not null) then
      raise exception 'signer key % was removed', new.signer_key_id using errcode = 'MU002';
    end if;
    return new;
  end $$`,
  sql.raw(`create trigger signer_key_choices_live before insert or update on signer_key_choices
    for each row execute function muhr_choice_is_live()`),
]

/** Creates the tables of signer keys. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
