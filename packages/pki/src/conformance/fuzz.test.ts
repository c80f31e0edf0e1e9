import { describe, expect, it } from 'vitest'
import { fuzzRandom } from './testing/fuzz-random.ts'
import { runFuzz } from './testing/run-fuzz.ts'

describe('mutated files', () => {
  it('are the same for the same seed', () => {
    const draw = (seed: number) => Array.from({ length: 20 }, () => fuzzRandom(seed).below(1000))
    expect(draw(7)).toEqual(draw(7))
    expect(fuzzRandom(7).octets(8)).not.toEqual(fuzzRandom(8).octets(8))
  })

  it('make no reader crash, hang or grow, for a moment', async () => {
    const { inputs, findings } = await runFuzz({ durationMs: 4000, seed: 1 })
    expect(findings).toEqual([])
    expect(inputs).toBeGreaterThan(50)
  })
})
