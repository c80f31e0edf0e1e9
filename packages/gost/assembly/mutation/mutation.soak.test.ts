import { expect, it } from 'vitest'
import { choiceOf, chooseMutants, type Mutant } from './choose-mutants.ts'
import { isArgued } from './equivalent-mutants.ts'
import { runMutants } from './run-mutants.ts'

// MUHR_MUTANTS: how many are tried, `line` (one fault of each line), `lines` (each line left out, and one
// replacement in it) or `all`;
// MUHR_MUTANTS_IN: only files whose path contains it; MUHR_MUTANTS_KEPT: a file of outcomes to go on from.
const choice = choiceOf(process.env['MUHR_MUTANTS'] ?? '150')
const within = process.env['MUHR_MUTANTS_IN'] ?? ''
const kept = process.env['MUHR_MUTANTS_KEPT']
const processes = Number(process.env['MUHR_MUTANTS_PROCESSES'] ?? 2)
const seed = Number(process.env['MUHR_SEED'] ?? Date.now() % 2 ** 31)

type Counts = { noticed: number; same: number; equivalent: number; missed: number }

it(`any altered line of the AssemblyScript is noticed by a known answer (MUHR_SEED=${seed})`, async () => {
  const counts = new Map<string, Counts>()
  const missed: Mutant[] = []
  const count = ({ file }: Mutant, kind: keyof Counts): void => {
    const ofFile = counts.get(file) ?? { noticed: 0, same: 0, equivalent: 0, missed: 0 }
    ofFile[kind]++
    counts.set(file, ofFile)
  }
  const chosen = chooseMutants(choice, { within, seed })
  for (const mutant of chosen.filter(isArgued)) count(mutant, 'equivalent')
  const tried = chosen.filter((mutant) => !isArgued(mutant))
  await runMutants(tried, { processes, kept }, (mutant, { kind }) => {
    count(mutant, kind)
    if (kind === 'missed') missed.push(mutant)
  })
  for (const [file, ofFile] of counts) console.log(file, JSON.stringify(ofFile))
  expect(missed).toEqual([])
  expect([...counts.values()].some(({ noticed }) => noticed > 0)).toBe(true)
})
