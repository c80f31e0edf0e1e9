import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { median, print } from '../figure.ts'

const READY_MS = 5
const GZIP_KB = 40
const RUNS = 7

/** Time until every WebAssembly module of the package can compute, and what they weigh. */
export async function measureModules(): Promise<readonly string[]> {
  const runs = Array.from({ length: RUNS }, readyOnce)
  const readyMs = median(runs)
  print({
    metric:
      'WebAssembly modules ready: decoded, compiled, instantiated, tables filled; new process',
    value: readyMs,
    unit: 'ms',
    bar: `≤ ${READY_MS}`,
  })
  const folder = fileURLToPath(new URL('wasm/', import.meta.resolve('@muhr/gost')))
  const modules = readdirSync(folder).filter((name) => name.endsWith('.wasm.ts'))
  const text = modules.map((name) => readFileSync(join(folder, name), 'utf8')).join('')
  const gzipKb = gzipSync(text, { level: 9 }).length / 1000
  print({
    metric: `WebAssembly of ${modules.length} modules as delivered, in all, by gzip`,
    value: gzipKb,
    unit: 'kB',
    bar: `≤ ${GZIP_KB}`,
  })

  return [
    ...(readyMs > READY_MS ? ['time until the modules are ready'] : []),
    ...(gzipKb > GZIP_KB ? ['size of the modules'] : []),
  ]
}

function readyOnce(): number {
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'start-modules.ts')],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error('the modules do not start')

  return Number(stdout)
}
