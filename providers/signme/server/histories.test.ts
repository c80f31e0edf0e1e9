import { describe, expect, it } from 'vitest'
import { playSignmeHistories, runSignmeHistory } from './testing-histories.ts'

/** As many as fit the suite; `histories.soak.test.ts` plays the rest. */
const count = 1_000
const mostUntilSeen = 400

describe('random interleavings of answers, pushes, crashes and polls', () => {
  it('never make a request twice, never complete without a verified container', {
    timeout: 300_000,
  }, async () => {
    const { ends, problems } = await playSignmeHistories(1, count)
    expect(problems).toEqual([])
    // Most come to their end, else they would show nothing.
    expect(ends.get('completed') ?? 0).toBeGreaterThan(count / 2)
  })

  it.each([
    { guard: 'attempt-row', sign: /made twice/ },
    { guard: 'identity-check', sign: /signed without/ },
  ] as const)('show it when the $guard is taken away', { timeout: 120_000 }, async (guarded) => {
    const isSeen = async (seed: number): Promise<boolean> => {
      const { problems } = await runSignmeHistory(seed, new Set([guarded.guard]))

      return problems.some((problem) => guarded.sign.test(problem))
    }
    let seed = 1
    while (seed < mostUntilSeen && !(await isSeen(seed))) seed += 1
    expect(seed).toBeLessThan(mostUntilSeen)
  })
})
