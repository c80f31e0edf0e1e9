import { describe, expect, it } from 'vitest'
import { chooseMutants } from './choose-mutants.ts'
import { equivalentMutants, isArgued } from './equivalent-mutants.ts'

const all = chooseMutants('all', { within: '', seed: 0 })

describe('arguments for altered lines that nothing can notice', () => {
  it('are each about one line that is there, in one place', () => {
    const argued = all.filter(isArgued)
    expect(argued).toHaveLength(equivalentMutants.length)
    const keys = argued.map((mutant) => JSON.stringify([mutant.file, mutant.line, mutant.after]))
    expect(new Set(keys).size).toBe(equivalentMutants.length)
  })

  it('excuse the same change nowhere else in the file', () => {
    const [known] = all.filter(
      ({ file, place, before }) =>
        file === 'integers/inverse.as.ts' &&
        place === 'stepSteadily' &&
        before.includes('let x = load'),
    )
    const elsewhere = all.filter(
      ({ file, place, before }) =>
        file === known?.file && place === 'stepFast' && before === known.before,
    )
    expect(elsewhere.length).toBeGreaterThan(0)
    expect(elsewhere.filter(isArgued)).toEqual([])
    const moved = all.filter(isArgued).map((mutant) => ({ ...mutant, place: `${mutant.place}#9` }))
    expect(moved.filter(isArgued)).toEqual([])
  })
})
