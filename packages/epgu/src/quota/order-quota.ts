import type { Place } from './quota.ts'

/** Whose orders of what service are counted together (spec §2: per service per user). */
export type OrderQuotaKey = {
  /** The user of the token: an employee, so one name for each API-Key. Not the key itself. */
  readonly user: string
  readonly serviceCode: string
}

export type OrderQuotaOptions = {
  readonly now: () => Date
  /** Orders of one service by one user in the window. Default 20. */
  readonly limit?: number
  /** Default 600 000 ms. */
  readonly windowMs?: number
}

/** Where places for orders are taken: counted in this process, or by whoever counts for several. */
export type OrderPlaces = {
  readonly take: (key: OrderQuotaKey) => Place | Promise<Place>
}

/** Counts orders as the portal does, so that none is refused for the quota. */
export type OrderQuota = {
  readonly take: (key: OrderQuotaKey) => Place
  /** When the next orders may go, if they go one after another from now: `count` times, in order. */
  readonly forecast: (key: OrderQuotaKey, count: number) => readonly Date[]
  /** Orders that were sent before this process began. */
  readonly restore: (key: OrderQuotaKey, sentAt: readonly Date[]) => void
}

/**
 * The rule of 20 orders of a service by one user in 10 minutes, over a sliding window: no interval of
 * that length holds more, wherever the portal begins its own.
 */
export function createOrderQuota({
  now,
  limit = 20,
  windowMs = 600_000,
}: OrderQuotaOptions): OrderQuota {
  const logs = new Map<string, { atMs: number }[]>()

  /** Places that still count, oldest first. */
  const living = (key: OrderQuotaKey): { atMs: number }[] => {
    const name = JSON.stringify([key.user, key.serviceCode])
    const log = (logs.get(name) ?? [])
      .filter(({ atMs }) => atMs + windowMs > now().getTime())
      .sort((a, b) => a.atMs - b.atMs)
    if (log.length === 0) logs.delete(name)
    else logs.set(name, log)

    return log
  }

  const add = (key: OrderQuotaKey, atMs: number): { atMs: number } => {
    const place = { atMs }
    logs.set(JSON.stringify([key.user, key.serviceCode]), [...living(key), place])

    return place
  }

  const forecast = (key: OrderQuotaKey, count: number): readonly Date[] => {
    const times = living(key).map(({ atMs }) => atMs)
    const known = times.length
    for (let next = 0; next < count; next += 1) {
      const freed = times[times.length - limit]
      times.push(Math.max(now().getTime(), freed === undefined ? 0 : freed + windowMs))
    }

    return times.slice(known).map((ms) => new Date(ms))
  }

  return {
    take(key) {
      const log = living(key)
      const oldest = log[log.length - limit]
      if (oldest !== undefined)
        return { isGranted: false, availableAt: new Date(oldest.atMs + windowMs) }

      const place = add(key, now().getTime())

      return {
        isGranted: true,
        settle() {
          place.atMs = now().getTime()
        },
        release() {
          place.atMs = Number.NEGATIVE_INFINITY
        },
      }
    },
    forecast,
    restore(key, sentAt) {
      for (const at of sentAt) add(key, at.getTime())
    },
  }
}
