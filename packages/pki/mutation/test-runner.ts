import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type {
  DryRunResult,
  MutantRunOptions,
  MutantRunResult,
  TestRunner,
} from '@stryker-mutator/api/test-runner'
import { type CollectedTest, collectTests, type Suite } from './collect-tests.ts'
import { currentGroup, slowTests, testFilesOf } from './groups.ts'

/** What the altered code and Stryker tell each other, in a global variable. */
type Instrumentation = {
  activeMutant: string | undefined
  currentTestId: string | undefined
  hitCount: number | undefined
  hitLimit: number | undefined
  mutantCoverage?: Coverage
}

/** How often each mutant was reached: at load, and by each test. */
type Coverage = {
  readonly static: Readonly<Record<string, number>>
  readonly perTest: Readonly<Record<string, Readonly<Record<string, number>>>>
}

const collector = new URL('./collect-tests.ts', import.meta.url).href

/** Tests that import vitest get the collector, which itself gets vitest. */
const redirectVitest = (): void => {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vitest' && context.parentURL !== collector
        ? { url: collector, shortCircuit: true }
        : next(specifier, context),
  })
}

const suitesOf = (suite: Suite | null): readonly Suite[] =>
  suite === null ? [] : [...suitesOf(suite.parent), suite]

/** How near a test is to the altered file: the nearest are tried first. */
const distance = (test: CollectedTest, altered: string): number => {
  const [folder, name = ''] = altered.replace(/\.ts$/, '').split('/').slice(-2)
  if (test.file.endsWith(`/${folder}/${name}.test.ts`)) {
    return 0
  }
  return test.file.includes(`/${folder}/`) ? 1 : 2
}

/**
 * What is reached by tests as well as at load (where tests make their samples) is altered while tests run,
 * and counts as reached by them alone.
 */
const withoutHybrids = (coverage: Coverage = { static: {}, perTest: {} }): Coverage => {
  const reached = new Set(Object.values(coverage.perTest).flatMap((each) => Object.keys(each)))
  return {
    static: Object.fromEntries(Object.entries(coverage.static).filter(([id]) => !reached.has(id))),
    perTest: coverage.perTest,
  }
}

/**
 * Runs tests in one process that loads them once, so that a mutant costs no more than the tests that reach
 * it; a process of vitest for each mutant takes a hundred times as long. Mutants of what is computed at
 * load are given to a new process. A test that fails under a mutant must pass again without it, or else
 * the process is thrown away and the mutant tried in a new one: no mutant is noticed because an earlier
 * one left something behind.
 */
class ResidentTestRunner implements TestRunner {
  readonly #shared: Instrumentation
  readonly #lastMs = new Map<string, number>()
  #tests: readonly CollectedTest[] | undefined

  constructor() {
    const holder = globalThis as unknown as { __stryker__?: Instrumentation }
    this.#shared = holder.__stryker__ ??= {
      activeMutant: undefined,
      currentTestId: undefined,
      hitCount: undefined,
      hitLimit: undefined,
    }
  }

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: false }
  }

  async init(): Promise<void> {
    redirectVitest()
  }

  async #load(): Promise<readonly CollectedTest[]> {
    if (this.#tests === undefined) {
      const tests = await collectTests(
        testFilesOf(currentGroup()),
        (file) => import(pathToFileURL(join(process.cwd(), file)).href),
      )
      this.#tests = tests.filter(({ id }) => !slowTests.test(id))
    }
    return this.#tests
  }

  /** Runs one test between the hooks of its suites. Coverage of hooks is that of the test. */
  async #run(test: CollectedTest): Promise<unknown> {
    const suites = suitesOf(test.suite)
    const start = performance.now()
    this.#shared.currentTestId = test.id
    try {
      for (const body of suites.flatMap(({ before }) => before)) {
        await body()
      }
      await test.body()
      return undefined
    } catch (error) {
      return error ?? new Error('Nothing was thrown.')
    } finally {
      for (const body of suites.toReversed().flatMap(({ after }) => after)) {
        await body()
      }
      this.#shared.currentTestId = undefined
      this.#lastMs.set(test.id, performance.now() - start)
    }
  }

  async dryRun(): Promise<DryRunResult> {
    const results = []
    for (const test of await this.#load()) {
      const error = await this.#run(test)
      const base = {
        id: test.id,
        name: test.id,
        fileName: join(process.cwd(), test.file),
        timeSpentMs: this.#lastMs.get(test.id) ?? 0,
      }
      results.push(
        error === undefined
          ? { ...base, status: 0 }
          : { ...base, status: 1, failureMessage: String(error) },
      )
    }
    return {
      status: 'complete',
      tests: results,
      mutantCoverage: withoutHybrids(this.#shared.mutantCoverage),
    } as DryRunResult
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const shared = this.#shared
    const { id } = options.activeMutant
    shared.hitCount = options.hitLimit === undefined ? undefined : 0
    shared.hitLimit = options.hitLimit
    if (options.mutantActivation === 'static') {
      shared.activeMutant = id
    }
    const loaded = await this.#load()
    const wanted = options.testFilter === undefined ? undefined : new Set(options.testFilter)
    const tests = this.#inOrder(
      loaded.filter((test) => wanted === undefined || wanted.has(test.id)),
      options.sandboxFileName,
    )
    shared.activeMutant = id
    for (const [index, test] of tests.entries()) {
      const error = await this.#run(test)
      if (options.hitLimit !== undefined && (shared.hitCount ?? 0) > options.hitLimit) {
        return { status: 'timeout', reason: 'The altered code ran without end.' } as MutantRunResult
      }
      if (error !== undefined) {
        await this.#expectToPass(test, options)
        return {
          status: 'killed',
          killedBy: [test.id],
          failureMessage: String(error),
          nrOfTests: index + 1,
        } as MutantRunResult
      }
    }
    return { status: 'survived', nrOfTests: tests.length } as MutantRunResult
  }

  /** The nearest tests first, and of those the fastest. */
  #inOrder(tests: readonly CollectedTest[], altered: string): readonly CollectedTest[] {
    return tests
      .map((test) => ({ test, near: distance(test, altered), ms: this.#lastMs.get(test.id) ?? 0 }))
      .sort((one, other) => one.near - other.near || one.ms - other.ms)
      .map(({ test }) => test)
  }

  /** Throws when a test fails without the mutant too: Stryker tries again in a new process then. */
  async #expectToPass(test: CollectedTest, { mutantActivation }: MutantRunOptions): Promise<void> {
    this.#shared.activeMutant = undefined
    if (mutantActivation === 'runtime') {
      const error = await this.#run(test)
      if (error !== undefined) {
        throw new Error(`${test.id} fails without a mutant: ${String(error)}`)
      }
    }
  }
}

/** A plugin of Stryker. */
export const strykerPlugins = [
  { kind: 'TestRunner', name: 'resident', injectableClass: ResidentTestRunner },
]
