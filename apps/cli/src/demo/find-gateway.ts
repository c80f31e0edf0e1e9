import { readFile } from 'node:fs/promises'
import type { SandboxReady } from '@muhr/sandbox'
import { accessFile, type Config, createLog } from '@muhr/server'
import { runInstallation, sandboxReadyFile } from '../serve/run-installation.ts'

export type Gateway = {
  readonly url: string
  readonly apiKey: string
  readonly ready: SandboxReady
  /** Stops what was started for this; nothing when the gateway was running already. */
  readonly stop: () => Promise<void>
}

/**
 * The sandbox gateway of this data folder: the one that runs, or one started for the occasion on the
 * same folder and ports.
 */
export async function findOrStartGateway(
  config: Config,
  progress: (line: string) => void,
): Promise<Gateway> {
  const running = await findRunning(config)
  if (running !== undefined) {
    progress(`Using the gateway at ${running.url}`)

    return running
  }
  progress('No gateway is running: starting one for the demo.')
  const installation = await runInstallation({
    config,
    log: createLog(config),
    progress,
    onLost: (what) => {
      process.stderr.write(`The ${what} ended unexpectedly.\n`)
      process.exit(1)
    },
  })
  const { sandbox } = installation
  if (sandbox === undefined) {
    throw new Error('an installation in sandbox mode has a sandbox')
  }

  return {
    url: installation.server.url,
    apiKey: sandbox.access.apiKey,
    ready: sandbox.ready,
    stop: installation.stop,
  }
}

async function findRunning(config: Config): Promise<Gateway | undefined> {
  try {
    const access = JSON.parse(await readFile(accessFile(config.dataDir), 'utf8')) as {
      apiKey: string
    }
    const ready = JSON.parse(
      await readFile(sandboxReadyFile(config.dataDir), 'utf8'),
    ) as SandboxReady
    const local = `http://127.0.0.1:${config.port}`
    const answer = await fetch(`${local}/v1/session`, {
      headers: { authorization: `Bearer ${access.apiKey}` },
      signal: AbortSignal.timeout(3_000),
    })
    const simulators = await fetch(`${ready.console}/_sim/fidelity`, {
      signal: AbortSignal.timeout(3_000),
    })
    if (!answer.ok || !simulators.ok) {
      return undefined
    }

    return { url: local, apiKey: access.apiKey, ready, stop: async () => undefined }
  } catch {
    // Nothing was ever started here, or it has stopped: both are answered by starting one.
    return undefined
  }
}
