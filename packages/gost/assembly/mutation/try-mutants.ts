/**
 * A process that builds the modules from altered sources and says whether the known answers notice.
 * It gets `Trial` messages and answers `Outcome` messages; whoever starts it ends it when one takes too long.
 * The first argument is a folder of its own in which `assembly` is a copy and all else as in the checkout.
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import {
  instantiateOctets,
  type LoadedModule,
  type WasmVariant,
} from '../../src/wasm/load-module.ts'
import { type CompileEffort, compile } from '../compile.ts'
import { wasmProbes, wasmSources } from '../modules.ts'
import type { WasmSource } from '../wasm-source.ts'
import { importAltered } from './import-altered.ts'

/** Replaces one file below `assembly`. */
export type Trial = { readonly file: string; readonly text: string }

export type Outcome = {
  /**
   * `noticed`: it does not compile, or a known answer does not come out. `same`: the AssemblyScript or the
   * code that comes out of it is what it was, so there is nothing to notice. `missed`: neither.
   */
  readonly kind: 'noticed' | 'same' | 'missed'
  /** What noticed it. */
  readonly by: string
}

const [folder = ''] = process.argv.slice(2)
const home = join(folder, 'assembly')

/** What one call of a function, or a compilation, may take of the processor: many times what they do. */
const CALL_MS = 4_000
const COMPILE_MS = 20_000
/** Calls of functions in one check: the longest makes some thousands. */
const MOST_CALLS = 100_000

const step = new Int32Array(new SharedArrayBuffer(8))
new Worker(new URL('./end-busy-process.ts', import.meta.url), { workerData: step })

const startStep = (longestMs: number): void => {
  Atomics.store(step, 1, longestMs)
  Atomics.add(step, 0, 1)
}

const intactModules = inOrder({ wasmProbes, wasmSources })
const intactTexts = new Map(
  intactModules.map(({ name, variants, source }) => [
    name,
    variants.map((variant) => withoutComments(source(variant))),
  ]),
)
const intactCodes = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

/** The code of the sources as they are, compiled when it is first compared with. */
const intactCode = (
  module: WasmSource,
  variant: WasmVariant,
  effort: CompileEffort,
): Promise<Uint8Array<ArrayBuffer>> => {
  const key = `${module.name} ${variant} ${effort}`
  const code = intactCodes.get(key) ?? compile(module, variant, { effort })
  intactCodes.set(key, code)

  return code
}

/** A variant of a module whose AssemblyScript changed, with what it was before. */
type Changed = {
  readonly altered: WasmSource
  readonly intact: WasmSource
  readonly variant: WasmVariant
}

/** Lazily, for generating the rest is of no use when the first has noticed. */
function* changedOf(modules: readonly WasmSource[]): Generator<Changed, void> {
  for (const altered of modules) {
    const intact = intactModules.find(({ name }) => name === altered.name)
    if (intact === undefined) throw new Error(`there was no module ${altered.name}`)
    const before = intactTexts.get(intact.name)
    const isMoved = altered.memoryPages !== intact.memoryPages
    // Plain SIMD first.
    for (const [i, variant] of [...altered.variants.entries()].toReversed()) {
      const text = withoutComments(altered.source(variant))
      if (isMoved || text !== before?.[i]) yield { altered, intact, variant }
    }
  }
}

/**
 * Whether the code differs at all: what is the same before it is optimised is so after.
 * @throws Error naming the known answer that does not come out of code that differs.
 */
async function expectAnswers({ altered, intact, variant }: Changed): Promise<boolean> {
  startStep(COMPILE_MS)
  const code = await compile(altered, variant, { effort: 'quick' })
  if (isSame(code, await intactCode(intact, variant, 'quick'))) return false
  intact.check(watched(instantiateOctets(code)))

  return true
}

/** A module of which each call is a step, and that calls without end do not get past. */
function watched({ exports, memory }: LoadedModule<unknown>): LoadedModule<unknown> {
  let calls = 0
  const entries = Object.entries(exports as WebAssembly.Exports).map(([name, exported]) => {
    if (typeof exported !== 'function') return [name, exported] as const
    const call = (...numbers: readonly unknown[]): unknown => {
      if (calls++ > MOST_CALLS) throw new Error('calls without end')
      startStep(CALL_MS)

      return exported(...numbers)
    }

    return [name, call] as const
  })

  return { exports: Object.fromEntries(entries), memory }
}

const isSame = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0

/** Whether what would be shipped is, octet by octet, what is. */
async function isSameCode({ altered, intact, variant }: Changed): Promise<boolean> {
  for (const effort of ['quick', 'shipped'] as const) {
    startStep(COMPILE_MS)
    const code = await compile(altered, variant, { effort })
    if (isSame(code, await intactCode(intact, variant, effort))) return true
  }

  return false
}

/**
 * Most faults show in code that is not optimised, which is compiled in a third of the time, and on plain
 * SIMD. Only what passes there is compiled as it would be shipped and compared.
 */
async function tryModules(modules: readonly WasmSource[]): Promise<Outcome> {
  const changed: Changed[] = []
  for (const one of changedOf(modules)) {
    if (one.variant !== 'simd' || (await expectAnswers(one))) changed.push(one)
  }
  for (const one of changed) {
    if (!wasmSources.includes(one.intact) || (await isSameCode(one))) continue
    for (const other of changed) if (other.variant !== 'simd') await expectAnswers(other)

    return { kind: 'missed', by: `${one.altered.name}, ${one.variant}` }
  }

  return { kind: 'same', by: '' }
}

/** The modules after one file was replaced: AssemblyScript is read anew, TypeScript imported anew. */
async function tryReplaced({ file, text }: Trial): Promise<Outcome> {
  const path = join(home, file)
  const modules = pathToFileURL(join(home, 'modules.ts')).href
  if (!file.endsWith('.as.ts')) {
    const altered = await importAltered(modules, { path, text })

    return tryModules(inOrder(altered))
  }
  const before = readFileSync(path)
  writeFileSync(path, text)
  try {
    const altered = await import(modules)

    return await tryModules(inOrder(altered))
  } finally {
    writeFileSync(path, before)
  }
}

/**
 * Each probe before what is shipped of it, for its answers take less time and reach further; 512 bits last, for
 * they take the most time.
 */
function inOrder(modules: {
  readonly wasmProbes: readonly WasmSource[]
  readonly wasmSources: readonly WasmSource[]
}): readonly WasmSource[] {
  const isLong = ({ name }: WasmSource): boolean => name.includes('512')
  const stemOf = ({ name }: WasmSource): string => name.replace(' inside', '')
  const all = [...modules.wasmProbes, ...modules.wasmSources]
  const groups = Map.groupBy(
    all.toSorted((a, b) => Number(isLong(a)) - Number(isLong(b))),
    stemOf,
  )

  return [...groups.values()].flat()
}

/** Comments tell the reader of generated code what it does: no code comes out of them. No text has strings. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replaceAll(/\s+$/gm, '')
}

process.on('message', async (trial: Trial) => {
  startStep(COMPILE_MS)
  try {
    process.send?.(await tryReplaced(trial))
  } catch (error) {
    const [by = ''] = String(error instanceof Error ? error.message : error).split('\n')
    process.send?.({ kind: 'noticed', by })
  }
})
