import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { MuhrError } from '@muhr/identifiers'
import type { SandboxPorts, SandboxReady } from '@muhr/sandbox'

const stopWithinMs = 5_000

export type SandboxProcess = {
  readonly ready: SandboxReady
  readonly stop: () => Promise<void>
}

export class SandboxStartError extends MuhrError<
  'sandbox.not-started',
  { readonly cause?: string }
> {
  override readonly name = 'SandboxStartError'
}

/** Starts the simulators in a process of their own and waits until they answer. */
export async function startSandboxProcess(settings: {
  readonly dir: string
  readonly ports: SandboxPorts
  readonly host: string
  readonly gatewayUrl: string
  readonly allowedHosts: readonly string[]
  /** Every lenience of live services and published clients; strict otherwise. */
  readonly isCompat: boolean
  readonly onExit: (code: number | null) => void
}): Promise<SandboxProcess> {
  const child = fork(join(import.meta.dirname, '..', 'sandbox-process.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const { onExit, ...rest } = settings
  child.send(rest)
  const ready = await firstAnswer(child)
  let isStopping = false
  child.once('exit', (code) => {
    if (!isStopping) {
      onExit(code)
    }
  })

  return {
    ready,
    stop: async () => {
      isStopping = true
      if (child.exitCode !== null || child.signalCode !== null) {
        return
      }
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
      await gone
      clearTimeout(timer)
    },
  }
}

async function firstAnswer(child: ChildProcess): Promise<SandboxReady> {
  const answer = await Promise.race<SandboxAnswer>([
    once(child, 'message').then(([message]) => message as SandboxAnswer),
    once(child, 'exit').then(() => ({ kind: 'failed', message: 'it ended at once' })),
  ])
  if (answer.kind === 'ready') {
    return answer.ready
  }
  throw new SandboxStartError({
    code: 'sandbox.not-started',
    message: `The sandbox did not start: ${answer.message}`,
    advice: answer.advice ?? 'Run npx muhr doctor; it looks at ports and folders.',
    data: answer.code === undefined ? {} : { cause: answer.code },
  })
}

type SandboxAnswer =
  | { readonly kind: 'ready'; readonly ready: SandboxReady }
  | {
      readonly kind: 'failed'
      readonly message: string
      readonly code?: string
      readonly advice?: string
    }
