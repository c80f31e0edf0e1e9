import { expect, it } from 'vitest'
import { backOffMs } from './watch-connection.ts'

it('waits twice as long after each failure, up to a quarter of an hour', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(backOffMs)).toEqual([
    30_000, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000,
  ])
})
