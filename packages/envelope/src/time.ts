import type { Instant } from './ids.ts'
import { instantOf } from './ids.ts'

/** The moment `ms` milliseconds after another one. */
export function instantAfter(instant: Instant, ms: number): Instant {
  return instantOf(new Date(Date.parse(instant) + ms))
}

/** True when `due` has come. Instants have one fixed form, so their text order is their time order. */
export function isDue(due: Instant, now: Instant): boolean {
  return due <= now
}
