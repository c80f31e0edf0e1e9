import { describe, expect, it } from 'vitest'
import { firstSeed, historyCount, playHistories } from './play-histories.ts'

const half = Math.ceil(historyCount / 2)
const from = firstSeed

// Two files, so that two processors share the ten thousand.
describe('random histories of calls, callbacks, polls, people, clock jumps and falls', () => {
  it(`${half} of them break nothing, from seed ${from} on`, { timeout: 1_800_000 }, async () => {
    const ends = await playHistories(from, half)
    expect([...ends.keys()].length).toBeGreaterThan(0)
    if (half >= 1000) {
      const missing = ['completed', 'declined', 'expired', 'voided'].filter((end) => !ends.has(end))
      expect(missing).toEqual([])
      expect(ends.get('completed')).toBeGreaterThan(half / 3)
    }
  })
})
