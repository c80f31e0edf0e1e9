/** The sandbox's time: the real one plus an offset that a test may set. */
export type Clock = {
  readonly now: () => Date
  readonly offsetMs: () => number
  readonly setOffset: (offsetMs: number) => void
}

export function createClock(realNow: () => Date): Clock {
  let offset = 0

  return {
    now: () => new Date(realNow().getTime() + offset),
    offsetMs: () => offset,
    setOffset: (offsetMs) => {
      offset = offsetMs
    },
  }
}
