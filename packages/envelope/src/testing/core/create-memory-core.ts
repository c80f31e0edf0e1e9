import { createEnvelope } from '../../create-envelope.ts'
import type { EnvelopeId } from '../../ids.ts'
import { instantAfter } from '../../time.ts'
import { addressesOf, viewOf } from './core-io.ts'
import {
  type CoreState,
  changeEnvelope,
  connectionOf,
  keepBytes,
  step,
  storedOf,
} from './core-state.ts'
import { CoreCrash, type MemoryCore, type MemoryCoreOptions } from './core-types.ts'
import { makeKeptSeals } from './kept-seals.ts'
import { publicDoor } from './public-door.ts'
import { doJob, makeSeal } from './run-job.ts'
import { watch } from './watch.ts'

/** Pause before a job that could not be done yet is taken again. */
const againMs = 30_000

/** Starts an empty engine. See `MemoryCore` for what it does. */
export function createMemoryCore(options: MemoryCoreOptions): MemoryCore {
  const state: CoreState = {
    options,
    publicUrl: 'https://muhr.test',
    stored: new Map(),
    blobs: new Map(),
    cursors: new Map(),
    looked: new Map(),
    again: new Map(),
    hinted: new Map(),
    keptSeals: [],
    blocked: new Map(),
    slots: new Map(),
    requestByToken: new Map(),
    sent: [],
    violations: [],
    jobs: [],
    nextJob: 1,
  }
  const runJob = () => takeJob(state)

  return {
    fetch: publicDoor(state),
    publicUrl: state.publicUrl,
    createEnvelope: (input) => addEnvelope(state, input),
    command: (envelope, input) => changeEnvelope(state, envelope, input),
    makeKeptSeals: () => makeKeptSeals(state),
    makeSeal: (envelope, seal) => makeSeal(state, envelope, seal),
    runJob,
    settle: async () => {
      while (await runJob()) {
        // Until nothing is due.
      }
    },
    watch: (connection) => watch(state, connection),
    redeliver: (job) => {
      state.jobs = state.jobs.map((each) =>
        job === undefined || each.id === job ? { ...each, state: 'queued' } : each,
      )
    },
    jobs: () => state.jobs,
    envelopes: () => [...state.stored.keys()],
    aggregate: (envelope) => storedOf(state, envelope).aggregate,
    events: (envelope) => storedOf(state, envelope).events,
    presentation: (envelope, id) => {
      const { aggregate } = storedOf(state, envelope)
      const row = aggregate.requests.find((each) => each.id === id)
      if (row === undefined) {
        throw new Error(`${envelope} has no request ${id}`)
      }
      const { provider, connection } = connectionOf(state, row.connection)

      return provider.present({
        connection,
        request: viewOf(aggregate, id),
        addresses: addressesOf(state, row.provider, id),
      })
    },
    bytes: (sha256) => state.blobs.get(sha256),
    sent: () => state.sent,
    violations: () => state.violations,
  }
}

function addEnvelope(
  state: CoreState,
  { files, ...input }: Parameters<MemoryCore['createEnvelope']>[0],
): EnvelopeId {
  const documents = files.map(({ bytes, document }) => ({
    ...document,
    sha256: keepBytes(state, bytes),
    size: bytes.length,
  }))
  const { clock, ids } = state.options
  const made = createEnvelope({ ...input, documents }, { now: clock.now(), ids })
  if (!made.ok) {
    throw new Error(`the envelope is refused: ${made.refusals.map((each) => each.code).join()}`)
  }
  const { id } = made.next.envelope
  state.stored.set(id, { aggregate: made.next, events: [...made.events] })

  return id
}

/** A job is deleted when it is done. A process that falls leaves it taken, to be delivered again. */
async function takeJob(state: CoreState): Promise<boolean> {
  const now = state.options.clock.now()
  const taken = state.jobs.find((each) => each.state === 'queued' && each.at <= now)
  if (taken === undefined) {
    return false
  }
  const put = (change: Partial<typeof taken>) => {
    state.jobs = state.jobs.map((each) => (each.id === taken.id ? { ...each, ...change } : each))
  }
  put({ state: 'taken' })
  try {
    await step(state, 'job-taken', taken.job.kind)
    const end = await doJob(state, taken.envelope, taken.job)
    await step(state, 'job-done', taken.job.kind)
    if (end === 'again') {
      put({ state: 'queued', at: instantAfter(state.options.clock.now(), againMs) })
    } else {
      state.jobs = state.jobs.filter((each) => each.id !== taken.id)
    }
  } catch (error) {
    if (!(error instanceof CoreCrash)) {
      throw error
    }
  }

  return true
}
