import type { Instant } from '../ids.ts'
import { instantAfter } from '../time.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/**
 * How often a held artifact is judged again, by its age: an OCSP responder that was away comes back in
 * minutes, a CRL that was not yet issued within a day.
 */
export const recheckSchedule: readonly {
  readonly youngerThanMs: number
  readonly everyMs: number
}[] = [
  { youngerThanMs: 10 * minuteMs, everyMs: minuteMs },
  { youngerThanMs: 2 * hourMs, everyMs: 10 * minuteMs },
  { youngerThanMs: 48 * hourMs, everyMs: hourMs },
  { youngerThanMs: Number.POSITIVE_INFINITY, everyMs: 12 * hourMs },
]

/** When an artifact that came at `receivedAt` is judged again after it was held at `now`. */
export function nextRecheck(receivedAt: Instant, now: Instant): Instant {
  const ageMs = Date.parse(now) - Date.parse(receivedAt)
  const step = recheckSchedule.find((each) => ageMs < each.youngerThanMs)

  return instantAfter(now, step?.everyMs ?? 12 * hourMs)
}

/** Pauses before a call is made again under its reservation; the last one repeats. */
export const resendDelaysMs: readonly number[] = [
  5_000,
  30_000,
  2 * minuteMs,
  10 * minuteMs,
  hourMs,
]

/** When the call after `made` calls of the same kind may be claimed. */
export function nextResend(made: number, now: Instant): Instant {
  const index = Math.min(Math.max(made, 1), resendDelaysMs.length) - 1

  return instantAfter(now, resendDelaysMs[index] ?? hourMs)
}

/** How many rounds a signing plans by itself when its requests turn out to be certainly absent. */
export const maxAutomaticRounds = 5

/** A `tick` that comes at most this much before the next due moment asks to be called again then. */
export const tickSlackMs = minuteMs
