import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SandboxReady } from '@muhr/sandbox'
import {
  type Config,
  type DatabaseAddress,
  goskeySandboxOf,
  prepareSandbox,
  type RunningServer,
  type SandboxAccess,
  signmeSandboxOf,
  startEmbeddedPostgres,
  startServer,
} from '@muhr/server'
import type { Logger } from 'pino'
import { startSandboxProcess } from './start-sandbox-process.ts'

export type Installation = {
  readonly server: RunningServer
  readonly sandbox?: { readonly ready: SandboxReady; readonly access: SandboxAccess } | undefined
  readonly stop: () => Promise<void>
}

/** Where `npx muhr demo` finds the simulators of a running installation; readable by the owner alone. */
export function sandboxReadyFile(dataDir: string): string {
  return join(dataDir, 'sandbox', 'ready.json')
}

/**
 * Starts everything of one installation: database, simulators (in sandbox mode), server, workers and
 * pages. What was started is stopped again when a later part fails; nothing else is ever touched.
 */
export async function runInstallation(input: {
  readonly config: Config
  readonly log: Logger
  /** Told of each step, for people. */
  readonly progress: (line: string) => void
  /** Gives the start up, and stops what was started by then. */
  readonly signal?: AbortSignal | undefined
  /** A part died that the installation cannot do without. */
  readonly onLost: (what: string) => void
}): Promise<Installation> {
  const { config, log, progress } = input
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) {
      await each().catch((error: unknown) =>
        log.warn({ reason: (error as Error).message }, 'a part did not stop cleanly'),
      )
    }
  }
  try {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
    const sandboxStarting =
      config.mode === 'sandbox'
        ? startSandboxProcess({
            dir: join(config.dataDir, 'sandbox'),
            ports: config.sandboxPorts,
            host: '127.0.0.1',
            gatewayUrl: config.publicUrl,
            // The phone calls loopback only, and the one name that this installation goes by.
            allowedHosts: [new URL(config.publicUrl).host],
            isCompat: false,
            onExit: () => input.onLost('sandbox'),
          }).then((sandbox) => {
            stops.push(sandbox.stop)

            return sandbox
          })
        : undefined
    // Both start at the same time; whichever fails first, the other is stopped as well.
    sandboxStarting?.catch(() => undefined)
    const database = await openDatabaseAddress(input, stops)
    const sandbox = await sandboxStarting
    input.signal?.throwIfAborted()
    let access: SandboxAccess | undefined
    progress('Starting the server.')
    const server = await startServer({
      config,
      database,
      log,
      prepare: async (app) => {
        if (sandbox !== undefined) {
          access = await prepareSandbox(app, {
            phoneLinkTemplate: sandbox.ready.egovMobile.launcher,
            goskey: goskeySandboxOf(sandbox.ready),
            signme: signmeSandboxOf(sandbox.ready),
          })
        }
      },
    })
    stops.push(server.stop)
    if (sandbox === undefined || access === undefined) {
      return { server, stop }
    }
    const readyFile = sandboxReadyFile(config.dataDir)
    await writeFile(readyFile, `${JSON.stringify(sandbox.ready)}\n`, { mode: 0o600 })
    await chmod(readyFile, 0o600)

    return { server, sandbox: { ready: sandbox.ready, access }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openDatabaseAddress(
  input: Parameters<typeof runInstallation>[0],
  stops: (() => Promise<void>)[],
): Promise<DatabaseAddress> {
  const { config, log, progress } = input
  if (config.databaseUrl !== undefined) {
    return { kind: 'url', url: config.databaseUrl }
  }
  const postgres = await startEmbeddedPostgres({
    dataDir: config.postgresDir,
    log: progress,
    signal: input.signal,
    onLost: (error) => {
      log.error({ reason: (error as Error).message }, 'the database is lost')
      input.onLost('database')
    },
  })
  stops.push(postgres.stop)

  return { kind: 'socket', ...postgres.connection }
}
