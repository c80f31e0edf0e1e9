/** A seeded source of numbers: the same seed gives the same file, on any machine. */
export type FuzzRandom = {
  /** A whole number from 0 below `limit`. */
  readonly below: (limit: number) => number
  readonly pick: <T>(values: readonly T[]) => T
  readonly octets: (length: number) => Uint8Array
}

/** Mulberry32: 32 bits of state, enough to choose mutations. */
export const fuzzRandom = (seed: number): FuzzRandom => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    pick: (values) => {
      const value = values[below(values.length)]
      if (value === undefined) {
        throw new RangeError('"values" expected at least one')
      }
      return value
    },
    octets: (length) => Uint8Array.from({ length }, () => below(256)),
  }
}
