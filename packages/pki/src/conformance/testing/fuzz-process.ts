import { isPkiError } from '../../error.ts'
import { fuzzRandom } from './fuzz-random.ts'
import { type FuzzTarget, fuzzTargets } from './fuzz-targets.ts'

/**
 * The process that reads hostile files, one after the other: `node --expose-gc
 * fuzz-process.ts MILLISECONDS SEED`.
 * It prints a line of JSON before each batch and at the end, so that whoever started it sees where it
 * hangs, and ends at the first finding.
 * @module
 */

/** What a line says. */
export type FuzzLine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'at'; readonly target: string; readonly seed: number }
  | { readonly kind: 'done'; readonly inputs: number; readonly growthMiB: number }
  | {
      readonly kind: 'finding'
      readonly what: string
      readonly target: string
      readonly seed: number
      readonly base64: string
    }

const limits = { cpuMs: 2000, growthBytes: 256 * 1024 * 1024 } as const

/** Files between two collections of garbage. */
const collectEvery = 1000

const print = (line: FuzzLine): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Why the reader failed, or nothing. */
const faultOf = async (
  target: FuzzTarget,
  { bytes, seed }: { bytes: Uint8Array; seed: Uint8Array },
): Promise<string | undefined> => {
  const started = cpuMs()
  try {
    await target.read(bytes, seed)
  } catch (error) {
    if (!isPkiError(error)) {
      return `an error of no code: ${error instanceof Error ? (error.stack ?? '') : String(error)}`
    }
  }
  const spent = cpuMs() - started
  return spent > limits.cpuMs ? `${Math.round(spent)} ms of CPU` : undefined
}

const [, , duration = '1000', firstSeed = '1'] = process.argv
const targets = await fuzzTargets()
print({ kind: 'ready' })
const end = performance.now() + Number(duration)
let seed = Number(firstSeed)
let base = 0
let growth = 0
let inputs = 0
let fault: string | undefined
// Time is looked at between files, never within one: the same seeds give the same files.
while (performance.now() < end && fault === undefined) {
  const random = fuzzRandom(seed)
  const target = random.pick(targets)
  const original = random.pick(target.seeds)
  const bytes = target.mutate(original, { random, donor: random.pick(target.seeds) })
  if (inputs % 20 === 0) {
    print({ kind: 'at', target: target.name, seed })
  }
  const before = process.memoryUsage.rss()
  fault = await faultOf(target, { bytes, seed: original })
  inputs += 1
  const resident = process.memoryUsage.rss()
  if (resident - before > limits.growthBytes) {
    fault ??= `grown by ${Math.round((resident - before) / 2 ** 20)} MiB`
  }
  if (inputs % collectEvery === 0) {
    // What is still held when nothing is in use, memory of WebAssembly included. The first time, modules
    // are compiled and tables built. Resident pages would count what the collector keeps for itself.
    globalThis.gc?.()
    const { heapUsed, external } = process.memoryUsage()
    const held = heapUsed + external
    base = base === 0 ? held : base
    growth = Math.max(growth, held - base)
    if (growth > limits.growthBytes) {
      fault ??= `holding ${Math.round(growth / 2 ** 20)} MiB more than after the first files`
    }
  }
  if (fault !== undefined) {
    print({
      kind: 'finding',
      what: fault,
      target: target.name,
      seed,
      base64: Buffer.from(bytes.subarray(0, 20_000)).toString('base64'),
    })
  }
  seed += 1
}
print({ kind: 'done', inputs, growthMiB: Math.round(growth / 2 ** 20) })
