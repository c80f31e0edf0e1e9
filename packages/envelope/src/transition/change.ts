import type { AttemptId, IdKind, IdSource, Instant, RequestId, SealId, SigningId } from '../ids.ts'
import type { DomainEvent, EventType, Job } from '../inputs.ts'
import type { Attempt, EnvelopeAggregate, Seal, Signing, SigningRequest } from '../model.ts'
import type { ActorRef } from '../words.ts'

/** What a transition takes from the world. */
export type TransitionContext = { readonly now: Instant; readonly ids: IdSource }

/**
 * The working copy of one transition: it starts as the aggregate that came in and collects what was
 * caused. Rows are replaced, never written into, so whatever no step touched is the same object after.
 */
export type Change = {
  aggregate: EnvelopeAggregate
  readonly events: DomainEvent[]
  readonly jobs: Job[]
  readonly now: Instant
  readonly ids: IdSource
}

export const systemActor: ActorRef = { kind: 'system' }

/** Opens a working copy. */
export function beginChange(aggregate: EnvelopeAggregate, context: TransitionContext): Change {
  return { aggregate, events: [], jobs: [], now: context.now, ids: context.ids }
}

/** A new id of a kind, with its brand. */
export function newId<Id extends string>(change: Change, kind: IdKind): Id {
  return change.ids.next(kind) as Id
}

/** Writes one line of the audit chain. Data holds codes and ids only: never a person, never a text. */
export function record(
  change: Change,
  type: EventType,
  about: Partial<Omit<DomainEvent, 'type'>> = {},
): void {
  change.events.push({ ...about, type, actor: about.actor ?? systemActor, data: about.data ?? {} })
}

/** Owes a job, once. */
export function owe(change: Change, job: Job): void {
  const text = JSON.stringify(job)
  if (!change.jobs.some((other) => JSON.stringify(other) === text)) {
    change.jobs.push(job)
  }
}

type Row = { readonly id: string }

function patchRows<R extends Row>(rows: readonly R[], id: string, patch: Partial<R>): readonly R[] {
  const index = rows.findIndex((row) => row.id === id)
  const row = rows[index]
  if (row === undefined) {
    return rows
  }
  const keys = Object.keys(patch) as (keyof R)[]
  if (keys.every((key) => Object.is(row[key], patch[key]))) {
    return rows
  }

  return rows.with(index, { ...row, ...patch })
}

function patchPart<Part extends 'signings' | 'requests' | 'attempts' | 'seals' | 'artifacts'>(
  change: Change,
  part: Part,
  rows: EnvelopeAggregate[Part],
): void {
  if (rows !== change.aggregate[part]) {
    change.aggregate = { ...change.aggregate, [part]: rows }
  }
}

export function patchEnvelope(change: Change, patch: Partial<EnvelopeAggregate['envelope']>): void {
  change.aggregate = {
    ...change.aggregate,
    envelope: { ...change.aggregate.envelope, ...patch },
  }
}

export function patchSigning(change: Change, id: SigningId, patch: Partial<Signing>): void {
  patchPart(change, 'signings', patchRows(change.aggregate.signings, id, patch))
}

export function patchRequest(change: Change, id: RequestId, patch: Partial<SigningRequest>): void {
  patchPart(change, 'requests', patchRows(change.aggregate.requests, id, patch))
}

export function patchAttempt(change: Change, id: AttemptId, patch: Partial<Attempt>): void {
  patchPart(change, 'attempts', patchRows(change.aggregate.attempts, id, patch))
}

export function patchSeal(change: Change, id: SealId, patch: Partial<Seal>): void {
  patchPart(change, 'seals', patchRows(change.aggregate.seals, id, patch))
}

export function patchArtifact(
  change: Change,
  id: string,
  patch: Partial<EnvelopeAggregate['artifacts'][number]>,
): void {
  patchPart(change, 'artifacts', patchRows(change.aggregate.artifacts, id, patch))
}

/** Appends rows that are new in this transition. */
export function addRows<Part extends 'contents' | 'requests' | 'attempts' | 'seals' | 'artifacts'>(
  change: Change,
  part: Part,
  rows: EnvelopeAggregate[Part],
): void {
  if (rows.length > 0) {
    change.aggregate = { ...change.aggregate, [part]: [...change.aggregate[part], ...rows] }
  }
}

export function findSigning(change: Change, id: SigningId): Signing | undefined {
  return change.aggregate.signings.find((signing) => signing.id === id)
}

export function findRequest(change: Change, id: RequestId): SigningRequest | undefined {
  return change.aggregate.requests.find((request) => request.id === id)
}

/** The provider of a request, as the one who did something. */
export function providerActor(request: SigningRequest): ActorRef {
  return { kind: 'provider', id: request.provider }
}
