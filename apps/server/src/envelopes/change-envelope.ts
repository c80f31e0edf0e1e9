import {
  type EnvelopeAggregate,
  type Input,
  instantOf,
  type TransitionRefusal,
  transition,
} from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { Tx } from '../database/open-database.ts'
import { appendEvents } from '../events/append-events.ts'
import { loadAggregate } from './load-aggregate.ts'
import { saveAggregate } from './save-aggregate.ts'

/** Channel on which every change of an envelope is told, inside its transaction. */
export const changeChannel = 'muhr_changes'

export type ChangeResult =
  | {
      readonly kind: 'changed'
      readonly previous: EnvelopeAggregate
      readonly next: EnvelopeAggregate
    }
  /** The state had moved already, or there was nothing to do. */
  | { readonly kind: 'unchanged'; readonly next: EnvelopeAggregate }
  | {
      readonly kind: 'refused'
      readonly refusal: TransitionRefusal
      readonly next: EnvelopeAggregate
    }
  | { readonly kind: 'not-found' }

type Door = Pick<AppContext, 'db' | 'queue' | 'hashes' | 'ids' | 'now'>

/** How often a lost race is run again before it is called a defect. */
const maxRaces = 50

/**
 * The one door for change (design §3 rule 3). Reads the envelope, asks the pure transition, and writes
 * rows, audit events and jobs in one transaction under a compare-and-set on (state, version). Whoever
 * loses the race reads again and asks again: the transition then finds the state moved.
 */
export async function changeEnvelope(
  door: Door,
  envelopeId: string,
  input: Input,
  organisationId?: string,
): Promise<ChangeResult> {
  for (let race = 0; race < maxRaces; race += 1) {
    const previous = await loadAggregate(door.db, envelopeId, organisationId)
    if (previous === undefined) {
      return { kind: 'not-found' }
    }
    const now = instantOf(door.now())
    const result = transition(previous, input, { now, ids: door.ids })
    if (!result.ok) {
      return { kind: 'refused', refusal: result.refusal, next: previous }
    }
    const { next, events, jobs } = result
    if (next === previous && events.length === 0 && jobs.length === 0) {
      return { kind: 'unchanged', next }
    }

    const saved = await door.db.transaction().execute(async (tx) => {
      const mine =
        next === previous
          ? await holdEnvelope(tx, previous)
          : await saveAggregate(tx, previous, next, door.hashes)
      if (!mine) {
        return false
      }
      await appendEvents(
        tx,
        { id: previous.envelope.id, organisation: previous.envelope.organisation },
        events,
        now,
      )
      await door.queue.enqueue(tx, previous.envelope.id, jobs)
      await tellChange(tx, next)

      return true
    })
    if (saved) {
      return next === previous ? { kind: 'unchanged', next } : { kind: 'changed', previous, next }
    }
  }

  throw new Error('an envelope was moved by others at every try')
}

/** Locks the envelope row without moving it, so that events without a change also keep one chain. */
async function holdEnvelope(tx: Tx, previous: EnvelopeAggregate): Promise<boolean> {
  const row = await tx
    .selectFrom('envelopes')
    .select('version')
    .where('id', '=', previous.envelope.id)
    .forUpdate()
    .executeTakeFirst()

  return row?.version === previous.envelope.version
}

/** Tells all processes, when the transaction commits, that an envelope changed. */
export async function tellChange(tx: Tx, aggregate: EnvelopeAggregate): Promise<void> {
  const { organisation, id, version } = aggregate.envelope
  await sql`select pg_notify(${changeChannel}, ${`${organisation} ${id} ${version}`})`.execute(tx)
}
