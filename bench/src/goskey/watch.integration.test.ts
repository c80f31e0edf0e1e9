import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageSize, watchOrders } from './measure-watch.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muhr-bench-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the watch of Goskey over many open orders', () => {
  it('lists a burst of changes once, and asks for the details of each changed order once', async () => {
    const changed = 250
    const cycles = await watchOrders(folder, { orders: 20_000, changed, cycles: 3 })
    expect(cycles).toHaveLength(3)
    for (const { lists, details } of cycles) {
      expect(lists).toBeGreaterThanOrEqual(Math.ceil(changed / pageSize))
      expect(lists).toBeLessThanOrEqual(changed / pageSize + 2)
      expect(details).toBe(changed)
    }
  })
})
