import type { ArtifactId, AttemptId, EnvelopeId, RequestId, SealId } from '../../ids.ts'
import type { Input, Job } from '../../inputs.ts'
import type { Step } from '../../provider.ts'
import { isFinal } from '../../transition/order.ts'
import { mayCall } from '../../transition/transition.ts'
import type { Json } from '../../words.ts'
import { providerIo, sender, viewOf } from './core-io.ts'
import {
  type CoreState,
  changeEnvelope,
  connectionOf,
  keepBytes,
  readBytes,
  step,
  storedOf,
} from './core-state.ts'
import { planSigning } from './plan-signing.ts'
import { judgeArtifact, submitCandidates } from './submit.ts'

/** What became of a job: done, or not yet possible. */
export type JobEnd = 'done' | 'again'

/** Does one job. Every job bears being done twice. */
export async function doJob(state: CoreState, envelope: EnvelopeId, job: Job): Promise<JobEnd> {
  switch (job.kind) {
    case 'plan':
      await planSigning(state, envelope, job)
      return 'done'
    case 'seal':
      await makeSeal(state, envelope, job.seal)
      return 'done'
    case 'attempt':
      await runAttempt(state, envelope, job.attempt)
      return 'done'
    case 'verify':
    case 'recheck':
      await judgeAgain(state, envelope, job.artifact)
      return 'done'
    case 'collect':
      return collect(state, envelope, job.request)
    case 'tick':
      await changeEnvelope(state, envelope, { kind: 'tick' })
      return 'done'
    case 'conclude':
      storedOf(state, envelope).events.push({
        type: 'envelope.concluded',
        actor: { kind: 'system' },
        data: {},
      })
      return 'done'
  }
}

/** Signs the items of a seal, by an unattended key or by the clerk's plug-in. */
export async function makeSeal(
  state: CoreState,
  envelope: EnvelopeId,
  id: SealId,
): ReturnType<typeof changeEnvelope> {
  const { aggregate } = storedOf(state, envelope)
  const seal = aggregate.seals.find((each) => each.id === id)
  const sealItem = state.options.sealItem
  if (seal === undefined || sealItem === undefined) {
    throw new Error(`${envelope} has no seal ${id}, or the core has no key for it`)
  }
  const artifacts = seal.items.map((item) =>
    keepBytes(state, sealItem(readBytes(state, item.sha256), item.format)),
  )
  await step(state, 'stored', 'seal-made')

  return changeEnvelope(state, envelope, {
    kind: 'seal-made',
    seal: id,
    items: seal.items.map((item) => item.sha256),
    artifacts,
    actor: seal.key === 'attended' ? { kind: 'user', id: 'usr_clerk' } : { kind: 'system' },
  })
}

/** Claims, calls, records: in this order, and the call only by whoever claimed (design §3 rule 2). */
async function runAttempt(state: CoreState, envelope: EnvelopeId, id: AttemptId): Promise<void> {
  const isGuarded = !state.options.without?.has('attempt-row')
  if (isGuarded) {
    const claimed = await changeEnvelope(state, envelope, { kind: 'claim', attempt: id })
    if (!claimed.ok || !mayCall(claimed, id)) {
      return
    }
  } else if (!isOwed(state, envelope, id)) {
    return
  }
  await step(state, 'before-call', 'attempt')
  const answer = await call(state, envelope, id)
  await step(state, 'after-call', 'attempt')
  if (!isGuarded) {
    await changeEnvelope(state, envelope, { kind: 'claim', attempt: id })
  }
  await changeEnvelope(state, envelope, answer)
}

function isOwed(state: CoreState, envelope: EnvelopeId, id: AttemptId): boolean {
  return storedOf(state, envelope).aggregate.attempts.some(
    (attempt) => attempt.id === id && attempt.state === 'recorded',
  )
}

async function call(state: CoreState, envelope: EnvelopeId, id: AttemptId): Promise<Input> {
  const { aggregate } = storedOf(state, envelope)
  const attempt = aggregate.attempts.find((each) => each.id === id)
  const row = aggregate.requests.find((each) => each.id === attempt?.request)
  if (attempt === undefined || row === undefined) {
    throw new Error(`${envelope} has no attempt ${id}`)
  }
  const { provider, connection } = connectionOf(state, row.connection)
  const request = viewOf(aggregate, row.id)
  const io = providerIo(state, id)
  if (attempt.action === 'cancel') {
    const result = (await provider.cancel?.({ connection, request, io })) ?? 'unsupported'

    return { kind: 'cancel-done', attempt: id, result }
  }
  const next = provider.advance({
    connection,
    sender,
    request,
    now: state.options.clock.now(),
    deadline: aggregate.envelope.deadline,
  })

  return answerOf(id, next, state)
}

async function answerOf(attempt: AttemptId, next: Step<Json>, state: CoreState): Promise<Input> {
  switch (next.kind) {
    case 'expose':
      return { kind: 'attempt-opened', attempt, handle: next.handle, window: next.window }
    case 'await':
    case 'done':
      return { kind: 'attempt-refused', attempt, code: 'nothing-to-call' }
    case 'call': {
      const result = await next.run(providerIo(state, attempt))
      switch (result.kind) {
        case 'opened':
          return { kind: 'attempt-opened', attempt, handle: result.handle, window: result.window }
        case 'reserved':
          return { kind: 'attempt-reserved', attempt, handle: result.handle }
        case 'refused':
          return { kind: 'attempt-refused', attempt, code: result.code }
        case 'unknown':
          return { kind: 'attempt-unknown', attempt, code: result.code }
      }
    }
  }
}

async function judgeAgain(state: CoreState, envelope: EnvelopeId, id: ArtifactId): Promise<void> {
  const { aggregate } = storedOf(state, envelope)
  const artifact = aggregate.artifacts.find((each) => each.id === id)
  const signing = aggregate.signings.find((each) => each.id === artifact?.signing)
  const isOpen = signing !== undefined && !isFinal(signing.state)
  if (artifact?.verdict === undefined || (artifact.standing === 'held' && isOpen)) {
    await judgeArtifact(state, envelope, id)
  }
}

/** Fetches what a service says is signed; asked again until the service gives it or the request ends. */
async function collect(state: CoreState, envelope: EnvelopeId, id: RequestId): Promise<JobEnd> {
  const { aggregate } = storedOf(state, envelope)
  const row = aggregate.requests.find((each) => each.id === id)
  if (row === undefined || row.state === 'closed') {
    return 'done'
  }
  const { provider, connection } = connectionOf(state, row.connection)
  if (row.handle === undefined || provider.collect === undefined) {
    return 'again'
  }
  const found = await provider
    .collect({ connection, request: viewOf(aggregate, id), io: providerIo(state) })
    .catch(() => undefined)
  if (found === undefined || found.candidates.length === 0) {
    return 'again'
  }
  await submitCandidates(state, { envelope, request: id, ...found })

  return 'done'
}
