import type { ArtifactId, AttemptId, EnvelopeId, RequestId, SealId } from '../../ids.ts'
import type { Input, Job } from '../../inputs.ts'
import type { SealItem } from '../../model.ts'
import type { ProviderIo, RequestAddresses, Step } from '../../provider.ts'
import { instantAfter } from '../../time.ts'
import { needsSlot } from '../../transition/attempt-rows.ts'
import { isFinal } from '../../transition/order.ts'
import { mayCall } from '../../transition/transition.ts'
import type { Json } from '../../words.ts'
import { addressesOf, providerIo, sender, viewOf } from './core-io.ts'
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
import { takeSlot } from './take-slot.ts'
import { look } from './watch.ts'

/** Pause before a deferred call that names no moment. */
const deferredMs = 60_000

/** What became of a job: done, or not yet possible. */
export type JobEnd = 'done' | 'again'

/** Does one job. Every job bears being done twice. */
export async function doJob(state: CoreState, envelope: EnvelopeId, job: Job): Promise<JobEnd> {
  switch (job.kind) {
    case 'plan':
      return planSigning(state, envelope, job)
    case 'seal':
      return doSeal(state, envelope, job.seal)
    case 'attempt':
      return runAttempt(state, envelope, job.attempt)
    case 'verify':
    case 'recheck':
      await judgeAgain(state, envelope, job.artifact)
      return 'done'
    case 'collect':
      return collect(state, envelope, job.request)
    case 'look':
      await look(state, envelope, job.request)
      return 'done'
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

/** Builds what is to be sealed, then signs it where the key needs nobody. */
async function doSeal(state: CoreState, envelope: EnvelopeId, id: SealId): Promise<JobEnd> {
  const now = () => storedOf(state, envelope).aggregate.seals.find((each) => each.id === id)
  await prepareSeal(state, envelope, id)
  const seal = now()
  if (seal?.state === 'wanted' && seal.key === 'unattended') {
    await makeSeal(state, envelope, id)
  }

  return now()?.state === 'planned' ? 'again' : 'done'
}

async function prepareSeal(state: CoreState, envelope: EnvelopeId, id: SealId): Promise<void> {
  const { aggregate } = storedOf(state, envelope)
  const seal = aggregate.seals.find((each) => each.id === id)
  const row = aggregate.requests.find((each) => each.id === seal?.request)
  if (seal?.state !== 'planned' || row === undefined) {
    return
  }
  const { provider, connection } = connectionOf(state, row.connection)
  const request = viewOf(aggregate, row.id)
  const now = state.options.clock.now()
  const prepared = await provider.prepareSeal?.({
    connection,
    sender,
    request,
    purpose: seal.purpose,
    now,
    dispatchAt: now,
    deadline: aggregate.envelope.deadline,
    io: providerIo(state, row.connection),
  })
  if (prepared === undefined || prepared.kind === 'refused') {
    const code = prepared?.code ?? 'seal.not-built'
    await changeEnvelope(state, envelope, { kind: 'seal-refused', seal: id, code })
    return
  }
  const items = prepared.items.map((item): SealItem => {
    const { name, format } = item
    const content = 'content' in item ? request.contents[item.content] : undefined
    const bytes = 'bytes' in item ? item.bytes : undefined

    return bytes === undefined
      ? {
          name,
          format,
          sha256: content?.sha256 ?? ('' as SealItem['sha256']),
          size: content?.size ?? 0,
        }
      : { name, format, sha256: keepBytes(state, bytes), size: bytes.length }
  })
  await step(state, 'stored', 'seal-prepared')
  await changeEnvelope(state, envelope, {
    kind: 'seal-prepared',
    seal: id,
    key: state.options.sealKey ?? 'unattended',
    signerKey: prepared.signerKey ?? 'key_chosen',
    items,
    due: prepared.due,
    usableFrom: prepared.usableFrom,
  })
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
async function runAttempt(state: CoreState, envelope: EnvelopeId, id: AttemptId): Promise<JobEnd> {
  const isGuarded = !state.options.without?.has('attempt-row')
  const bucket = bucketFor(state, envelope, id)
  if (bucket === 'none-free') {
    return 'again'
  }
  if (isGuarded) {
    const claimed = await changeEnvelope(state, envelope, { kind: 'claim', attempt: id, bucket })
    if (!claimed.ok || !mayCall(claimed, id)) {
      return 'done'
    }
  } else if (!isOwed(state, envelope, id)) {
    return 'done'
  }
  await step(state, 'before-call', 'attempt')
  const answer = await call(state, envelope, id)
  await step(state, 'after-call', 'attempt')
  if (!isGuarded) {
    await changeEnvelope(state, envelope, { kind: 'claim', attempt: id, bucket })
  }
  if (answer.kind === 'attempt-deferred') {
    state.slots.delete(id)
  }
  await changeEnvelope(state, envelope, answer)

  return 'done'
}

/** The bucket that a call draws on; absent where none is counted. */
function bucketFor(
  state: CoreState,
  envelope: EnvelopeId,
  id: AttemptId,
): string | 'none-free' | undefined {
  const { aggregate } = storedOf(state, envelope)
  const attempt = aggregate.attempts.find((each) => each.id === id)
  const row = aggregate.requests.find((each) => each.id === attempt?.request)
  if (attempt?.state !== 'recorded' || row === undefined || !needsSlot(attempt, row)) {
    return undefined
  }

  return takeSlot(state, attempt, row) ?? 'none-free'
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
  const io = providerIo(state, row.connection, id)
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

  return answerOf(id, next, {
    state,
    io,
    bucket: row.bucket,
    addresses: addressesOf(state, row.provider, row.id),
  })
}

async function answerOf(
  attempt: AttemptId,
  next: Step<Json>,
  {
    state,
    io,
    bucket,
    addresses,
  }: {
    state: CoreState
    io: ProviderIo
    bucket: string | undefined
    addresses: RequestAddresses
  },
): Promise<Input> {
  switch (next.kind) {
    case 'expose':
      return { kind: 'attempt-opened', attempt, handle: next.handle, window: next.window }
    case 'await':
    case 'done':
      return { kind: 'attempt-refused', attempt, code: 'nothing-to-call' }
    case 'call': {
      const result = await next.run(io, addresses)
      switch (result.kind) {
        case 'opened':
          return { kind: 'attempt-opened', attempt, handle: result.handle, window: result.window }
        case 'reserved':
          return { kind: 'attempt-reserved', attempt, handle: result.handle }
        case 'refused':
          return { kind: 'attempt-refused', attempt, code: result.code }
        case 'unknown':
          return { kind: 'attempt-unknown', attempt, code: result.code }
        case 'deferred': {
          const at = result.at ?? instantAfter(state.options.clock.now(), deferredMs)
          if (result.exhausted && bucket !== undefined) {
            state.blocked.set(bucket, at)
          }

          return {
            kind: 'attempt-deferred',
            attempt,
            code: result.code,
            at: result.exhausted ? state.options.clock.now() : at,
          }
        }
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
    .collect({
      connection,
      request: viewOf(aggregate, id),
      io: providerIo(state, row.connection),
    })
    .catch(() => undefined)
  if (found === undefined || found.candidates.length === 0) {
    return 'again'
  }
  await submitCandidates(state, { envelope, request: id, ...found })

  return 'done'
}
