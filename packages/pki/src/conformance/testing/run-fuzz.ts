import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { FuzzLine } from './fuzz-process.ts'

/** What came of a run. */
export type FuzzRun = {
  readonly inputs: number
  readonly growthMiB: number
  /** Empty: no crash, no hang, no growth, every error typed. */
  readonly findings: readonly string[]
}

/** A batch that prints nothing for this long hangs; the machine may be busy with other things. */
const silenceMs = 60_000

/**
 * Reads mutated files in a process of its own for a time, and watches it: a reader that never returns is
 * ended and named by the seed of its batch. Deterministic per seed.
 */
export const runFuzz = ({
  durationMs,
  seed,
}: {
  readonly durationMs: number
  readonly seed: number
}): Promise<FuzzRun> =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        '--expose-gc',
        join(import.meta.dirname, 'fuzz-process.ts'),
        String(durationMs),
        String(seed),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    const findings: string[] = []
    let done = { inputs: 0, growthMiB: 0 }
    let last = 'before the first file'
    let complaint = ''
    const end = (): void => {
      findings.push(`hangs after ${last}`)
      child.kill('SIGKILL')
    }
    let watchdog = setTimeout(end, silenceMs)
    createInterface({ input: child.stdout }).on('line', (text) => {
      clearTimeout(watchdog)
      watchdog = setTimeout(end, silenceMs)
      const line = JSON.parse(text) as FuzzLine
      if (line.kind === 'at') {
        last = `${line.target}, seed ${line.seed}`
      } else if (line.kind === 'finding') {
        findings.push(`${line.target}, seed ${line.seed}: ${line.what}\n${line.base64}`)
      } else if (line.kind === 'done') {
        done = { inputs: line.inputs, growthMiB: line.growthMiB }
      }
    })
    child.stderr.on('data', (chunk) => {
      complaint += chunk
    })
    child.on('close', (code) => {
      clearTimeout(watchdog)
      if (code !== 0 && findings.length === 0) {
        findings.push(`ended with ${code} after ${last}: ${complaint.slice(0, 4000)}`)
      }
      resolve({ ...done, findings })
    })
  })
