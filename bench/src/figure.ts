/** Ours to the peer's, medians of pairs measured in turn, with the smallest and the largest. */
export type Ratio = {
  readonly ratio: number
  readonly ratioMin: number
  readonly ratioMax: number
}

/** One measured figure; one JSON line of standard output. `ratio` above 1: we are better than the peer. */
export type Figure = {
  readonly metric: string
  readonly value: number
  readonly unit: string
  readonly peer?: string
  readonly peerValue?: number
  readonly ratio?: number
  readonly ratioMin?: number
  readonly ratioMax?: number
  /** What the project set itself, in words. */
  readonly bar?: string
}

/** The middle one, of values in any order. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)

  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** The value below which a share of all values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)

  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Prints a figure, rounded to what the measurement can bear. */
export function print(figure: Figure): void {
  const round = (value: number | undefined) =>
    value === undefined ? undefined : Number(value.toPrecision(3))
  process.stdout.write(
    `${JSON.stringify({
      ...figure,
      value: round(figure.value),
      peerValue: round(figure.peerValue),
      ratio: round(figure.ratio),
      ratioMin: round(figure.ratioMin),
      ratioMax: round(figure.ratioMax),
    })}\n`,
  )
}
