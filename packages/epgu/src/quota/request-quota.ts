import type { Place } from './quota.ts'

/** HTTP requests of one system; `Infinity` switches one off (spec §2). */
export type RequestLimits = {
  readonly perMinute: number
  readonly perHour: number
  readonly perDay: number
  readonly perMonth: number
  readonly perYear: number
}

/** Core API 1.13, appendix 3. */
export const defaultRequestLimits: RequestLimits = {
  perMinute: 2_000,
  perHour: 120_000,
  perDay: 2_880_000,
  perMonth: 86_400_000,
  perYear: 1_036_800_000,
}

const minuteMs = 60_000
const dayMs = 86_400_000
const windowsMs: Record<keyof RequestLimits, number> = {
  perMinute: minuteMs,
  perHour: 60 * minuteMs,
  perDay: dayMs,
  perMonth: 31 * dayMs,
  perYear: 366 * dayMs,
}

/** Counts requests of one system in steps of a sixtieth of each window. */
export type RequestQuota = { readonly take: () => Place }

/**
 * The quotas of a system over sliding windows. Each window is counted in sixty steps and is one step
 * longer than the portal's, so that it never allows more. Counts live as long as the process.
 */
export function createRequestQuota({
  now,
  limits = {},
}: {
  readonly now: () => Date
  readonly limits?: Partial<RequestLimits>
}): RequestQuota {
  const names = Object.keys(windowsMs) as readonly (keyof RequestLimits)[]
  const counters = names.map((name) =>
    createCounter(limits[name] ?? defaultRequestLimits[name], windowsMs[name]),
  )

  return {
    take() {
      const nowMs = now().getTime()
      const freeAtMs = Math.max(...counters.map((counter) => counter.freeAt(nowMs)))
      if (freeAtMs > nowMs) return { isGranted: false, availableAt: new Date(freeAtMs) }

      for (const counter of counters) counter.add(nowMs, 1)

      return {
        isGranted: true,
        // Requests are many and short: the one step that a window is longer covers their travel.
        settle() {},
        release() {
          for (const counter of counters) counter.add(nowMs, -1)
        },
      }
    },
  }
}

const steps = 60

function createCounter(limit: number, windowMs: number) {
  const stepMs = windowMs / steps
  /** Counts by step number, of the last `steps + 1` steps that had any. */
  const counts = new Map<number, number>()
  let total = 0

  const forget = (nowMs: number): void => {
    const first = Math.floor(nowMs / stepMs) - steps
    for (const [step, count] of counts) {
      if (step < first) {
        counts.delete(step)
        total -= count
      }
    }
  }

  return {
    /** When one more fits, in milliseconds; now or earlier when it fits at once. */
    freeAt(nowMs: number): number {
      forget(nowMs)
      if (total < limit) return nowMs
      const oldest = Math.min(...counts.keys())

      return (oldest + steps + 1) * stepMs
    },
    add(nowMs: number, count: number): void {
      const step = Math.floor(nowMs / stepMs)
      counts.set(step, (counts.get(step) ?? 0) + count)
      total += count
    },
  }
}
