/**
 * Which altered lines are tried.
 * @module
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type LineMutant, lineMutantsOf } from './line-mutants.ts'

export const assemblyFolder = resolve(import.meta.dirname, '..')

export type Mutant = LineMutant & { readonly file: string }

const WORDS = ['line', 'lines', 'all'] as const

/**
 * `line`: one fault of each line; `lines`: each line left out, and one replacement in it; `all`: every
 * fault; else so many of them.
 */
export type Choice = (typeof WORDS)[number] | number

/** Reads what an operator wrote: anything but the words is a number. */
export function choiceOf(text: string): Choice {
  return WORDS.find((word) => word === text) ?? Number(text)
}

/** Everything that AssemblyScript is made from; `*-wasm.ts` hold the known answers themselves. */
function sourceFiles(): readonly string[] {
  return readdirSync(assemblyFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'mutation')
    .flatMap(({ name }) => readdirSync(join(assemblyFolder, name)).map((file) => `${name}/${file}`))
    .filter((file) => /\.ts$/.test(file) && !/(-wasm|\.test|\.fixture)\.ts$/.test(file))
}

/**
 * The mutants of the files whose path contains `within`, in the order of their lines, or drawn by the
 * seed where only a part is wanted.
 */
export function chooseMutants(
  choice: Choice,
  { within, seed }: { readonly within: string; readonly seed: number },
): readonly Mutant[] {
  const random = randomNumbers(seed)
  const pick = <T>(list: readonly T[]): number => Math.floor(random.next().value * list.length)
  const files = sourceFiles().filter((file) => file.includes(within))
  const all = files.flatMap((file) =>
    lineMutantsOf(readFileSync(join(assemblyFolder, file), 'utf8')).map((mutant) => ({
      ...mutant,
      file,
    })),
  )
  if (choice === 'all') return all
  const lines = Map.groupBy(all, ({ file, line }) => `${file}:${line}`)
  if (choice === 'line') return [...lines.values()].flatMap((faults) => drawn(faults, seed))
  if (choice === 'lines') {
    return [...lines.values()].flatMap(([leftOut, ...replaced]) => [
      ...(leftOut === undefined ? [] : [leftOut]),
      ...replaced.slice(pick(replaced)).slice(0, 1),
    ])
  }
  const rest = [...all]

  return Array.from({ length: Math.min(choice, all.length) }, () =>
    rest.splice(pick(rest), 1),
  ).flat()
}

/** One of the faults of a line. Seed, file and text of the line decide: what else is changed or chosen does not. */
function drawn(faults: readonly Mutant[], seed: number): readonly Mutant[] {
  const [{ file, before } = { file: '', before: '' }] = faults
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, file, before]))
    .digest()

  return faults.slice(digest.readUInt32LE() % faults.length).slice(0, 1)
}

/** Numbers in [0, 1) that the seed decides. */
function* randomNumbers(start: number): Generator<number, never> {
  for (let state = start; ; ) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    yield (state >>> 0) / 2 ** 32
  }
}
