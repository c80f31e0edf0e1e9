import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SandboxReady } from '@muhr/sandbox'

const main = join(import.meta.dirname, '..', 'main.ts')
const readyWithinMs = 60_000

/** The product as an operator runs it: `muhr serve --sandbox` as a process, on ports of its own. */
export type ProductProcess = {
  readonly url: string
  readonly pid: number
  readonly apiKey: string
  readonly loginUrl: string
  readonly ready: SandboxReady
  readonly output: () => string
  /** Ctrl-C, and waits until it is gone. */
  readonly stop: () => Promise<void>
  /** SIGKILL of this one process, and waits until it is gone. */
  readonly kill: () => Promise<void>
  /** SIGKILL of the PostgreSQL that it uses. */
  readonly killDatabase: () => Promise<void>
}

export type ProductPlace = {
  readonly dataDir: string
  readonly port: number
  readonly consolePort: number
  readonly caPort: number
}

/** Starts the product and waits for the line that says where it is. */
export async function startProduct(place: ProductPlace): Promise<ProductProcess> {
  const child = spawn(process.execPath, [main, 'serve', '--sandbox'], {
    env: {
      ...process.env,
      MUHR_DATA: place.dataDir,
      MUHR_PORT: String(place.port),
      MUHR_SANDBOX_CONSOLE_PORT: String(place.consolePort),
      MUHR_SANDBOX_CA_PORT: String(place.caPort),
      MUHR_SANDBOX_ESIA_PORT: '0',
      MUHR_SANDBOX_EPGU_PORT: '0',
      MUHR_SANDBOX_SIGNME_PORT: '0',
      MUHR_SANDBOX_TLS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  await untilReady(child, () => output)
  const access = JSON.parse(
    await readFile(join(place.dataDir, 'sandbox', 'access.json'), 'utf8'),
  ) as { readonly apiKey: string; readonly loginUrl: string }
  const ready = JSON.parse(
    await readFile(join(place.dataDir, 'sandbox', 'ready.json'), 'utf8'),
  ) as SandboxReady
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
    }
  }

  return {
    url: `http://127.0.0.1:${place.port}`,
    pid: child.pid ?? 0,
    apiKey: access.apiKey,
    loginUrl: access.loginUrl,
    ready,
    output: () => output,
    stop: () => end('SIGINT'),
    kill: () => end('SIGKILL'),
    killDatabase: async () => {
      const file = join(place.dataDir, 'postgres', 'cluster', 'postmaster.pid')
      const pid = Number((await readFile(file, 'utf8')).split('\n')[0])
      process.kill(pid, 'SIGKILL')
    },
  }
}

async function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  const limit = AbortSignal.timeout(readyWithinMs)
  for (;;) {
    if (output().includes('Muhr is ready')) {
      return
    }
    if (child.exitCode !== null || child.signalCode !== null || limit.aborted) {
      throw new Error(`the product did not start:\n${output()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
