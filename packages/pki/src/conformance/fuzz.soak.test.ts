import { expect, it } from 'vitest'
import { runFuzz } from './testing/run-fuzz.ts'

/** An hour, unless `MUHR_FUZZ_MINUTES` says otherwise; `MUHR_FUZZ_SEED` goes on from elsewhere. */
const minutes = Number(process.env['MUHR_FUZZ_MINUTES'] ?? 60)
const seed = Number(process.env['MUHR_FUZZ_SEED'] ?? 1_000_000)

it(`mutated files make no reader crash, hang or grow for ${minutes} minutes`, async () => {
  const { inputs, growthMiB, findings } = await runFuzz({ durationMs: minutes * 60_000, seed })
  process.stdout.write(
    `${JSON.stringify({ metric: 'fuzzed files', value: inputs, minutes, seed, growthMiB })}\n`,
  )
  expect(findings).toEqual([])
})
