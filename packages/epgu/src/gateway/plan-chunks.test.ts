import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chunkLimits, planChunks } from './plan-chunks.ts'

describe('planChunks', () => {
  it('every octet is in one chunk, and every chunk is within the limits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400_000_000 }),
        fc.option(fc.integer({ min: 5_000_000, max: 50_000_000 }), { nil: undefined }),
        (size, chunkBytes) => {
          const chunks = planChunks(size, { name: 'a', chunkBytes })
          expect(chunks[0]?.start).toBe(0)
          expect(chunks.at(-1)?.end).toBe(size)
          chunks.forEach((chunk, at) => {
            expect(chunk.index).toBe(at)
            expect(chunk.start).toBe(chunks[at - 1]?.end ?? 0)
            const length = chunk.end - chunk.start
            expect(length).toBeLessThanOrEqual(chunkLimits.maxBytes)
            expect(length).toBeGreaterThan(0)
            if (at < chunks.length - 1) expect(length).toBeGreaterThanOrEqual(chunkLimits.minBytes)
          })
        },
      ),
    )
  })

  it('50 000 000 octets are one chunk, one more are several', () => {
    expect(planChunks(50_000_000, { name: 'a' }).map(({ fileName }) => fileName)).toEqual(['a.zip'])
    expect(planChunks(50_000_001, { name: 'a' }).map(({ fileName }) => fileName)).toEqual([
      'a.z001',
      'a.z002',
      'a.z003',
    ])
  })
})
