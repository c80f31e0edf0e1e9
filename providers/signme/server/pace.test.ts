import { type Instant, instantAfter } from '@muhr/envelope'
import { describe, expect, it } from 'vitest'
import { nextLook } from './pace.ts'

const now = '2026-03-02T12:00:00.000Z' as Instant
const minuteMs = 60_000
const dayMs = 1_440 * minuteMs
const ago = (ms: number): Instant => instantAfter(now, -ms)
/** In the middle of the jitter. */
const pauseOf = (watched: Parameters<typeof nextLook>[0], random = 127.5) =>
  Date.parse(nextLook(watched, now, random)) - Date.parse(now)

describe('the pause until the next question', () => {
  it('grows with the time since the sending, and begins anew with a hint', () => {
    expect(pauseOf({ since: ago(minuteMs) })).toBe(5_000)
    expect(pauseOf({ since: ago(3 * minuteMs) })).toBe(30_000)
    expect(pauseOf({ since: ago(60 * minuteMs) })).toBe(5 * minuteMs)
    expect(pauseOf({ since: ago(2 * dayMs) })).toBe(15 * minuteMs)
    expect(pauseOf({ since: ago(9 * dayMs) })).toBe(30 * minuteMs)
    expect(pauseOf({ since: ago(9 * dayMs), hintedAt: ago(minuteMs) })).toBe(5_000)
    expect(pauseOf({ since: ago(minuteMs), hintedAt: ago(dayMs) })).toBe(5_000)
  })

  it('differs by a fifth either way', () => {
    expect(pauseOf({ since: ago(minuteMs) }, 0)).toBe(4_000)
    expect(pauseOf({ since: ago(minuteMs) }, 255)).toBe(6_000)
  })

  it('stretches with how late the last question was, up to a sixteenth of the age', () => {
    const since = ago(8 * dayMs)
    expect(pauseOf({ since, dueAt: ago(minuteMs) })).toBe(40 * minuteMs)
    expect(pauseOf({ since, dueAt: ago(dayMs) })).toBe(dayMs / 2)
    expect(pauseOf({ since, dueAt: now })).toBe(30 * minuteMs)
    expect(pauseOf({ since, dueAt: instantAfter(now, minuteMs) })).toBe(30 * minuteMs)
  })

  it('of a fresh or hinted request stretches by nothing, however late it is', () => {
    expect(pauseOf({ since: ago(minuteMs), dueAt: ago(minuteMs) })).toBe(5_000)
    const hinted = { since: ago(9 * dayMs), hintedAt: ago(minuteMs), dueAt: ago(dayMs) }
    expect(pauseOf(hinted)).toBe(5_000)
    expect(pauseOf({ since: ago(60 * minuteMs), dueAt: ago(30 * minuteMs) })).toBe(5 * minuteMs)
  })
})
