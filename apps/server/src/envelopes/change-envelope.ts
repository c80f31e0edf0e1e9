import {
  type EnvelopeAggregate,
  type Input,
  instantOf,
  type TransitionDone,
  type TransitionRefusal,
  transition,
} from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import type { Queryable, Tx } from '../database/open-database.ts'
import { queuedJobs } from '../jobs/queue.ts'
import { type ChainHead, loadWithHead } from './load-aggregate.ts'
import { saveAggregate } from './save-aggregate.ts'

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

export type ChangeOptions = {
  /** Only an envelope of this organisation. */
  readonly organisation?: string | undefined
  /** Called in the transaction of the change, before it commits: what must stand or fall with it. */
  readonly alongside?: ((tx: Tx, next: EnvelopeAggregate) => Promise<void>) | undefined
}

/** How often a lost race is run again before it is called a defect. */
const maxRaces = 50

/** Thrown to roll a transaction back whose compare-and-set found the envelope moved. */
class RaceLost extends Error {}

/**
 * The one door for change (design §3 rule 3). Reads the envelope, asks the pure transition, and writes
 * rows, audit events and jobs in one transaction under a compare-and-set on (state, version). Whoever
 * loses the race reads again and asks again: the transition then finds the state moved.
 */
export async function changeEnvelope(
  door: Door,
  envelopeId: string,
  input: Input,
  options: ChangeOptions = {},
): Promise<ChangeResult> {
  const key = { envelope: envelopeId, organisation: options.organisation }
  for (let race = 0; race < maxRaces; race += 1) {
    const loaded = await loadWithHead(door.db, key)
    if (loaded === undefined) {
      return { kind: 'not-found' }
    }
    const previous = loaded.aggregate
    const now = instantOf(door.now())
    const result = transition(previous, input, { now, ids: door.ids })
    if (!result.ok) {
      return { kind: 'refused', refusal: result.refusal, next: previous }
    }
    const { next, events, jobs } = result
    if (next === previous && events.length === 0 && jobs.length === 0) {
      return { kind: 'unchanged', next }
    }
    if (await write(door, { previous, head: loaded.head, result, at: now, options })) {
      return next === previous ? { kind: 'unchanged', next } : { kind: 'changed', previous, next }
    }
  }

  throw new Error('an envelope was moved by others at every try')
}

type Writing = {
  readonly previous: EnvelopeAggregate
  readonly head: ChainHead | undefined
  readonly result: TransitionDone
  readonly at: string
  readonly options: ChangeOptions
}

async function write(door: Door, writing: Writing): Promise<boolean> {
  const { previous, head, result, at, options } = writing
  const { next, events, jobs } = result
  const save = (db: Queryable) =>
    saveAggregate(db, { previous, next, events, head, at }, door.hashes)
  // What is one statement is one transaction already.
  if (queuedJobs(jobs).length === 0 && options.alongside === undefined) {
    return save(door.db)
  }
  try {
    await door.db.transaction().execute(async (tx) => {
      if (!(await save(tx))) {
        throw new RaceLost()
      }
      await door.queue.enqueue(tx, previous.envelope.id, jobs)
      await options.alongside?.(tx, next)
    })

    return true
  } catch (error) {
    if (error instanceof RaceLost) {
      return false
    }
    throw error
  }
}
