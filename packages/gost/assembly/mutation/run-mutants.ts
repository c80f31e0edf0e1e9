/**
 * Tries altered lines in a few processes side by side, and remembers what came out so that a run that was
 * broken off can go on.
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { assemblyFolder, type Mutant } from './choose-mutants.ts'
import { applyMutant } from './line-mutants.ts'
import type { Outcome, Trial } from './try-mutants.ts'

/** Each trial leaves its modules in the memory of the process. */
const TRIALS_PER_PROCESS = 1_000

export type RunOptions = {
  readonly processes: number
  /**
   * A file of outcomes, one JSON line each, by file, its whole text and the altered line. Those that were
   * noticed or the same are not tried again: good as long as answers are only added and other files stand.
   */
  readonly kept?: string | undefined
}

/** A process that tries mutants; a new one when the last had to be ended. */
class Trier {
  readonly #folder: string
  #process: ChildProcess | undefined
  #trials = 0

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'muhr-mutants-'))
    symlinkSync(resolve(assemblyFolder, '../src'), join(this.#folder, 'src'))
    symlinkSync(
      resolve(assemblyFolder, '../../../node_modules'),
      join(this.#folder, 'node_modules'),
    )
  }

  async try(trial: Trial): Promise<Outcome> {
    if (this.#trials++ % TRIALS_PER_PROCESS === 0) this.#stop()
    this.#process ??= this.#start()
    const outcome = await ask(this.#process, trial)
    if (outcome !== undefined) return outcome
    // A loop without end, or code that takes the process down with it: whoever builds it sees that.
    this.#stop()

    return { kind: 'noticed', by: 'the process' }
  }

  end(): void {
    this.#stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #stop(): void {
    this.#process?.kill('SIGKILL')
    this.#process = undefined
  }

  #start(): ChildProcess {
    cpSync(assemblyFolder, join(this.#folder, 'assembly'), { recursive: true })
    const made = fork(join(import.meta.dirname, 'try-mutants.ts'), [this.#folder], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: 'ignore',
    })
    if (made.pid !== undefined) setPriority(made.pid, constants.priority.PRIORITY_BELOW_NORMAL)

    return made
  }
}

/** Each mutant with its outcome, as they come out. */
export async function runMutants(
  mutants: readonly Mutant[],
  { processes, kept }: RunOptions,
  take: (mutant: Mutant, outcome: Outcome) => void,
): Promise<void> {
  const known = readKept(kept)
  const rest = mutants.values()
  const work = async (): Promise<void> => {
    const trier = new Trier()
    for (const mutant of rest) {
      const source = readFileSync(join(assemblyFolder, mutant.file), 'utf8')
      const key = keyOf(mutant, source)
      const before = known.get(key)
      const text = applyMutant(source, mutant)
      const outcome = before ?? (await trier.try({ file: mutant.file, text }))
      if (before === undefined && kept !== undefined) {
        const { file, line, after } = mutant
        appendFileSync(kept, `${JSON.stringify({ key, ...outcome, file, line, after })}\n`)
      }
      take(mutant, outcome)
    }
    trier.end()
  }
  await Promise.all(Array.from({ length: processes }, work))
}

const keyOf = ({ file, line, after }: Mutant, source: string): string =>
  createHash('sha256')
    .update(JSON.stringify([file, source, line, after]))
    .digest('hex')
    .slice(0, 32)

/** What was missed is tried again: an answer may have been added. */
function readKept(kept: string | undefined): ReadonlyMap<string, Outcome> {
  const known = new Map<string, Outcome>()
  if (kept === undefined || !existsSync(kept)) return known
  for (const line of readFileSync(kept, 'utf8').trimEnd().split('\n')) {
    const { key, kind, by } = JSON.parse(line) as Outcome & { readonly key: string }
    if (kind !== 'missed') known.set(key, { kind, by })
  }

  return known
}

/** `undefined` when the process ends. */
function ask(trier: ChildProcess, trial: Trial): Promise<Outcome | undefined> {
  return new Promise((settle) => {
    const done = (outcome?: Outcome) => {
      trier.off('message', onMessage).off('exit', onExit)
      settle(outcome)
    }
    const onMessage = (outcome: unknown) => done(outcome as Outcome)
    const onExit = () => done()
    trier.on('message', onMessage).on('exit', onExit)
    trier.send(trial)
  })
}
