import { type SandboxPorts, startSandbox } from '@muhr/sandbox'

/**
 * The simulators in a process of their own, so that a gateway that dies takes nothing of them along and
 * the two speak only over HTTP. Settings come as the first message of the parent; when the parent goes
 * away, so does this process.
 */
type Settings = {
  readonly dir: string
  readonly ports: SandboxPorts
  readonly host: string
  readonly gatewayUrl: string
  readonly allowedHosts: readonly string[]
  readonly isCompat: boolean
}

function answer(message: object): void {
  process.send?.(message)
}

process.once('message', async (settings: Settings) => {
  try {
    const sandbox = await startSandbox(settings)
    const stop = async (): Promise<void> => {
      await sandbox.stop()
      process.exit(0)
    }
    process.once('disconnect', stop)
    process.once('SIGTERM', stop)
    answer({ kind: 'ready', ready: sandbox.ready })
  } catch (error) {
    const { code, message, advice } = error as { code?: string; message: string; advice?: string }
    answer({ kind: 'failed', code, message, advice })
    process.exit(1)
  }
})
// Ctrl-C and a closed terminal reach every process of it; the parent decides in which order things stop.
process.on('SIGINT', () => undefined)
process.on('SIGHUP', () => undefined)
