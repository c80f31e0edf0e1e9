import type { DomainEvent, EnvelopeAggregate } from '@muhr/envelope'
import { CompiledQuery } from 'kysely'
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
import { type Part, parts, statements } from './save-statements.ts'
import { searchText } from './search-text.ts'

/** Hashes under which the tokens of requests and signings are found; no token is ever stored. */
export type TokenHashes = {
  readonly callback: (requestId: string) => Buffer
  readonly signer: (signingId: string) => Buffer
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

/** The parts as parameters, in their order. */
function parametersOf(rows: ReturnType<typeof changedParts>): readonly string[] {
  return parts.map((part) => JSON.stringify(rows[part]))
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
  const documents = aggregate.documents.map((document) => documentRow(document, scope))
  const recipients = aggregate.recipients.map((recipient, index) =>
    recipientRow(recipient, index, scope),
  )
  const events = chainEvents(envelope, more.events, { head: undefined, at: more.at })
  const row = { ...envelopeRow(aggregate), search: searchText(aggregate), updated_at: more.at }
  await db.executeQuery(
    CompiledQuery.raw(statements.insert, [
      JSON.stringify(row),
      JSON.stringify(documents),
      JSON.stringify(recipients),
      ...parametersOf(changedParts(aggregate, undefined, more.hashes)),
      JSON.stringify(events),
    ]),
  )
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
  const { envelope } = next
  const events = JSON.stringify(chainEvents(envelope, saving.events, saving))
  const known = [envelope.id, previous.envelope.state, previous.envelope.version]
  const query =
    next === previous
      ? CompiledQuery.raw(statements.note, [...known, events])
      : CompiledQuery.raw(statements.update, [
          ...known,
          envelope.state,
          envelope.version,
          envelope.sentAt ?? null,
          envelope.endedAt ?? null,
          envelope.reason ?? null,
          ...parametersOf(changedParts(next, previous, hashes)),
          events,
        ])
  try {
    return (await db.executeQuery(query)).rows.length === 1
  } catch (error) {
    // Two continued the same link of the chain: the second has lost the race as surely as by version.
    if (isChainConflict(error)) {
      return false
    }
    throw error
  }
}

/** Unique violation of the chain's key, or the trigger that looks at its links. */
function isChainConflict(error: unknown): boolean {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }

  return code === 'MU006' || (code === '23505' && constraint === 'events_pkey')
}
