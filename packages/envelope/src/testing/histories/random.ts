/** Chance that is the same for the same seed. */
export type Random = {
  /** From 0 up to, not including, 1. */
  readonly next: () => number
  readonly int: (below: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(rows: readonly T[]) => T | undefined
  /** A key of the table, by its weight. */
  readonly weighted: <Key extends string>(weights: { readonly [K in Key]: number }) => Key
}

/** Mulberry32: 32 bits of state, good enough to choose among moves. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)

    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (below: number) => Math.floor(next() * below)

  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (rows) => rows[int(rows.length)],
    weighted: (weights) => {
      const keys = Object.keys(weights) as (keyof typeof weights)[]
      const total = keys.reduce((sum, key) => sum + weights[key], 0)
      let left = next() * total
      for (const key of keys) {
        left -= weights[key]
        if (left < 0) {
          return key
        }
      }

      return keys[0] as (typeof keys)[number]
    },
  }
}
