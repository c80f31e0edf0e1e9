import { type ChildProcess, fork } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { equivalentMutants } from './equivalent-mutants.ts'
import { applyMutant, type LineMutant, lineMutantsOf } from './line-mutants.ts'
import type { Outcome, Trial } from './try-mutants.ts'

// MUHR_MUTANTS: how many are tried, or `all`; MUHR_MUTANTS_IN: only files whose path contains it.
const wanted = process.env['MUHR_MUTANTS'] ?? '150'
const within = process.env['MUHR_MUTANTS_IN'] ?? ''
const seed = Number(process.env['MUHR_SEED'] ?? Date.now() % 2 ** 31)
const longestMs = 120_000

const assembly = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'muhr-mutants-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Mutant = LineMutant & { readonly file: string }

/** Everything that AssemblyScript is made from; `*-wasm.ts` hold the known answers themselves. */
function mutantsOfAll(): readonly Mutant[] {
  return readdirSync(assembly, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'mutation')
    .flatMap(({ name }) => readdirSync(join(assembly, name)).map((file) => `${name}/${file}`))
    .filter((file) => /\.ts$/.test(file) && !/(-wasm|\.test|\.fixture)\.ts$/.test(file))
    .filter((file) => file.includes(within))
    .flatMap((file) =>
      lineMutantsOf(readFileSync(join(assembly, file), 'utf8')).map((mutant) => ({
        ...mutant,
        file,
      })),
    )
}

/** Numbers in [0, 1) that the seed decides. */
function* randomNumbers(start: number): Generator<number, never> {
  for (let state = start; ; ) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    yield (state >>> 0) / 2 ** 32
  }
}

function sample(mutants: readonly Mutant[]): readonly Mutant[] {
  if (wanted === 'all') return mutants
  const random = randomNumbers(seed)
  const rest = [...mutants]
  const chosen: Mutant[] = []
  while (chosen.length < Number(wanted) && rest.length > 0) {
    chosen.push(...rest.splice(Math.floor(random.next().value * rest.length), 1))
  }

  return chosen
}

/** A process that tries mutants; a new one when the last had to be ended. */
function startTrier(): ChildProcess {
  return fork(join(import.meta.dirname, 'try-mutants.ts'), [folder], { stdio: 'ignore' })
}

it(`any altered line of the AssemblyScript is noticed by a known answer (MUHR_SEED=${seed})`, async () => {
  mkdirSync(join(folder, 'intact'))
  cpSync(assembly, join(folder, 'intact/assembly'), { recursive: true })
  symlinkSync(resolve(assembly, '../src'), join(folder, 'intact/src'))
  symlinkSync(resolve(assembly, '../../../node_modules'), join(folder, 'node_modules'))
  const counts = { noticed: 0, same: 0, missed: 0, equivalent: 0 }
  const missed: Mutant[] = []
  let trier = startTrier()
  for (const [id, mutant] of sample(mutantsOfAll()).entries()) {
    const outcome = await tryMutant(mutant, id)
    counts[outcome.kind]++
    rmSync(join(folder, String(id)), { recursive: true, force: true })
    if (outcome.kind !== 'missed') continue
    if (equivalentMutants.some((known) => isSame(known, mutant))) counts.equivalent++
    else missed.push(mutant)
  }
  trier.kill()
  console.log(JSON.stringify(counts))
  expect(missed).toEqual([])
  expect(counts.noticed).toBeGreaterThan(0)

  async function tryMutant(mutant: Mutant, id: number): Promise<Outcome> {
    const text = applyMutant(readFileSync(join(assembly, mutant.file), 'utf8'), mutant)
    const outcome = await ask(trier, { id, file: mutant.file, text })
    if (outcome !== undefined) return outcome
    // A loop without end, or code that takes the process down with it: whoever builds it sees that.
    trier.kill('SIGKILL')
    trier = startTrier()

    return { id, kind: 'noticed', by: 'the process' }
  }
})

/** `undefined` when the process ends or takes too long. */
function ask(trier: ChildProcess, trial: Trial): Promise<Outcome | undefined> {
  return new Promise((settle) => {
    const done = (outcome?: Outcome) => {
      clearTimeout(timer)
      trier.off('message', onMessage).off('exit', onExit)
      settle(outcome)
    }
    const onMessage = (outcome: unknown) => done(outcome as Outcome)
    const onExit = () => done()
    const timer = setTimeout(onExit, longestMs)
    trier.on('message', onMessage).on('exit', onExit)
    trier.send(trial)
  })
}

function isSame(known: Pick<Mutant, 'file' | 'before' | 'after'>, mutant: Mutant): boolean {
  return (
    known.file === mutant.file &&
    known.before.trim() === mutant.before.trim() &&
    known.after.trim() === mutant.after.trim()
  )
}
