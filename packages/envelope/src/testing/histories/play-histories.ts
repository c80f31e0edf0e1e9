import { runHistory } from './run-history.ts'

/** How many histories are played, and from which seed on: settable for long runs and for replay. */
export const historyCount = Number(process.env['MUHR_HISTORIES'] ?? 10_000)
export const firstSeed = Number(process.env['MUHR_HISTORY_SEED'] ?? 1)

/**
 * Plays histories of consecutive seeds; the first that breaks something is played again with its trace
 * and thrown with it. Returns how often each end was reached.
 */
export async function playHistories(
  first: number,
  count: number,
): Promise<ReadonlyMap<string, number>> {
  const ends = new Map<string, number>()
  for (let seed = first; seed < first + count; seed += 1) {
    const { problems, end } = await runHistory({ seed })
    ends.set(end, (ends.get(end) ?? 0) + 1)
    if (problems.length > 0) {
      const { trace } = await runHistory({ seed, traced: true })
      const replay = `history ${seed} (replay with MUHR_HISTORY_SEED=${seed} MUHR_HISTORIES=2):`
      throw new Error([replay, ...trace, ...problems].join('\n'))
    }
  }

  return ends
}
