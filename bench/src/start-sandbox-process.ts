import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { SandboxReady } from '@muhr/sandbox'

/** The simulators in a process of their own, with a test PKI in that folder. */
export async function startSandboxProcess(
  folder: string,
): Promise<{ readonly ready: SandboxReady; readonly stop: () => void }> {
  const dir = join(folder, 'sandbox')
  await mkdir(dir)
  const child = fork(join(import.meta.dirname, 'sim-process.ts'))
  child.send(dir)
  const [message] = await once(child, 'message')

  // Said by our own process.
  return { ready: message as SandboxReady, stop: () => child.disconnect() }
}
