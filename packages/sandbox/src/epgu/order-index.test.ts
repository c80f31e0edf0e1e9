import { describe, expect, it } from 'vitest'
import { OrderIndex } from './order-index.ts'

const FIRST = 4_700_000_001
const page = (index: OrderIndex, after: number, skip = 0, take = 10, system = 0) => {
  const { total, orders } = index.changedAfter({ system, after, skip, take })

  return [total, orders.map(({ id }) => id - FIRST)]
}

describe('the index of orders', () => {
  it('gives what changed after a moment, the last change first, each order once', () => {
    const index = new OrderIndex(FIRST)
    for (let i = 0; i < 4; i++) index.add(0, 100 + i)
    index.set(FIRST, { statusId: 3, title: 1, at: 200 })
    index.set(FIRST, { statusId: 4, title: 1, at: 200 })
    expect(page(index, 0)).toEqual([4, [0, 3, 2, 1]])
    expect(page(index, 101)).toEqual([3, [0, 3, 2]])
    expect(page(index, 200)).toEqual([0, []])
    expect(page(index, 0, 1, 2)).toEqual([4, [3, 2]])
    expect(index.get(FIRST)).toMatchObject({ statusId: 4, updated: 200, isOnPortal: true })
    expect(index.get(FIRST + 1)?.isOnPortal).toBe(false)
    expect(index.get(FIRST + 4)).toBeUndefined()
    expect(index.get(FIRST - 1)).toBeUndefined()
  })

  it('keeps systems apart', () => {
    const index = new OrderIndex(FIRST)
    index.add(0, 1)
    index.add(1, 2)
    expect(page(index, 0, 0, 10, 1)).toEqual([1, [1]])
  })

  it('is right after a clock that was set back', () => {
    const index = new OrderIndex(FIRST)
    for (let i = 0; i < 3; i++) index.add(0, 1000 + i)
    index.set(FIRST + 1, { statusId: 3, title: 1, at: 500 })
    index.set(FIRST + 2, { statusId: 3, title: 1, at: 400 })
    expect(page(index, 450)).toEqual([2, [0, 1]])
    index.set(FIRST + 2, { statusId: 3, title: 1, at: 2000 })
    expect(page(index, 450)).toEqual([3, [2, 0, 1]])
  })

  it('gives the same after its log was compacted many times', () => {
    const index = new OrderIndex(FIRST)
    for (let i = 0; i < 100; i++) index.add(0, i)
    for (let round = 1; round < 300; round++) {
      for (let i = 0; i < 100; i += 7) {
        index.set(FIRST + i, { statusId: 17, title: 1, at: 1000 + round })
      }
    }
    const [total, ids] = page(index, 1000, 0, 100)
    expect(total).toBe(15)
    expect(ids).toEqual(Array.from({ length: 15 }, (_, k) => (14 - k) * 7))
    expect(page(index, -1)[0]).toBe(100)
  })

  it('finds a thousand changes among a million orders without looking at the rest', () => {
    const index = new OrderIndex(FIRST)
    for (let i = 0; i < 1_000_000; i++) index.add(0, 1)
    for (let i = 0; i < 1000; i++) index.set(FIRST + i * 1000, { statusId: 4, title: 1, at: 2 })
    const startedAt = performance.now()
    for (let repeat = 0; repeat < 100; repeat++) {
      expect(index.changedAfter({ system: 0, after: 1, skip: 900, take: 100 }).total).toBe(1000)
    }
    // A look at all of them takes some 5 ms a time; a look at the changes some 10 µs.
    expect(performance.now() - startedAt).toBeLessThan(250)
  })
})
