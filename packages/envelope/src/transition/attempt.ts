import type { AttemptId } from '../ids.ts'
import type { Input } from '../inputs.ts'
import type { Attempt, SigningRequest } from '../model.ts'
import { isDue } from '../time.ts'
import { mayCancelAgain, needsSlot, recordAttempt, recordResend } from './attempt-rows.ts'
import { type Change, findRequest, patchAttempt, patchRequest, record } from './change.ts'
import { closeRequest, endRequest } from './end.ts'
import { openRequest } from './open-request.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'

type InputOf<Kind extends Input['kind']> = Extract<Input, { readonly kind: Kind }>
export type Found = { readonly attempt: Attempt; readonly request: SigningRequest }

/** An attempt with its request. */
export function find(change: Change, id: AttemptId): Found | undefined {
  const attempt = change.aggregate.attempts.find((each) => each.id === id)
  const request = attempt && findRequest(change, attempt.request)

  return attempt && request && { attempt, request }
}

/**
 * The gate before every call (design §3 rule 2). Only the claim that moves `recorded` to `claimed` may
 * send. One that finds it claimed is a redelivered job: somebody sent and fell, or is sending now; what
 * became of it is not known, so the request is `unknown` and nothing is sent.
 */
export function claim(change: Change, input: InputOf<'claim'>): TransitionRefusal | undefined {
  const found = find(change, input.attempt)
  if (found === undefined) {
    return refuse('attempt.unknown', 'attempt')
  }
  const { attempt, request } = found
  if (attempt.state === 'claimed') {
    loseAnswer(change, found, 'redelivered')
    return undefined
  }
  if (attempt.state !== 'recorded') {
    return undefined
  }
  // Closing and opening drop what is recorded; this is the last door should either ever forget one.
  if (!isCallable(attempt, request)) {
    patchAttempt(change, attempt.id, { state: 'refused', code: 'request-ended', since: change.now })
    return undefined
  }
  if (attempt.at !== undefined && !isDue(attempt.at, change.now)) {
    return undefined
  }
  if (needsSlot(attempt, request) && input.bucket === undefined) {
    return refuse('attempt.no-slot', 'bucket')
  }
  patchAttempt(change, attempt.id, { state: 'claimed', since: change.now })
  if (attempt.action === 'dispatch' && request.state !== 'inflight') {
    patchRequest(change, request.id, { state: 'inflight', since: change.now })
  }
  if (needsSlot(attempt, request)) {
    patchRequest(change, request.id, { bucket: input.bucket })
  }
  record(change, 'request.claimed', {
    signing: request.signing,
    request: request.id,
    data: { attempt: attempt.id, action: attempt.action },
  })

  return undefined
}

function isCallable(attempt: Attempt, request: SigningRequest): boolean {
  if (attempt.action === 'cancel') {
    return request.state === 'open' || request.state === 'unknown'
  }

  return (
    request.state === 'planned' ||
    request.state === 'inflight' ||
    (request.state === 'unknown' && request.traits.idempotency === 'reserved')
  )
}

/** Answers count while the attempt is in the air; an `unknown` one may still be answered late. */
export function refuseAnswer(attempt: Attempt): TransitionRefusal | 'late' | undefined {
  if (attempt.state === 'recorded') {
    return refuse('attempt.not-claimed', 'attempt')
  }

  return attempt.state === 'claimed' || attempt.state === 'unknown' ? undefined : 'late'
}

/** The call made the request at the provider. */
export function attemptOpened(
  change: Change,
  input: InputOf<'attempt-opened'>,
): TransitionRefusal | undefined {
  const found = find(change, input.attempt)
  if (found === undefined) {
    return refuse('attempt.unknown', 'attempt')
  }
  const refusal = refuseAnswer(found.attempt)
  if (refusal !== undefined) {
    return refusal === 'late' ? undefined : refusal
  }
  patchAttempt(change, found.attempt.id, { state: 'done', since: change.now })
  openRequest(change, found.request, {
    handle: input.handle,
    window: input.window,
    isAnswer: true,
  })

  return undefined
}

/** The call reserved a number. Nobody was asked for anything yet, so an ended request ends here. */
export function attemptReserved(
  change: Change,
  input: InputOf<'attempt-reserved'>,
): TransitionRefusal | undefined {
  const found = find(change, input.attempt)
  if (found === undefined) {
    return refuse('attempt.unknown', 'attempt')
  }
  const { attempt, request } = found
  const refusal = refuseAnswer(attempt)
  if (refusal !== undefined) {
    return refusal === 'late' ? undefined : refusal
  }
  patchAttempt(change, attempt.id, { state: 'done', since: change.now })
  if (request.state !== 'inflight' && request.state !== 'unknown') {
    return undefined
  }
  // Two reservations may be answered when the first answer was thought lost: the first name stays.
  if (request.handle === undefined) {
    patchRequest(change, request.id, { handle: input.handle })
    record(change, 'request.reserved', { signing: request.signing, request: request.id })
  }
  if (request.ending !== undefined) {
    closeRequest(change, request.id, request.ending)
  } else if (!hasNextCall(change, request)) {
    recordAttempt(change, request, { action: 'dispatch' })
  }

  return undefined
}

/** True while another call of the request is recorded or in the air. */
export function hasNextCall(change: Change, request: SigningRequest): boolean {
  return change.aggregate.attempts.some(
    (attempt) =>
      attempt.request === request.id &&
      attempt.action === 'dispatch' &&
      (attempt.state === 'recorded' || attempt.state === 'claimed'),
  )
}

/** The provider said no, so nothing happened there. */
export function attemptRefused(
  change: Change,
  input: InputOf<'attempt-refused'>,
): TransitionRefusal | undefined {
  const found = find(change, input.attempt)
  if (found === undefined) {
    return refuse('attempt.unknown', 'attempt')
  }
  const { attempt, request } = found
  const refusal = refuseAnswer(attempt)
  if (refusal !== undefined) {
    return refusal === 'late' ? undefined : refusal
  }
  patchAttempt(change, attempt.id, { state: 'refused', code: input.code, since: change.now })
  const isAnotherInTheAir = change.aggregate.attempts.some(
    (other) =>
      other.request === request.id && other.action === 'dispatch' && other.state === 'claimed',
  )
  const isUnsettled = request.state === 'inflight' || request.state === 'unknown'
  if (attempt.action === 'dispatch' && isUnsettled && !isAnotherInTheAir) {
    closeRequest(change, request.id, 'refused', { code: input.code })
  }

  return undefined
}

/** The worker lost the answer. */
export function attemptUnknown(
  change: Change,
  input: InputOf<'attempt-unknown'>,
): TransitionRefusal | undefined {
  const found = find(change, input.attempt)
  if (found === undefined) {
    return refuse('attempt.unknown', 'attempt')
  }
  const refusal = refuseAnswer(found.attempt)
  if (refusal !== undefined) {
    return refusal === 'late' ? undefined : refusal
  }
  if (found.attempt.state === 'claimed') {
    loseAnswer(change, found, input.code)
  }

  return undefined
}

/**
 * Nobody knows what the call did. Under a reservation it may be made again, as a new attempt; otherwise
 * only an observation or a person tells (never a blind repetition), and the request says so.
 */
function loseAnswer(change: Change, { attempt, request }: Found, code: string): void {
  patchAttempt(change, attempt.id, { state: 'unknown', code, since: change.now })
  const isReserved = request.traits.idempotency === 'reserved'
  if (attempt.action === 'cancel') {
    if (mayCancelAgain(request)) {
      recordResend(change, request, 'cancel')
    }
    return
  }
  if (request.state !== 'inflight') {
    return
  }
  patchRequest(change, request.id, {
    state: 'unknown',
    since: change.now,
    ...(isReserved ? {} : { attention: { kind: 'provider', since: change.now, code } as const }),
  })
  record(change, 'request.unknown', {
    signing: request.signing,
    request: request.id,
    data: { attempt: attempt.id, code },
  })
  if (request.ending !== undefined) {
    endRequest(change, request.id, request.ending)
  } else if (isReserved) {
    recordResend(change, request, 'dispatch')
    record(change, 'request.resent', { signing: request.signing, request: request.id })
  }
}
