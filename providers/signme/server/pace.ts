import type { Instant, WatchedRequest } from '@muhr/envelope'
import { instantAfter } from '@muhr/envelope'
import type { SignmeHandle } from './handle.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How long after its sending or a hint a request is asked about more often than others, ms (§8.3). */
export const hintLastsMs = 32 * minuteMs

/** Pauses between two questions about a request, by how long ago something hinted at it (§8.3). */
const paces: readonly { readonly untilMs: number; readonly pauseMs: number }[] = [
  { untilMs: 2 * minuteMs, pauseMs: 5_000 },
  { untilMs: hintLastsMs, pauseMs: 30_000 },
  { untilMs: dayMs, pauseMs: 5 * minuteMs },
  { untilMs: 7 * dayMs, pauseMs: 15 * minuteMs },
]
const longestPauseMs = 30 * minuteMs

/** A pause is stretched by so many times what its request waited for its last question. */
const stretch = 10

/** No pause is stretched to more than this part of the time that its request is open. */
const mostOfAge = 1 / 16

/**
 * When a request is to be asked about again: soon after its sending and after every hint, ever more seldom
 * from then on; with a jitter of a fifth, so that what was sent together is not asked together.
 *
 * Where more is open than can be asked about in time, each question comes late. What was asked late is asked
 * again later still: the pauses of old requests stretch until what is left to ask fits, and young ones, which
 * do not stretch, are asked in time. What nothing can make fit waits its turn.
 *
 * @param random an octet
 */
export function nextLook(
  { since, hintedAt, dueAt }: Pick<WatchedRequest<SignmeHandle>, 'since' | 'hintedAt' | 'dueAt'>,
  now: Instant,
  random: number,
): Instant {
  const last = hintedAt !== undefined && hintedAt > since ? hintedAt : since
  const ageMs = Date.parse(now) - Date.parse(last)
  const pauseMs = paces.find(({ untilMs }) => ageMs < untilMs)?.pauseMs ?? longestPauseMs
  const lateMs = dueAt === undefined ? 0 : Math.max(0, Date.parse(now) - Date.parse(dueAt))
  const stretchedMs = Math.max(pauseMs, Math.min(pauseMs + stretch * lateMs, ageMs * mostOfAge))

  return instantAfter(now, Math.round(stretchedMs * (0.8 + (0.4 * random) / 255)))
}
