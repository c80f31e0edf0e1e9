import type { Io } from './io.ts'

/** How often and how late a call that may be repeated is repeated. */
export type BackOff = {
  /** Tries in all, the first included. Default 4. */
  readonly tries: number
  /** The wait before the second try; it doubles from there. Default 1 000 ms. */
  readonly firstWaitMs: number
  /** No wait is longer; where the service asks for more, the call fails and tells how long. */
  readonly longestWaitMs: number
}

export const defaultBackOff: BackOff = { tries: 4, firstWaitMs: 1000, longestWaitMs: 30_000 }

/** HTTP 429 and 502 to 504: the call may succeed later (spec §2). */
export function isPassing(httpStatus: number): boolean {
  return httpStatus === 429 || (httpStatus >= 502 && httpStatus <= 504)
}

/**
 * How long to wait before try `failed + 1`, in milliseconds; undefined when there is no further try.
 * `Retry-After` stands before our own plan; ours is spread over its upper half, so that clients that
 * failed together do not come back together.
 */
export function waitBeforeRepeat(
  { tries, firstWaitMs, longestWaitMs }: BackOff,
  failed: number,
  retryAfterMs: number | undefined,
  random: Io['random'],
): number | undefined {
  if (failed >= tries) return undefined
  if (retryAfterMs !== undefined) return retryAfterMs > longestWaitMs ? undefined : retryAfterMs

  const planned = Math.min(longestWaitMs, firstWaitMs * 2 ** (failed - 1))

  return Math.round(planned * (0.5 + (random(1)[0] ?? 0) / 510))
}

/** `Retry-After` (RFC 9110 §10.2.3), seconds or a date, as milliseconds from now. */
export function readRetryAfter(headers: Headers, now: Date): number | undefined {
  const text = headers.get('retry-after')?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000

  const at = Date.parse(text)

  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime())
}
