import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TestInstallation } from './start-test-installation.ts'

const child = join(import.meta.dirname, 'server-child.fixture.ts')
const readyWithinMs = 60_000

/** The server of an installation as a process of its own. */
export type ServerProcess = {
  /** Sets its clock so far ahead, ms, and lets what is due by then happen. */
  readonly hurry: (offsetMs: number) => Promise<void>
  /** SIGKILL, and waits until it is gone. */
  readonly kill: () => Promise<void>
}

/**
 * Starts a server process on the database and files of an installation whose own server was stopped, at
 * its port. Its clock is `offsetMs` ahead.
 */
export async function startServerProcess(
  { outside }: Pick<TestInstallation, 'outside'>,
  offsetMs: number,
): Promise<ServerProcess> {
  const process = fork(child, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  process.send({ ...outside, offsetMs })
  await answer(process, 'ready')

  return {
    hurry: async (next) => {
      process.send({ offsetMs: next })
      await answer(process, 'hurried')
    },
    kill: async () => {
      if (process.exitCode === null && process.signalCode === null) {
        const gone = once(process, 'exit')
        process.kill('SIGKILL')
        await gone
      }
    },
  }
}

async function answer(process: ChildProcess, wanted: string): Promise<void> {
  const gone = new AbortController()
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(readyWithinMs)])
  process.once('exit', () => gone.abort(new Error('the server process ended')))
  const [told] = await once(process, 'message', { signal })
  if (told !== wanted) {
    throw new Error(`the server process said ${told}`)
  }
}
