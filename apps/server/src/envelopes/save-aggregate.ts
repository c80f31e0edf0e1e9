import type { DomainEvent, EnvelopeAggregate } from '@muhr/envelope'
import { type RawBuilder, sql } from 'kysely'
import type { Queryable } from '../database/open-database.ts'
import { chainEvents } from '../events/chain-events.ts'
import {
  artifactRow,
  attemptRow,
  contentRow,
  documentRow,
  envelopeRow,
  type JsonRow,
  recipientRow,
  requestRow,
  sealRow,
  signingRow,
} from './aggregate-rows.ts'
import type { ChainHead } from './load-aggregate.ts'
import { searchText } from './search-text.ts'

/** Channel on which every change of an envelope is told when its transaction commits. */
export const changeChannel = 'muhr_changes'

/** Hashes under which the tokens of requests and signings are found; no token is ever stored. */
export type TokenHashes = {
  readonly callback: (requestId: string) => Buffer
  readonly signer: (signingId: string) => Buffer
}

/** What may change in a row that exists; everything else is written once. */
const mutable = {
  signings: ['state', 'since', 'round', 'planning', 'reason', 'accepted_by'],
  contents: [],
  requests: [
    'state',
    'outcome',
    'handle',
    'opens_at',
    'expires_at',
    'attention',
    'seen',
    'ending',
    'since',
  ],
  attempts: ['state', 'since', 'code'],
  seals: ['state', 'artifacts'],
  artifacts: ['standing', 'verdict'],
} as const satisfies { readonly [part: string]: readonly string[] }

type Part = keyof typeof mutable

const parts = Object.keys(mutable) as readonly Part[]

/** Changed rows of one table, as a part of the one statement: nothing is written unless `gate` has a row. */
function upsert(table: Part, rows: readonly JsonRow[], gate: string): RawBuilder<unknown> {
  const columns = mutable[table].map((column) => sql.raw(`${column} = excluded.${column}`))

  return sql`insert into ${sql.table(table)}
    select r.* from ${sql.table(gate)},
      jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) r
    on conflict (id) do ${columns.length === 0 ? sql.raw('nothing') : sql`update set ${sql.join(columns)}`}`
}

function insert(table: string, rows: readonly JsonRow[], gate: string): RawBuilder<unknown> {
  return sql`insert into ${sql.table(table)}
    select r.* from ${sql.table(gate)},
      jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb) r`
}

/** The end of every statement: the change is told, and its row says that it happened. */
function tell(gate: string): RawBuilder<unknown> {
  return sql`select pg_notify(${sql.lit(changeChannel)},
    organisation_id || ' ' || id || ' ' || version || ' ' || state) from ${sql.table(gate)}`
}

function changedParts(
  next: EnvelopeAggregate,
  previous: EnvelopeAggregate | undefined,
  hashes: TokenHashes,
): { readonly [P in Part]: readonly JsonRow[] } {
  const scope = { envelope_id: next.envelope.id, organisation_id: next.envelope.organisation }

  return {
    signings: changed(next.signings, previous?.signings).map((row) =>
      signingRow(row, scope, hashes.signer(row.id)),
    ),
    contents: changed(next.contents, previous?.contents).map((row) => contentRow(row, scope)),
    requests: changed(next.requests, previous?.requests).map((row) =>
      requestRow(row, scope, hashes.callback(row.id)),
    ),
    attempts: changed(next.attempts, previous?.attempts).map((row) => attemptRow(row, scope)),
    seals: changed(next.seals, previous?.seals).map((row) => sealRow(row, scope)),
    artifacts: changed(next.artifacts, previous?.artifacts).map((row) => artifactRow(row, scope)),
  }
}

/** Rows that are new or another object than before: transitions keep untouched rows as they are. */
function changed<T>(next: readonly T[], previous: readonly T[] | undefined): readonly T[] {
  if (previous === undefined) {
    return next
  }
  const known = new Set(previous)

  return next.filter((row) => !known.has(row))
}

/** Writes a whole new envelope with its first events, in one statement. */
export async function insertAggregate(
  db: Queryable,
  aggregate: EnvelopeAggregate,
  more: {
    readonly events: readonly DomainEvent[]
    readonly at: string
    readonly hashes: TokenHashes
  },
): Promise<void> {
  const { envelope } = aggregate
  const scope = { envelope_id: envelope.id, organisation_id: envelope.organisation }
  const rows = changedParts(aggregate, undefined, more.hashes)
  const events = chainEvents(envelope, more.events, { head: undefined, at: more.at })
  const row = { ...envelopeRow(aggregate), search: searchText(aggregate), updated_at: more.at }
  await sql`
    with made as (insert into envelopes
        select * from jsonb_populate_record(null::envelopes, ${JSON.stringify(row)}::jsonb)
        returning id, organisation_id, version, state),
      new_documents as (${insert(
        'envelope_documents',
        aggregate.documents.map((document) => documentRow(document, scope)),
        'made',
      )}),
      new_recipients as (${insert(
        'recipients',
        aggregate.recipients.map((recipient, index) => recipientRow(recipient, index, scope)),
        'made',
      )}),
      ${sql.join(
        parts.map(
          (part) => sql`${sql.table(`new_${part}`)} as (${insert(part, rows[part], 'made')})`,
        ),
      )},
      new_events as (${insert('events', events, 'made')})
    ${tell('made')}`.execute(db)
}

export type Saving = {
  readonly previous: EnvelopeAggregate
  /** The same object as `previous` when there are only events to add. */
  readonly next: EnvelopeAggregate
  readonly events: readonly DomainEvent[]
  readonly head: ChainHead | undefined
  readonly at: string
}

/**
 * Writes what differs and the events of it, in one statement, if the envelope still is in the state and
 * at the version that `previous` was read at, and nobody has added to its audit chain.
 * @returns false when somebody else moved it first; nothing is written then.
 */
export async function saveAggregate(
  db: Queryable,
  saving: Saving,
  hashes: TokenHashes,
): Promise<boolean> {
  const { previous, next } = saving
  const events = chainEvents(next.envelope, saving.events, saving)
  try {
    const { rows } =
      next === previous
        ? await sql`
            with held as (${hold(previous)}),
              new_events as (${insert('events', events, 'held')})
            ${tell('held')}`.execute(db)
        : await writeAll(db, { previous, next, events, hashes })

    return rows.length === 1
  } catch (error) {
    // Two continued the same link of the chain: the second has lost the race as surely as by version.
    if (isChainConflict(error)) {
      return false
    }
    throw error
  }
}

/** Locks the envelope without moving it, so that events without a change keep one chain as well. */
function hold({ envelope }: EnvelopeAggregate): RawBuilder<unknown> {
  return sql`select id, organisation_id, version, state from envelopes
    where id = ${envelope.id} and state = ${envelope.state} and version = ${envelope.version}
    for update`
}

async function writeAll(
  db: Queryable,
  input: {
    readonly previous: EnvelopeAggregate
    readonly next: EnvelopeAggregate
    readonly events: readonly JsonRow[]
    readonly hashes: TokenHashes
  },
): Promise<{ readonly rows: readonly unknown[] }> {
  const { previous, next, events, hashes } = input
  const { envelope } = next
  const rows = changedParts(next, previous, hashes)

  return sql`
    with moved as (update envelopes set
        state = ${envelope.state}, version = ${envelope.version},
        sent_at = ${envelope.sentAt ?? null}, ended_at = ${envelope.endedAt ?? null},
        reason = ${envelope.reason ?? null}, updated_at = now()
      where id = ${envelope.id} and state = ${previous.envelope.state}
        and version = ${previous.envelope.version}
      returning id, organisation_id, version, state),
      ${sql.join(
        parts.map(
          (part) => sql`${sql.table(`new_${part}`)} as (${upsert(part, rows[part], 'moved')})`,
        ),
      )},
      new_events as (${insert('events', events, 'moved')})
    ${tell('moved')}`.execute(db)
}

/** Unique violation of the chain's key, or the trigger that looks at its links. */
function isChainConflict(error: unknown): boolean {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }

  return code === 'MU006' || (code === '23505' && constraint === 'events_pkey')
}
