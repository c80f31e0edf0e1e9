import { median, type Ratio } from '../figure.ts'
import type { Side } from './side.ts'

const PAIRS = 7
const SLICE_SECONDS = 0.4
const WARM_SECONDS = 0.4

export type Comparison = Ratio & {
  /** Units of work a second of CPU time, the median of the slices. */
  readonly ours: number
  readonly theirs: number
}

/**
 * Ratio of two sides at one work: warmed up, then slices in turn, ours and theirs changing places in
 * every pair; the median of the ratios of the pairs, not the ratio of medians, since the machine's speed
 * drifts over a run but hardly within a pair.
 */
export async function compareSides(
  us: { readonly side: Side; readonly op: string },
  them: { readonly side: Side; readonly op: string },
): Promise<Comparison> {
  await speedOf(us, WARM_SECONDS)
  await speedOf(them, WARM_SECONDS)
  const ours: number[] = []
  const theirs: number[] = []
  for (let pair = 0; pair < PAIRS; pair++) {
    if (pair % 2 === 0) ours.push(await speedOf(us, SLICE_SECONDS))
    theirs.push(await speedOf(them, SLICE_SECONDS))
    if (pair % 2 === 1) ours.push(await speedOf(us, SLICE_SECONDS))
  }
  const ratios = ours.map((speed, pair) => speed / (theirs[pair] ?? Number.NaN))

  return {
    ours: median(ours),
    theirs: median(theirs),
    ratio: median(ratios),
    ratioMin: Math.min(...ratios),
    ratioMax: Math.max(...ratios),
  }
}

async function speedOf(
  { side, op }: { readonly side: Side; readonly op: string },
  seconds: number,
): Promise<number> {
  const [answer = ''] = await side.ask(`slice ${op} ${seconds}`)
  const [count, spent] = answer.split(' ').map(Number)

  return (count ?? Number.NaN) / (spent ?? Number.NaN)
}
