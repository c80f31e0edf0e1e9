import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePorts } from '@muhr/server/testing'
import { median, print } from '../figure.ts'
import { familyOf, memoryOf } from './processes.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../../..')
const warmStarts = 5
const settleMs = 10_000

/** From `git clone` to the ready line, then warm starts, then memory at rest: by `npm start` itself. */
export async function measureStarts(folder: string): Promise<void> {
  const clone = join(folder, 'clone')
  const [port = 0, consolePort = 0, caPort = 0] = await freePorts(3)
  const env = {
    ...process.env,
    MUHR_PORT: String(port),
    MUHR_SANDBOX_CONSOLE_PORT: String(consolePort),
    MUHR_SANDBOX_CA_PORT: String(caPort),
    MUHR_SANDBOX_ESIA_PORT: '0',
    MUHR_SANDBOX_EPGU_PORT: '0',
    MUHR_SANDBOX_SIGNME_PORT: '0',
    MUHR_SANDBOX_TLS_PORT: '0',
    MUHR_DATA: join(clone, 'data'),
    NODE_COMPILE_CACHE: join(clone, 'node_modules/.cache/compiled'),
  }
  const begin = performance.now()
  await run('git', ['clone', '--quiet', root, clone])
  const first = await start(clone, env)
  print({
    metric: 'fresh clone to ready, warm package cache',
    value: (performance.now() - begin) / 1000,
    unit: 's',
    bar: '<= 120',
  })
  await stop(first)
  const seconds: number[] = []
  let idle = 0
  for (let round = 0; round < warmStarts; round += 1) {
    const again = performance.now()
    const npm = await start(clone, env)
    seconds.push((performance.now() - again) / 1000)
    if (round === warmStarts - 1) {
      await new Promise((resolve) => setTimeout(resolve, settleMs))
      idle = familyOf(npm.pid ?? 0).reduce((sum, pid) => sum + memoryOf(pid, 'Pss'), 0)
    }
    await stop(npm)
  }
  print({ metric: 'warm npm start to ready', value: median(seconds), unit: 's', bar: '<= 3' })
  print({
    metric: 'idle memory of all processes, npm included',
    value: idle,
    unit: 'MB PSS',
    bar: '<= 350',
  })
  await rm(clone, { recursive: true, force: true })
}

async function start(clone: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const npm = spawn('npm', ['start'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    npm.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Muhr is ready')) {
        resolve()
      }
    })
    npm.once('exit', () => reject(new Error(`npm start ended:\n${output}`)))
  })

  return npm
}

async function stop(npm: ChildProcess): Promise<void> {
  const gone = once(npm, 'exit')
  const family = familyOf(npm.pid ?? 0)
  npm.kill('SIGTERM')
  await gone
  // npm may be gone before what it started; the next start needs the ports.
  while (family.some((pid) => memoryOf(pid, 'Rss') > 0)) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
