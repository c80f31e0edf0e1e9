import { describe, expect, it } from 'vitest'
import { runHistory } from './run-history.ts'

const count = Number(process.env['MUHR_HISTORIES'] ?? 10_000)
const first = Number(process.env['MUHR_HISTORY_SEED'] ?? 1)

describe('random histories of calls, callbacks, polls, people, clock jumps and falls', () => {
  it(`${count} of them break nothing, from seed ${first} on`, { timeout: 600_000 }, async () => {
    const ends = new Map<string, number>()
    for (let seed = first; seed < first + count; seed += 1) {
      const { problems, end } = await runHistory({ seed })
      ends.set(end, (ends.get(end) ?? 0) + 1)
      if (problems.length > 0) {
        const { trace } = await runHistory({ seed, traced: true })
        throw new Error(
          [`history ${seed} (replay with MUHR_HISTORY_SEED=${seed}):`, ...trace, ...problems].join(
            '\n',
          ),
        )
      }
    }
    const found = [...ends.keys()].toSorted()
    expect(found).toEqual(expect.arrayContaining(['completed', 'declined', 'expired', 'voided']))
    expect(ends.get('completed')).toBeGreaterThan(count / 4)
  })
})
