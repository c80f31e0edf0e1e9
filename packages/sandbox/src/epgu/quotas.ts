import { refuse, refuseWith } from './error.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Limits of ru-epgu-goskey §2, which the control may change. */
export type QuotaLimits = {
  /** Orders per service and user within `windowMs`. */
  readonly orders: number
  readonly windowMs: number
  /** HTTP requests per system. */
  readonly perMinute: number
  readonly perHour: number
  readonly perDay: number
  readonly perMonth: number
  readonly perYear: number
}

export const DEFAULT_LIMITS: QuotaLimits = Object.freeze({
  orders: 20,
  windowMs: 10 * MINUTE_MS,
  perMinute: 2000,
  perHour: 120_000,
  perDay: 2_880_000,
  perMonth: 86_400_000,
  perYear: 1_036_800_000,
})

export type Quotas = {
  readonly limits: () => QuotaLimits
  readonly setLimits: (limits: QuotaLimits) => void
  /** Counts a request of a system. @throws {EpguRefusal} 429 */
  readonly countRequest: (system: string, now: number) => void
  /** Counts an order, unless it would be one too many. @throws {EpguRefusal} limitation_exception */
  readonly countOrder: (user: number, service: string, now: number) => void
  readonly reset: () => void
}

export function createQuotas(): Quotas {
  let limits = DEFAULT_LIMITS
  const requests = new Map<string, { window: number; count: number }>()
  const orders = new Map<string, readonly number[]>()

  return {
    limits: () => limits,
    setLimits: (next) => {
      limits = next
    },
    countRequest: (system, now) => {
      const windows = [
        ['minute', MINUTE_MS, limits.perMinute],
        ['hour', 60 * MINUTE_MS, limits.perHour],
        ['day', DAY_MS, limits.perDay],
        ['month', 30 * DAY_MS, limits.perMonth],
        ['year', 360 * DAY_MS, limits.perYear],
      ] as const
      for (const [name, length, limit] of windows) {
        const key = `${system} ${name}`
        const window = Math.floor(now / length)
        const known = requests.get(key)
        const count = known?.window === window ? known.count + 1 : 1
        requests.set(key, { window, count })
        if (count > limit) throw refuseWith(429, `more than ${limit} requests in a ${name}`)
      }
    },
    countOrder: (user, service, now) => {
      const key = `${user} ${service}`
      const recent = (orders.get(key) ?? []).filter((at) => at > now - limits.windowMs && at <= now)
      if (recent.length >= limits.orders) {
        throw refuse(
          'limitation_exception',
          `Превышено количество заявлений: ${limits.orders} за ${limits.windowMs / MINUTE_MS} минут`,
        )
      }
      orders.set(key, [...recent, now])
    },
    reset: () => {
      requests.clear()
      orders.clear()
    },
  }
}
