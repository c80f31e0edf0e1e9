/** Chance that is the same for the same seed. */
export type Random = {
  readonly int: (below: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(rows: readonly T[]) => T | undefined
  /** A key of the table, by its weight. */
  readonly weighted: <Key extends string>(weights: Readonly<Record<Key, number>>) => Key | undefined
}

/** A linear congruential generator modulo 2^48 (POSIX `drand48`): good enough to choose among moves. */
export function createRandom(seed: number): Random {
  let state = (BigInt(seed) << 16n) | 0x330en
  const next = (): number => {
    state = (state * 0x5deece66dn + 0xbn) & 0xffffffffffffn

    return Number(state) / 2 ** 48
  }
  const int = (below: number) => Math.floor(next() * below)

  return {
    int,
    chance: (probability) => next() < probability,
    pick: (rows) => rows[int(rows.length)],
    weighted: <Key extends string>(weights: Readonly<Record<Key, number>>) => {
      const keys = Object.keys(weights) as Key[]
      let left = next() * keys.reduce((sum, key) => sum + weights[key], 0)

      return keys.find((key) => {
        left -= weights[key]

        return left < 0
      })
    },
  }
}
