import type { ColumnType, Generated } from 'kysely'

/** timestamptz: read as ISO 8601 UTC text with three fraction digits, written as text or Date. */
type Timestamp = ColumnType<string, string | Date, string | Date>
type GeneratedTimestamp = ColumnType<string, string | Date | undefined, string | Date>
/** jsonb: read as parsed, written as JSON text (see `json` below). */
type JsonColumn<T> = ColumnType<T, string, string>

export type Tables = {
  organisations: {
    id: string
    name: string
    names: JsonColumn<Readonly<Record<string, string>>>
    bin: string | null
    inn: string | null
    sandbox: boolean
    salt: Buffer
    created_at: GeneratedTimestamp
  }
  users: {
    id: string
    organisation_id: string
    name: string
    role: 'owner' | 'sender' | 'viewer' | 'auditor'
    locale: 'ru' | 'kk' | 'uz' | 'en'
    created_at: GeneratedTimestamp
  }
  login_links: {
    token_hash: Buffer
    user_id: string
    expires_at: Timestamp
    used_at: Timestamp | null
    created_at: GeneratedTimestamp
  }
  sessions: {
    token_hash: Buffer
    user_id: string
    created_at: GeneratedTimestamp
    expires_at: Timestamp
  }
  api_keys: {
    id: string
    organisation_id: string
    name: string
    key_hash: Buffer
    hint: string
    scopes: string[]
    created_at: GeneratedTimestamp
    revoked_at: Timestamp | null
  }
  connections: {
    id: string
    organisation_id: string
    provider: string
    name: string
    settings: JsonColumn<unknown>
    policy: string
    cursor: JsonColumn<unknown> | null
    created_at: GeneratedTimestamp
    /** Secret settings, encrypted (instance/secret-box), base64. */
    secret: string | null
    secret_key_id: string | null
    /** Rises with every change. */
    revision: Generated<number>
    disabled_at: Timestamp | null
  }
  connection_events: {
    id: Generated<number>
    organisation_id: string
    connection_id: string
    at: Timestamp
    type: string
    actor: JsonColumn<unknown>
    data: JsonColumn<unknown>
  }
  documents: {
    id: string
    organisation_id: string
    sha256: string
    size: number
    media_type: string
    file_name: string
    created_at: GeneratedTimestamp
  }
  envelopes: {
    id: string
    organisation_id: string
    title: string
    state: string
    version: number
    created_at: Timestamp
    created_by: JsonColumn<unknown>
    sent_at: Timestamp | null
    deadline: Timestamp | null
    ended_at: Timestamp | null
    reason: string | null
    search: string
    updated_at: GeneratedTimestamp
  }
  envelope_documents: {
    envelope_id: string
    document_id: string
    organisation_id: string
    position: number
    title: JsonColumn<unknown>
    meta: JsonColumn<unknown>
  }
  recipients: {
    id: string
    envelope_id: string
    organisation_id: string
    position: number
    name: string
    locale: 'ru' | 'kk' | 'uz' | 'en'
    order_group: number
    identifiers: JsonColumn<unknown>
    contact: JsonColumn<unknown>
    methods: JsonColumn<unknown>
  }
  signings: {
    id: string
    envelope_id: string
    organisation_id: string
    recipient_id: string
    state: string
    since: Timestamp
    round: number
    planning: boolean
    reason: string | null
    accepted_by: JsonColumn<unknown> | null
    signer_hash: Buffer
  }
  contents: {
    id: string
    envelope_id: string
    organisation_id: string
    document_id: string
    derivation: string
    sha256: string
    size: number
  }
  requests: {
    id: string
    envelope_id: string
    organisation_id: string
    signing_id: string
    provider: string
    method: string
    connection_id: string
    round: number
    state: string
    outcome: string | null
    contents: string[]
    handle: JsonColumn<unknown> | null
    opens_at: Timestamp | null
    expires_at: Timestamp | null
    attention: JsonColumn<unknown> | null
    traits: JsonColumn<unknown>
    seen: string[]
    ending: string | null
    since: Timestamp
    callback_hash: Buffer
    bucket: string | null
  }
  attempts: {
    id: string
    envelope_id: string
    organisation_id: string
    request_id: string
    action: string
    state: string
    since: Timestamp
    code: string | null
    not_before: Timestamp | null
  }
  seals: {
    id: string
    envelope_id: string
    organisation_id: string
    signing_id: string
    request_id: string
    purpose: string
    key: string | null
    items: JsonColumn<unknown>
    due: Timestamp | null
    state: string
    artifacts: string[]
    built: boolean
    signer_key: string | null
    usable_from: Timestamp | null
  }
  quota_buckets: {
    provider: string
    id: string
    slots: number
    window_ms: number
    blocked_until: Timestamp | null
  }
  quota_slots: {
    attempt_id: string
    provider: string
    bucket: string
    organisation_id: string
    envelope_id: string
    granted_at: Timestamp
  }
  quota_other_slots: {
    id: string
    provider: string
    bucket: string
    organisation_id: string
    granted_at: Timestamp
    held_until: Timestamp
  }
  kept_seals: {
    id: string
    organisation_id: string
    connection_id: string
    purpose: string
    sha256: string
    size: number
    /** What is signed, encrypted by the instance key. */
    octets: string
    format: string
    signer_key: string
    key: 'unattended' | 'attended'
    usable_ms: number
    renew_before_ms: number
    state: 'wanted' | 'made' | 'stale'
    asked_at: Timestamp
    made_at: Timestamp | null
    usable_until: Timestamp | null
    /** Base64. */
    artifact: string | null
  }
  connection_watches: {
    connection_id: string
    provider: string
    due_at: Timestamp
    lease: string | null
    watched_at: Timestamp | null
    failures: number
    failed_code: string | null
    failed_since: Timestamp | null
  }
  content_md5s: {
    sha256: string
    md5: string
  }
  request_looks: {
    request_id: string
    connection_id: string
    looked_at: Timestamp
    due_at: Timestamp
    hinted_at: Timestamp | null
  }
  artifacts: {
    id: string
    envelope_id: string
    organisation_id: string
    request_id: string
    signing_id: string
    content_id: string
    sha256: string
    size: number
    format: string
    detached: boolean
    vouched: boolean
    received_at: Timestamp
    submission: string
    standing: string
    verdict: JsonColumn<unknown> | null
  }
  reports: {
    id: Generated<number>
    organisation_id: string
    envelope_id: string
    artifact_id: string
    sha256: string
    at: Timestamp
    policy: string
    indication: string
    body: JsonColumn<unknown>
    material: JsonColumn<unknown>
  }
  events: {
    envelope_id: string
    seq: number
    organisation_id: string
    at: Timestamp
    type: string
    actor: JsonColumn<unknown>
    signing_id: string | null
    request_id: string | null
    artifact_id: string | null
    data: JsonColumn<unknown>
    prev_hash: string
    hash: string
  }
  evidence: {
    envelope_id: string
    organisation_id: string
    manifest_sha256: string
    timestamp_sha256: string | null
    timestamp_material: JsonColumn<unknown> | null
    last_event: number
    created_at: Timestamp
  }
  security_events: {
    id: Generated<number>
    at: GeneratedTimestamp
    type: string
    provider: string | null
    envelope_id: string | null
    data: JsonColumn<unknown>
  }
  idempotency_keys: {
    actor: string
    method: string
    path: string
    key: string
    fingerprint: string
    status: number
    response: string
    created_at: Timestamp
  }
  signer_keys: {
    id: string
    organisation_id: string
    name: string
    kind: string
    attendance: 'unattended' | 'attended'
    certificate: Buffer
    subject: string
    issuer: string
    sha1: string
    sha256: string
    not_before: Timestamp
    not_after: Timestamp
    settings: JsonColumn<unknown>
    secret: Buffer | null
    secret_key_id: string | null
    created_at: Timestamp
    created_by: JsonColumn<unknown>
    acknowledged_at: Timestamp | null
    acknowledged_by: JsonColumn<unknown> | null
    removed_at: Timestamp | null
  }
  workbench_accounts: {
    id: string
    organisation_id: string
    name: string
    esia_url: string
    epgu_url: string
    public_origin: string | null
    path_prefix: string
    user_agent: string | null
    /** Encrypted, see instance/secret-box.ts. */
    api_key: Buffer | null
    api_key_sealed_by: string | null
    api_key_hint: string
    signer_key_id: string | null
    /** CMS, DER. */
    token_seal: Buffer | null
    token_sealed_at: Timestamp | null
    created_at: Timestamp
    created_by: JsonColumn<unknown>
    removed_at: Timestamp | null
    seal_asked_at: ColumnType<string | null, Date | null | undefined, Date | null>
  }
  workbench_services: {
    id: string
    organisation_id: string
    version: number
    created_at: Timestamp
    removed_at: Timestamp | null
  }
  workbench_service_versions: {
    service_id: string
    organisation_id: string
    version: number
    name: string
    service_code: string
    target_code: string
    region: string
    main_file: string
    template: string
    schema: string | null
    at: Timestamp
    by: JsonColumn<unknown>
  }
  workbench_orders: {
    id: string
    organisation_id: string
    title: string
    account_id: string | null
    connection_id: string | null
    employee: string | null
    account_used: JsonColumn<unknown>
    signer_key_id: string | null
    service_id: string | null
    service_version: number | null
    service_code: string
    target_code: string
    region: string
    guid: string
    main_file: string
    order_number: string | null
    state: string
    since: Timestamp
    version: number
    lease_until: Timestamp | null
    seal_from: Timestamp | null
    seal_due: Timestamp | null
    sent_bytes: number | null
    total_bytes: number | null
    last_code: string | null
    portal: JsonColumn<unknown> | null
    status_id: number | null
    closed: ColumnType<boolean, boolean | undefined, boolean>
    observed_at: Timestamp | null
    created_at: Timestamp
    created_by: JsonColumn<unknown>
    /** Built although rules are broken. */
    as_is: ColumnType<boolean, boolean | undefined, boolean>
  }
  workbench_files: {
    id: string
    organisation_id: string
    order_id: string
    role: string
    name: string
    sha256: string
    size: number
    media_type: string
    link: string | null
    created_at: Timestamp
    created_by: JsonColumn<unknown>
    removed_at: Timestamp | null
  }
  workbench_events: {
    id: Generated<number>
    organisation_id: string
    order_id: string
    at: Timestamp
    type: string
    actor: JsonColumn<unknown>
    data: JsonColumn<unknown>
  }
  workbench_calls: {
    id: string
    organisation_id: string
    account_id: string
    order_id: string | null
    operation: string
    method: string
    url: string
    request: JsonColumn<unknown>
    at: Timestamp
    elapsed_ms: number
    status: number | null
    fault: string | null
    media_type: string | null
    answer_bytes: number | null
    /** Encrypted, see instance/secret-box.ts. */
    answer: Buffer | null
    answer_sealed_by: string | null
  }
  signer_key_choices: {
    connection_id: string
    organisation_id: string
    signer_key_id: string
    chosen_at: Timestamp
  }
  signer_key_events: {
    id: Generated<number>
    organisation_id: string
    signer_key_id: string
    at: Timestamp
    type: string
    actor: JsonColumn<unknown>
    data: JsonColumn<unknown>
  }
  trust_root_events: {
    id: Generated<number>
    organisation_id: string
    sha256: string
    at: Timestamp
    type: string
    actor: JsonColumn<unknown>
    data: JsonColumn<unknown>
  }
}
