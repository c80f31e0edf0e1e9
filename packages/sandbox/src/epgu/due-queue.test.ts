import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDueQueue } from './due-queue.ts'

describe('the queue of what is due', () => {
  it('runs all that is due, earliest first, equal times as they were added', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 })),
        fc.integer({ max: 20 }),
        (times, now) => {
          const queue = createDueQueue()
          const ran: [number, number][] = []
          times.forEach((at, index) => {
            queue.add({ at, run: () => ran.push([at, index]) })
          })
          queue.runDue(now)
          const expected = times
            .map((at, index): [number, number] => [at, index])
            .filter(([at]) => at <= now)
            .sort(([a, i], [b, j]) => a - b || i - j)
          expect(ran).toEqual(expected)
        },
      ),
    )
  })

  it('runs what an event adds, when that is due too', () => {
    const queue = createDueQueue()
    const ran: number[] = []
    queue.add({ at: 1, run: () => queue.add({ at: 2, run: () => ran.push(2) }) })
    queue.add({ at: 1, run: () => queue.add({ at: 9, run: () => ran.push(9) }) })
    queue.runDue(5)
    expect(ran).toEqual([2])
  })
})
