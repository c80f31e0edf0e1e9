import type {
  AttemptId,
  ConnectionId,
  EnvelopeId,
  Instant,
  RequestId,
  Sha256Hex,
} from '../../ids.ts'
import type { DomainEvent, Input, Job } from '../../inputs.ts'
import { checkForward } from '../../invariants/check-forward.ts'
import { checkInvariants } from '../../invariants/check-invariants.ts'
import type { EnvelopeAggregate } from '../../model.ts'
import type { KeptSealWish, Provider } from '../../provider.ts'
import { transition } from '../../transition/transition.ts'
import type { Json } from '../../words.ts'
import { digestOf } from '../samples.ts'
import type {
  CommandResult,
  CoreStep,
  MemoryCoreOptions,
  QueuedJob,
  SentCall,
} from './core-types.ts'

export type Stored = { aggregate: EnvelopeAggregate; readonly events: DomainEvent[] }

export type Where = { readonly envelope: EnvelopeId; readonly request: RequestId }

export type OpenConnection = { readonly provider: Provider; readonly connection: Json }

/** Everything that would survive a fall (database, files), and the options. */
export type CoreState = {
  readonly options: MemoryCoreOptions
  readonly publicUrl: string
  readonly stored: Map<EnvelopeId, Stored>
  readonly blobs: Map<Sha256Hex, Uint8Array>
  readonly cursors: Map<ConnectionId, Json>
  /** When each open request was looked at last, for the watch. */
  readonly looked: Map<RequestId, Instant>
  /** When something last hinted at news of each. */
  readonly hinted: Map<RequestId, Instant>
  /** When each is to be looked at again, where its provider said so. */
  readonly again: Map<RequestId, Instant>
  readonly keptSeals: KeptSeal[]
  /** Buckets that a service called used up, until when. */
  readonly blocked: Map<string, Instant>
  /** The bucket that each call took. */
  readonly slots: Map<AttemptId, string>
  readonly requestByToken: Map<string, Where>
  readonly sent: SentCall[]
  readonly violations: string[]
  jobs: QueuedJob[]
  nextJob: number
}

/** A signature over a credential of a connection: wanted of the clerk, then kept. */
export type KeptSeal = {
  readonly connection: ConnectionId
  readonly wish: KeptSealWish
  signature: Uint8Array | undefined
  usableUntil: Instant | undefined
}

export type Changed = {
  readonly previous: EnvelopeAggregate
  readonly next: EnvelopeAggregate
  readonly events: readonly DomainEvent[]
}

/** Lets a test stop, overtake or end the process that is here. */
export async function step(state: CoreState, point: CoreStep['point'], of: string): Promise<void> {
  await state.options.onStep?.({ point, of })
}

export function storedOf(state: CoreState, id: EnvelopeId): Stored {
  const found = state.stored.get(id)
  if (found === undefined) {
    throw new Error(`the core has no envelope ${id}`)
  }

  return found
}

/** The token of a request in our addresses: known to whoever holds the link, and derivable by us. */
export function tokenOf(request: RequestId, purpose: 'callback' | 'bearer'): string {
  return digestOf(`token ${purpose} ${request}`).slice(0, 43)
}

export function connectionOf(state: CoreState, id: ConnectionId): OpenConnection {
  const row = state.options.connections.find((each) => each.id === id)
  const provider = state.options.providers.find((each) => each.describe().id === row?.provider)
  const parsed = row && provider?.parseConnection(row.settings)
  if (provider === undefined || parsed === undefined || !parsed.ok) {
    throw new Error(`the core has no usable connection ${id}`)
  }

  return { provider, connection: parsed.connection }
}

/** Stores bytes under their digest, at once and for good. */
export function keepBytes(state: CoreState, bytes: Uint8Array): Sha256Hex {
  const sha256 = digestOf(bytes)
  state.blobs.set(sha256, bytes)

  return sha256
}

export function readBytes(state: CoreState, sha256: Sha256Hex): Uint8Array {
  const bytes = state.blobs.get(sha256)
  if (bytes === undefined) {
    throw new Error(`the store has no ${sha256}`)
  }

  return bytes
}

/**
 * The one door for change, as the server has it: read, decide, and write aggregate, events and jobs
 * together if nobody wrote in between; whoever lost the race reads and decides again.
 */
export async function changeEnvelope(
  state: CoreState,
  id: EnvelopeId,
  input: Input,
): Promise<(CommandResult & { readonly ok: false }) | (Changed & { readonly ok: true })> {
  const { clock, ids, without } = state.options
  for (;;) {
    const { aggregate: previous } = storedOf(state, id)
    await step(state, 'loaded', input.kind)
    const result = transition(previous, withoutIdentity(state, input), { now: clock.now(), ids })
    if (!result.ok) {
      return result
    }
    await step(state, 'before-commit', input.kind)
    const now = storedOf(state, id)
    if (now.aggregate !== previous && !without?.has('compare-and-set')) {
      continue
    }
    commit(state, now, result)
    await step(state, 'after-commit', input.kind)

    return { ok: true, previous, next: result.next, events: result.events }
  }
}

/** The guard of the expected person, taken away on demand: whoever signed is taken for the right one. */
function withoutIdentity(state: CoreState, input: Input): Input {
  return input.kind === 'verified' && state.options.without?.has('identity-check')
    ? { ...input, verdict: { ...input.verdict, identity: 'match' } }
    : input
}

function commit(
  state: CoreState,
  row: Stored,
  result: {
    readonly next: EnvelopeAggregate
    readonly events: readonly DomainEvent[]
    readonly jobs: readonly Job[]
  },
): void {
  if (row.aggregate !== result.next) {
    state.violations.push(
      ...checkForward(row.aggregate, result.next),
      ...checkInvariants(result.next),
    )
  }
  row.aggregate = result.next
  row.events.push(...result.events)
  enqueue(state, result.next.envelope.id, result.jobs)
  for (const request of result.next.requests) {
    const where = { envelope: result.next.envelope.id, request: request.id }
    state.requestByToken.set(tokenOf(request.id, 'callback'), where)
  }
}

/** Puts jobs in the queue, to be taken when they are due. */
export function enqueue(state: CoreState, envelope: EnvelopeId, jobs: readonly Job[]): void {
  for (const job of jobs) {
    const at = ('at' in job ? job.at : undefined) ?? state.options.clock.now()
    state.jobs.push({ id: state.nextJob, envelope, job, at, state: 'queued' })
    state.nextJob += 1
  }
}
