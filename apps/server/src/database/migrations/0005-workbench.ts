import { type Kysely, sql } from 'kysely'

/**
 * The workbench of EPGU: accounts, services with their templates and schemas, orders with every file that
 * was sent and received, and what happened to them. Codes as in 0001: MU001 append-only, MU002 never back,
 * MU003 version moves by one, MU007 what it was stays.
 */
const statements = [
  sql`create table workbench_accounts (
    id text primary key,
    organisation_id text not null references organisations,
    name text not null check (name <> ''),
    esia_url text not null,
    epgu_url text not null,
    public_origin text,
    path_prefix text not null,
    user_agent text,
    -- Encrypted (instance/secret-box), and erased when the account is removed.
    api_key bytea,
    api_key_sealed_by text check (api_key_sealed_by ~ '^[0-9a-f]{32}$'),
    api_key_hint text not null,
    signer_key_id text,
    -- A clerk's signature over the API-Key, which serves for a day.
    token_seal bytea,
    token_sealed_at timestamptz,
    created_at timestamptz not null,
    created_by jsonb not null,
    removed_at timestamptz,
    unique (id, organisation_id),
    foreign key (signer_key_id, organisation_id) references signer_keys (id, organisation_id),
    check ((api_key is null) = (api_key_sealed_by is null)),
    check ((api_key is null) = (removed_at is not null)),
    check ((token_seal is null) = (token_sealed_at is null)),
    check (removed_at is null or token_seal is null)
  )`,
  sql`create index workbench_accounts_organisation on workbench_accounts (organisation_id, id)`,

  sql`create table workbench_services (
    id text primary key,
    organisation_id text not null references organisations,
    version integer not null check (version > 0),
    created_at timestamptz not null,
    removed_at timestamptz,
    unique (id, organisation_id)
  )`,
  sql`create index workbench_services_organisation on workbench_services (organisation_id, id)`,
  sql`create table workbench_service_versions (
    service_id text not null,
    organisation_id text not null,
    version integer not null check (version > 0),
    name text not null check (name <> ''),
    service_code text not null check (service_code ~ '^[0-9]{1,20}$'),
    target_code text not null check (target_code ~ '^-?[0-9]{1,20}$'),
    region text not null check (region ~ '^[0-9]{2,11}$'),
    main_file text not null check (main_file <> ''),
    template text not null,
    schema text,
    at timestamptz not null,
    by jsonb not null,
    primary key (service_id, version),
    foreign key (service_id, organisation_id) references workbench_services (id, organisation_id)
  )`,

  sql`create table workbench_orders (
    id text primary key,
    organisation_id text not null references organisations,
    title text not null,
    -- Whose account it goes through: one of the workbench, or an employee of a connection.
    account_id text,
    connection_id text,
    employee text,
    account_used jsonb not null,
    signer_key_id text,
    service_id text,
    service_version integer,
    service_code text not null check (service_code ~ '^[0-9]{1,20}$'),
    target_code text not null check (target_code ~ '^-?[0-9]{1,20}$'),
    region text not null check (region ~ '^[0-9]{2,11}$'),
    guid uuid not null,
    main_file text not null check (main_file <> ''),
    order_number text check (order_number ~ '^[0-9]{1,19}$'),
    state text not null check (state in
      ('reserving','draft','sealing','built','sending','unknown','sent','failed')),
    since timestamptz not null,
    version integer not null check (version > 0),
    -- A process that sends holds the order until then; later nobody knows what became of it.
    lease_until timestamptz,
    seal_from timestamptz,
    seal_due timestamptz,
    sent_bytes bigint,
    total_bytes bigint,
    last_code text,
    portal jsonb,
    status_id integer,
    closed boolean not null default false,
    observed_at timestamptz,
    created_at timestamptz not null,
    created_by jsonb not null,
    unique (id, organisation_id),
    foreign key (account_id, organisation_id) references workbench_accounts (id, organisation_id),
    foreign key (connection_id, organisation_id) references connections (id, organisation_id),
    foreign key (signer_key_id, organisation_id) references signer_keys (id, organisation_id),
    foreign key (service_id, organisation_id) references workbench_services (id, organisation_id),
    foreign key (service_id, service_version) references workbench_service_versions (service_id, version),
    check ((account_id is null) <> (connection_id is null)),
    check ((connection_id is null) = (employee is null)),
    check ((service_id is null) = (service_version is null)),
    check ((state in ('reserving','sending')) = (lease_until is not null)),
    check ((state = 'sealing') = (seal_due is not null)),
    check ((seal_due is null) = (seal_from is null)),
    check (state <> 'sent' or order_number is not null),
    check ((portal is null) = (observed_at is null))
  )`,
  sql`create index workbench_orders_organisation on workbench_orders (organisation_id, id)`,
  sql`create index workbench_orders_number on workbench_orders (organisation_id, order_number)
    where order_number is not null`,
  sql`insert into muhr_steps values
    ('workbench_orders','reserving','draft'), ('workbench_orders','reserving','failed'),
    ('workbench_orders','draft','sealing'), ('workbench_orders','sealing','draft'),
    ('workbench_orders','draft','built'), ('workbench_orders','sealing','built'),
    ('workbench_orders','built','draft'), ('workbench_orders','built','sealing'),
    ('workbench_orders','built','sending'),
    ('workbench_orders','sending','sent'), ('workbench_orders','sending','unknown'),
    -- A sending that certainly had no effect, and one of which a person or the portal says so.
    ('workbench_orders','sending','built'), ('workbench_orders','unknown','built'),
    ('workbench_orders','unknown','sent')`,
  sql.raw(`create trigger workbench_orders_forward_only before update of state on workbench_orders
    for each row when (old.state <> new.state) execute function muhr_forward_only('state')`),
  sql`create function muhr_workbench_version_moves() returns trigger language plpgsql as $$
  begin
    raise exception 'order version must move by one' using errcode = 'MU003';
  end $$`,
  // How far an upload has come is told beside the version.
  sql.raw(`create trigger workbench_orders_version before update on workbench_orders for each row
    when (new.version <> old.version + 1 and (new.version <> old.version or old.state <> 'sending'
      or new.state <> old.state)) execute function muhr_workbench_version_moves()`),
  sql.raw(`create trigger workbench_orders_same before update on workbench_orders for each row
    when ((old.id, old.organisation_id, old.account_id, old.connection_id, old.employee, old.service_id,
        old.service_version, old.service_code, old.target_code, old.region, old.guid, old.main_file,
        old.created_at, old.created_by)
      is distinct from (new.id, new.organisation_id, new.account_id, new.connection_id, new.employee,
        new.service_id, new.service_version, new.service_code, new.target_code, new.region, new.guid,
        new.main_file, new.created_at, new.created_by)
      or (old.order_number is not null and old.order_number is distinct from new.order_number))
    execute function muhr_refuse_rewrite()`),

  sql`create table workbench_files (
    id text primary key,
    organisation_id text not null,
    order_id text not null,
    role text not null check (role in ('main','document','signature','package','result')),
    name text not null check (name <> ''),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint not null check (size >= 0),
    media_type text not null,
    -- Of a result: where it lies at the portal.
    link text,
    created_at timestamptz not null,
    created_by jsonb not null,
    removed_at timestamptz,
    unique (id, organisation_id),
    foreign key (order_id, organisation_id) references workbench_orders (id, organisation_id),
    check ((role = 'result') = (link is not null))
  )`,
  sql`create index workbench_files_order on workbench_files (order_id, id)`,
  sql`create unique index workbench_files_one on workbench_files (order_id, role)
    where removed_at is null and role in ('main','package')`,
  // Names that some system takes for the same.
  sql`create unique index workbench_files_name on workbench_files (order_id, lower(name))
    where removed_at is null and role in ('main','document')`,
  sql`create unique index workbench_files_link on workbench_files (order_id, link)
    where removed_at is null and role = 'result'`,
  sql.raw(`create trigger workbench_files_same before update on workbench_files for each row
    when (old.removed_at is not null or (old.id, old.organisation_id, old.order_id, old.role, old.name,
        old.sha256, old.size, old.media_type, old.link, old.created_at, old.created_by)
      is distinct from (new.id, new.organisation_id, new.order_id, new.role, new.name, new.sha256,
        new.size, new.media_type, new.link, new.created_at, new.created_by))
    execute function muhr_refuse_rewrite()`),

  sql`create table workbench_events (
    id bigint generated always as identity primary key,
    organisation_id text not null,
    order_id text not null,
    at timestamptz not null,
    type text not null check (type in ('created','reserved','reserve-failed','xml-set','file-added',
      'file-removed','seal-wanted','seal-dropped','built','package-uploaded','push-started','pushed',
      'push-refused','push-unknown','resolved','observed','downloaded','cancel-started','cancelled',
      'cancel-refused','cancel-unknown')),
    actor jsonb not null,
    data jsonb not null,
    foreign key (order_id, organisation_id) references workbench_orders (id, organisation_id)
  )`,
  sql`create index workbench_events_order on workbench_events (order_id, id)`,

  ...['workbench_service_versions', 'workbench_events'].map((table) =>
    sql.raw(`create trigger ${table}_append_only before update or delete on ${table}
      for each row execute function muhr_refuse_change()`),
  ),
  ...['workbench_accounts', 'workbench_services', 'workbench_orders', 'workbench_files'].map(
    (table) =>
      sql.raw(`create trigger ${table}_lasting before delete on ${table}
        for each row execute function muhr_refuse_change()`),
  ),
  ...[
    'workbench_accounts',
    'workbench_services',
    'workbench_service_versions',
    'workbench_orders',
    'workbench_files',
    'workbench_events',
  ].map((table) =>
    sql.raw(`create trigger ${table}_not_emptied before truncate on ${table}
      for each statement execute function muhr_refuse_change()`),
  ),
]

/** Creates the tables of the workbench. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) {
    await statement.execute(db)
  }
}
