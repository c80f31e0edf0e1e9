import { type Io, systemIo } from '@muhr/http'

/** A world whose clock stands until somebody sleeps or moves it. Its network is real. */
export type TestIo = Io & {
  readonly clock: { nowMs: number }
  /** What was slept, in milliseconds, in order. */
  readonly slept: number[]
}

export const testNow = new Date('2026-03-02T09:00:00.000Z')

export function testIo(overrides: Partial<Io> = {}): TestIo {
  const clock = { nowMs: testNow.getTime() }
  const slept: number[] = []

  return {
    ...systemIo(),
    now: () => new Date(clock.nowMs),
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted()
      slept.push(milliseconds)
      clock.nowMs += milliseconds
    },
    random: (length) => new Uint8Array(length).fill(7),
    ...overrides,
    clock,
    slept,
  }
}
