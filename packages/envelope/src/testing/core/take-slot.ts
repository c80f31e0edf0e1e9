import type { AttemptId, Instant } from '../../ids.ts'
import type { Attempt, SigningRequest } from '../../model.ts'
import type { QuotaBucket } from '../../provider.ts'
import { instantAfter } from '../../time.ts'
import { type CoreState, connectionOf } from './core-state.ts'

/** True while the call of a slot may still reach its service, or counts there. */
function isHeld(state: CoreState, id: AttemptId, bucket: QuotaBucket): boolean {
  const now = state.options.clock.now()
  const attempt = [...state.stored.values()]
    .flatMap(({ aggregate }) => aggregate.attempts)
    .find((each) => each.id === id)

  return (
    attempt !== undefined &&
    (attempt.state === 'recorded' ||
      attempt.state === 'claimed' ||
      instantAfter(attempt.since, bucket.windowMs) > now)
  )
}

/**
 * A slot for a call that its service counts: the same one when the job comes again. Undefined while
 * every bucket is full.
 */
export function takeSlot(
  state: CoreState,
  attempt: Attempt,
  request: SigningRequest,
): string | undefined {
  const known = state.slots.get(attempt.id)
  if (known !== undefined) {
    return known
  }
  const { provider, connection } = connectionOf(state, request.connection)
  const now = state.options.clock.now()
  const free = provider
    .quota?.({ connection, method: request.method })
    .find(
      (bucket) =>
        (state.blocked.get(bucket.id) ?? ('' as Instant)) <= now &&
        [...state.slots].filter(([id, taken]) => taken === bucket.id && isHeld(state, id, bucket))
          .length < bucket.limit,
    )
  if (free !== undefined) {
    state.slots.set(attempt.id, free.id)
  }

  return free?.id
}
