import type { Input } from '../inputs.ts'
import { mayCancelAgain, recordResend } from './attempt-rows.ts'
import { type Change, findRequest, owe, patchAttempt } from './change.ts'
import { closeRequest } from './end.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'

/**
 * The provider answered a cancel call. Only `cancelled` closes: in every other case somebody may still
 * sign there, so the request stays watched, and what was signed already is fetched.
 */
export function cancelDone(
  change: Change,
  input: Extract<Input, { readonly kind: 'cancel-done' }>,
): TransitionRefusal | undefined {
  const attempt = change.aggregate.attempts.find((each) => each.id === input.attempt)
  const request = attempt && findRequest(change, attempt.request)
  if (attempt === undefined || request === undefined || attempt.action !== 'cancel') {
    return refuse('attempt.unknown', 'attempt')
  }
  if (attempt.state === 'recorded') {
    return refuse('attempt.not-claimed', 'attempt')
  }
  if (attempt.state !== 'claimed' && attempt.state !== 'unknown') {
    return undefined
  }
  switch (input.result) {
    case 'cancelled':
      patchAttempt(change, attempt.id, { state: 'done', since: change.now })
      closeRequest(change, request.id, request.ending ?? 'cancelled')
      break
    case 'cancelled-in-part':
      patchAttempt(change, attempt.id, { state: 'done', since: change.now })
      closeRequest(change, request.id, request.ending ?? 'cancelled')
      // Nothing more can be signed there; what was is evidence.
      owe(change, { kind: 'collect', request: request.id })
      break
    case 'too-late':
      patchAttempt(change, attempt.id, { state: 'refused', code: 'too-late', since: change.now })
      if (request.state !== 'closed') {
        owe(change, { kind: 'collect', request: request.id })
      }
      break
    case 'unsupported':
      patchAttempt(change, attempt.id, { state: 'refused', code: 'unsupported', since: change.now })
      break
    case 'unknown':
      if (attempt.state === 'claimed') {
        patchAttempt(change, attempt.id, { state: 'unknown', code: 'unknown', since: change.now })
        if (mayCancelAgain(request)) {
          recordResend(change, request, 'cancel')
        }
      }
      break
  }

  return undefined
}
