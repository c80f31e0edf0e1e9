import { describe, expect, it } from 'vitest'
import { choiceOf, chooseMutants, type Mutant } from './choose-mutants.ts'

const within = 'fp24/layout'
const linesOf = (mutants: readonly Mutant[]): readonly number[] => mutants.map(({ line }) => line)

describe('choice of altered lines', () => {
  it('reads the words, and numbers', () => {
    expect(['line', 'lines', 'all', '17'].map(choiceOf)).toEqual(['line', 'lines', 'all', 17])
  })

  it('draws one fault of each line by the seed, whatever else is chosen', () => {
    const every = new Set(linesOf(chooseMutants('all', { within, seed: 0 })))
    const one = chooseMutants('line', { within, seed: 1 })
    expect(linesOf(one)).toEqual([...every])
    expect(chooseMutants('line', { within, seed: 1 })).toEqual(one)
    expect(chooseMutants('line', { within, seed: 2 })).not.toEqual(one)
    const more = chooseMutants('line', { within: 'fp24/', seed: 1 })
    expect(more.filter(({ file }) => file === one[0]?.file)).toEqual(one)
  })

  it('leaves lines out and replaces in them alike', () => {
    const one = chooseMutants('line', { within: 'fp24/', seed: 1 })
    const leftOut = one.filter(({ after }) => after === '').length
    expect(leftOut).toBeGreaterThan(0)
    expect(leftOut).toBeLessThan(one.length)
  })
})
