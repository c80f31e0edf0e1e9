import type { Input } from '../inputs.ts'
import { isDue } from '../time.ts'
import { type Found, find, hasNextCall, refuseAnswer } from './attempt.ts'
import { slotWanted } from './attempt-rows.ts'
import { type Change, owe, patchAttempt, record } from './change.ts'
import { closeRequest } from './end.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'

type InputOf<Kind extends Input['kind']> = Extract<Input, { readonly kind: Kind }>

/**
 * A call had certainly no effect: its attempt is recorded as before, to be claimed again. Only whoever
 * claimed it can say so; a redelivered job that found it claimed has called it unknown by then.
 */
export function attemptDeferred(
  change: Change,
  input: InputOf<'attempt-deferred'>,
): TransitionRefusal | undefined {
  const found = find(change, input.attempt)
  if (found === undefined || found.attempt.action !== 'dispatch') {
    return refuse('attempt.unknown', 'attempt')
  }
  const refusal = refuseAnswer(found.attempt)
  if (refusal !== undefined) {
    return refusal === 'late' ? undefined : refusal
  }
  if (found.attempt.state === 'unknown') {
    learnAbsence(change, found, input.code)
  } else {
    callAgain(change, found, input)
  }

  return undefined
}

function callAgain(
  change: Change,
  { attempt, request }: Found,
  input: InputOf<'attempt-deferred'>,
): void {
  const isOver = request.state !== 'inflight' || request.ending !== undefined
  if (isOver) {
    patchAttempt(change, attempt.id, { state: 'refused', code: 'request-ended', since: change.now })
    if (request.ending !== undefined && request.state === 'inflight') {
      closeRequest(change, request.id, request.ending)
    }
    return
  }
  patchAttempt(change, attempt.id, {
    state: 'recorded',
    code: input.code,
    at: input.at,
    since: change.now,
  })
  owe(change, {
    kind: 'attempt',
    attempt: attempt.id,
    action: attempt.action,
    at: input.at,
    ...slotWanted(attempt.action, request),
  })
  record(change, 'request.deferred', {
    signing: request.signing,
    request: request.id,
    data: { attempt: attempt.id, code: input.code, at: input.at },
  })
}

/** It was thought lost, and nothing was sent after all: where no other call is due, nothing is there. */
function learnAbsence(change: Change, { attempt, request }: Found, code: string): void {
  patchAttempt(change, attempt.id, { state: 'refused', code, since: change.now })
  if (request.state === 'unknown' && !hasNextCall(change, request)) {
    closeRequest(change, request.id, 'absent', { code })
  }
}

/** What a deferred call waited for has come. */
export function attemptWoken(
  change: Change,
  input: InputOf<'attempt-woken'>,
): TransitionRefusal | undefined {
  const found = find(change, input.attempt)
  if (found === undefined) {
    return refuse('attempt.unknown', 'attempt')
  }
  const { attempt, request } = found
  const isDeferred =
    attempt.state === 'recorded' && attempt.code !== undefined && attempt.at !== undefined
  if (isDeferred && attempt.at !== undefined && !isDue(attempt.at, change.now)) {
    patchAttempt(change, attempt.id, { at: change.now })
    owe(change, {
      kind: 'attempt',
      attempt: attempt.id,
      action: attempt.action,
      ...slotWanted(attempt.action, request),
    })
  }

  return undefined
}
