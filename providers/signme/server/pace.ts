import type { Instant, WatchedRequest } from '@muhr/envelope'
import { instantAfter } from '@muhr/envelope'
import type { SignmeHandle } from './handle.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How long after a hint a request is asked about more often than others, ms (§8.3). */
export const hintLastsMs = 32 * minuteMs

/** Pauses between two questions about a request, by how long ago something hinted at it (§8.3). */
const paces: readonly { readonly untilMs: number; readonly pauseMs: number }[] = [
  { untilMs: 2 * minuteMs, pauseMs: 5_000 },
  { untilMs: hintLastsMs, pauseMs: 30_000 },
  { untilMs: dayMs, pauseMs: 5 * minuteMs },
  { untilMs: 7 * dayMs, pauseMs: 15 * minuteMs },
]
const longestPauseMs = 30 * minuteMs

/**
 * When a request is to be asked about again: soon after its sending and after every hint, ever more seldom
 * from then on; with a jitter of a fifth, so that what was sent together is not asked together.
 *
 * @param random an octet
 */
export function nextLook(
  { since, hintedAt }: Pick<WatchedRequest<SignmeHandle>, 'since' | 'hintedAt'>,
  now: Instant,
  random: number,
): Instant {
  const last = hintedAt !== undefined && hintedAt > since ? hintedAt : since
  const ageMs = Date.parse(now) - Date.parse(last)
  const pauseMs = paces.find(({ untilMs }) => ageMs < untilMs)?.pauseMs ?? longestPauseMs

  return instantAfter(now, Math.round(pauseMs * (0.8 + (0.4 * random) / 255)))
}
