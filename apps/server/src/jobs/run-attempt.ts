import {
  type AttemptId,
  type CallResult,
  type Input,
  instantAfter,
  instantOf,
  type Json,
  mayCall,
  needsSlot,
  type Provider,
  requestView,
} from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { providerIo } from '../envelopes/provider-io.ts'
import { requestAddresses } from '../envelopes/request-addresses.ts'
import { grantSlots, releaseSlot, slotOf } from '../pacing/grant-slots.ts'

/** Longest that a call to a provider may take that says nothing of it, ms. */
export const callTimeoutMs = 60_000

/** Pause before a deferred call that names no moment, ms. */
const deferredMs = 60_000
/** The same while it waits for a clerk's seal, which wakes it. */
const deferredUntilSealMs = 3_600_000

/** Longest that a call to a provider may take, ms. */
export function callTimeoutOf(provider: Provider): number {
  return provider.describe().callTimeoutMs ?? callTimeoutMs
}

/**
 * Makes one outgoing call, at most once. The attempt is claimed by compare-and-set first; a job that
 * comes again and finds it claimed makes the request `unknown` and sends nothing (design §3 rule 2).
 */
export async function runAttempt(
  app: AppContext,
  envelopeId: string,
  attemptId: AttemptId,
): Promise<void> {
  const slot = await slotFor(app, envelopeId, attemptId)
  if (slot === 'none-free') {
    return
  }
  const claimed = await changeEnvelope(app, envelopeId, {
    kind: 'claim',
    attempt: attemptId,
    bucket: slot,
  })
  if (claimed.kind !== 'changed' || !mayCall(claimed, attemptId)) {
    return
  }
  const attempt = claimed.next.attempts.find((candidate) => candidate.id === attemptId)
  const request = claimed.next.requests.find((candidate) => candidate.id === attempt?.request)
  if (attempt === undefined || request === undefined) {
    return
  }
  const connection = await loadConnection(app, request.connection)
  const view = requestView(claimed.next, request.id)
  if (connection === undefined || view === undefined) {
    await changeEnvelope(app, envelopeId, {
      kind: 'attempt-refused',
      attempt: attemptId,
      code: 'connection-unusable',
    })

    return
  }

  const timeoutMs = callTimeoutOf(connection.provider)
  const io = providerIo(app, connection, AbortSignal.timeout(timeoutMs))
  if (attempt.action === 'cancel') {
    const result =
      (await connection.provider
        .cancel?.({ connection: connection.settings, request: view, io })
        .catch(() => 'unknown' as const)) ?? 'unsupported'
    await changeEnvelope(app, envelopeId, { kind: 'cancel-done', attempt: attemptId, result })

    return
  }

  const step = connection.provider.advance({
    connection: connection.settings,
    sender: connection.sender,
    request: view,
    now: instantOf(app.now()),
    deadline: claimed.next.envelope.deadline,
  })
  const result: CallResult<Json> =
    step.kind === 'call'
      ? await step
          .run(io, requestAddresses(app, request))
          .catch(() => ({ kind: 'unknown' as const, code: 'call-failed' }))
      : step.kind === 'expose'
        ? // After its seals a request may open without any call.
          { kind: 'opened', handle: step.handle, window: step.window }
        : { kind: 'refused', code: 'nothing-to-call' }
  if (result.kind === 'deferred') {
    await deferCall(app, envelopeId, { attempt: attemptId, result })
  } else {
    await changeEnvelope(app, envelopeId, outcomeOf(attemptId, result))
  }
}

/** The quota bucket that a call draws on; absent where its service counts nothing. */
async function slotFor(
  app: AppContext,
  envelopeId: string,
  attemptId: AttemptId,
): Promise<string | 'none-free' | undefined> {
  const aggregate = await loadAggregate(app.db, { envelope: envelopeId })
  const attempt = aggregate?.attempts.find((candidate) => candidate.id === attemptId)
  const request = aggregate?.requests.find((candidate) => candidate.id === attempt?.request)
  if (attempt?.state !== 'recorded' || request === undefined || !needsSlot(attempt, request)) {
    return undefined
  }

  return (await slotOf(app, attemptId)) ?? 'none-free'
}

/**
 * A call wants a slot: what is free at its service is granted, in turn. It claims nothing itself, so
 * that there is one job that does: the one that comes with the slot.
 */
export async function seekSlot(
  app: AppContext,
  envelopeId: string,
  attemptId: AttemptId,
): Promise<void> {
  const aggregate = await loadAggregate(app.db, { envelope: envelopeId })
  const attempt = aggregate?.attempts.find((candidate) => candidate.id === attemptId)
  const request = aggregate?.requests.find((candidate) => candidate.id === attempt?.request)
  if (attempt?.state === 'recorded' && request !== undefined) {
    await grantSlots(app, request.provider)
  }
}

type Deferral = Extract<CallResult<Json>, { readonly kind: 'deferred' }>

/** Nothing happened: the attempt is recorded as before, and its slot goes to whoever is next. */
async function deferCall(
  app: AppContext,
  envelopeId: string,
  { attempt, result }: { readonly attempt: AttemptId; readonly result: Deferral },
): Promise<void> {
  const pauseMs = result.until === 'seal' ? deferredUntilSealMs : deferredMs
  const now = instantOf(app.now())
  const at = result.at ?? instantAfter(now, pauseMs)
  await changeEnvelope(
    app,
    envelopeId,
    // Its bucket is closed until then; another one may serve at once.
    { kind: 'attempt-deferred', attempt, code: result.code, at: result.exhausted ? now : at },
    {
      alongside: (tx) =>
        releaseSlot(tx, { attempt, exhaustedUntil: result.exhausted ? at : undefined }),
    },
  )
}

function outcomeOf(attempt: AttemptId, result: Exclude<CallResult<Json>, Deferral>): Input {
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
