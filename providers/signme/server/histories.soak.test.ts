import { expect, it } from 'vitest'
import { playSignmeHistories } from './testing-histories.ts'

/** How many, and from which seed on: settable for longer runs and for replay. */
const count = Number(process.env['MUHR_HISTORIES'] ?? 10_000)
const first = Number(process.env['MUHR_HISTORY_SEED'] ?? 1)

it('random interleavings never make a request twice, never complete without a verified container', {
  timeout: 3_600_000,
}, async () => {
  const { ends, problems } = await playSignmeHistories(first, count)
  console.log(JSON.stringify({ count, ...Object.fromEntries(ends) }))
  expect(problems).toEqual([])
})
