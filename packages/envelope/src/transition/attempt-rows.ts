import type { AttemptId, Instant } from '../ids.ts'
import type { Attempt, SigningRequest } from '../model.ts'
import type { AttemptAction } from '../words.ts'
import { addRows, type Change, findRequest, newId, owe } from './change.ts'
import { nextResend } from './schedules.ts'

/** Records a call before it is made, and owes the job that makes it (design §3 rule 2). */
export function recordAttempt(
  change: Change,
  request: SigningRequest,
  options: { readonly action: AttemptAction; readonly at?: Instant | undefined },
): void {
  const id = newId<AttemptId>(change, 'attempt')
  addRows(change, 'attempts', [
    {
      id,
      request: request.id,
      action: options.action,
      state: 'recorded',
      since: change.now,
      ...(options.at === undefined ? {} : { at: options.at }),
    },
  ])
  owe(change, {
    kind: 'attempt',
    attempt: id,
    action: options.action,
    ...(options.at === undefined ? {} : { at: options.at }),
    // As it is by now: a number that was just reserved needs no slot any more.
    ...slotWanted(options.action, findRequest(change, request.id) ?? request),
  })
}

/**
 * True for a call that may make something at a service that counts: every one before the service has
 * given the request a name, since a lost answer may have made one already.
 */
export function needsSlot(
  attempt: Pick<Attempt, 'action'>,
  request: Pick<SigningRequest, 'traits' | 'handle'>,
): boolean {
  return (
    attempt.action === 'dispatch' && request.traits.paced === true && request.handle === undefined
  )
}

/** What its job says of a call that needs a slot. */
export function slotWanted(
  action: AttemptAction,
  request: Pick<SigningRequest, 'traits' | 'handle'>,
): { readonly slot?: 'wanted' } {
  return needsSlot({ action }, request) ? { slot: 'wanted' } : {}
}

/** True where a cancel of which nobody knows what it did may be made again. */
export function mayCancelAgain({
  traits,
  state,
}: Pick<SigningRequest, 'traits' | 'state'>): boolean {
  const isHarmless = traits.idempotency === 'reserved' || traits.cancelsAgain === true

  return isHarmless && (state === 'open' || state === 'unknown')
}

/** Records the next call under the same reservation, paced by how many were made. */
export function recordResend(change: Change, request: SigningRequest, action: AttemptAction): void {
  const made = change.aggregate.attempts.filter(
    (attempt) => attempt.request === request.id && attempt.action === action,
  ).length
  recordAttempt(change, request, { action, at: nextResend(made, change.now) })
}
