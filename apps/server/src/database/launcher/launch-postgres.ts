import { setTimeout as delay } from 'node:timers/promises'
import { listProcesses, registerProcess, waitForLock } from '../../process/process-lock.js'
import { chooseAccount } from './account.ts'
import type { PostgresBinaries } from './binaries.ts'
import { findPostmaster } from './cluster-processes.ts'
import { applicationName, type SocketConnection } from './connect.ts'
import { LauncherError } from './error.ts'
import { hasCluster, initCluster } from './init-cluster.ts'
import { folderUnusable, type Layout, makeSocketDir, makeStateDir, takeOver } from './layout.ts'
import { placeBinaries } from './place-binaries.ts'
import {
  clearRemains,
  spawnPostmaster,
  startFailed,
  stopPostmaster,
  waitUntilReady,
} from './postmaster.ts'
import { serverSettings } from './settings.ts'
import { socketHost } from './socket-host.ts'
import { watchPostmaster } from './watch-postmaster.ts'

/** One line for people about what takes time. */
export type LaunchLog = (line: string) => void

export type LaunchOptions = {
  readonly stateDir: string
  readonly binaries: PostgresBinaries
  readonly log: LaunchLog
  /** Gives up starting, and stops what was started by then. */
  readonly signal?: AbortSignal | undefined
  /** Added to, or in place of, our own settings. */
  readonly settings?: Readonly<Record<string, string>>
  /** False only for tests: nothing is synced to disk, a power cut loses everything. */
  readonly isDurable?: boolean
  /** Told when the server died and could not be brought back. */
  readonly onLost?: ((error: unknown) => void) | undefined
}

/** A database server in use. */
export type RunningPostgres = {
  readonly connection: SocketConnection
  /** Whether it ran already: left by a Muhr that was killed, or started by another process. */
  readonly adopted: boolean
  /** Ends the use; the last user stops the server and waits for its end. May be called twice. */
  readonly stop: () => Promise<void>
  /** Ends the use and leaves the server running, for whoever comes next. */
  readonly leave: () => Promise<void>
}

type StartedServer = { readonly pid: number; readonly adopted: boolean }

const startLimitMs = 300_000
const lockLimitMs = 330_000
const tries = 4

/**
 * Starts the PostgreSQL of a folder, or joins the one that runs there.
 *
 * Every process that uses the server is on a register; starting and stopping happen under a lock that
 * a killed process cannot keep. So there are never two servers on one folder, a server that outlived
 * its Muhr is adopted, and the last one out stops it: nobody's database is stopped under their feet.
 * While in use, a server that dies is started again (`onLost` when that fails).
 *
 * @throws LauncherError
 */
export async function launchPostgres(options: LaunchOptions): Promise<RunningPostgres> {
  const layout = makeStateDir(options.stateDir)
  const host = socketHost(layout.socketDir)
  const { pid, adopted, user } = await underLock(layout, options, async () => {
    const started = await startServer(layout, host, options)

    return { ...started, user: registerProcess(layout.usersDir) }
  })
  const watch = watchPostmaster({
    pid,
    restart: async () => {
      options.log('The database ended unexpectedly; starting it again.')

      return (await underLock(layout, options, () => startServer(layout, host, options))).pid
    },
    onLost: options.onLost,
  })
  let stopping: Promise<void> | undefined

  return {
    connection: { host, database: applicationName, user: applicationName },
    adopted,
    stop: () => {
      stopping ??= watch.stop().then(() =>
        underLock(layout, { log: options.log }, async () => {
          user.release()

          if (listProcesses(layout.usersDir).length === 0) {
            await stopPostmaster(layout)
          }
        }),
      )

      return stopping
    },
    leave: async () => {
      await watch.stop()
      user.release()
    },
  }
}

async function startServer(
  layout: Layout,
  host: string,
  options: LaunchOptions,
): Promise<StartedServer> {
  const deadlineMs = Date.now() + startLimitMs
  const { signal } = options

  for (let attempt = 1; ; attempt += 1) {
    const running = findPostmaster(layout.clusterDir)

    if (running !== undefined) {
      if (await waitUntilReady({ pid: running, host, layout, deadlineMs, signal })) {
        return { pid: running, adopted: true }
      }
      continue
    }

    const pid = await startNewServer(layout, options)

    try {
      if (await waitUntilReady({ pid, host, layout, deadlineMs, signal })) {
        return { pid, adopted: false }
      }
    } catch (error) {
      // Given up: nobody uses the server yet, and nobody shall find it running.
      await stopPostmaster(layout, pid)
      throw error
    }
    // Right after a crash, remains of the old server may still be going: they are given a moment.
    if (attempt === tries) {
      throw startFailed(layout, 'PostgreSQL ends as soon as it is started.')
    }
    await delay(100 * attempt)
  }
}

async function startNewServer(layout: Layout, options: LaunchOptions): Promise<number> {
  const { binaries, signal, isDurable = true } = options
  const account = chooseAccount(layout.clusterDir)
  takeOver(layout, account)
  const isNew = !hasCluster(layout, binaries)
  const root = placeBinaries({ binaries, account, stateDir: layout.stateDir })

  if (isNew) {
    options.log('Making the database.')
    await initCluster({ layout, root, account, isSynced: isDurable, signal })
  }
  makeSocketDir(layout, account)
  await clearRemains(layout)
  options.log('Starting the database.')
  const settings = { ...serverSettings(binaries.major), ...options.settings }

  return spawnPostmaster({
    layout,
    root,
    account,
    settings: isDurable ? settings : { ...settings, fsync: 'off', full_page_writes: 'off' },
  })
}

/**
 * @throws LauncherError `database.busy` when somebody else keeps the lock for minutes,
 *   `database.folder-unusable` when files in the folder belong to another user
 */
async function underLock<Result>(
  layout: Layout,
  { log, signal }: Pick<LaunchOptions, 'log' | 'signal'>,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    const taken = await waitForLock(layout.lockDir, {
      waitMs: lockLimitMs,
      signal,
      onWait: ({ owner }) =>
        log(`Waiting for process ${owner.pid}, which is at the same database.`),
    })

    if (!taken.held) {
      throw new LauncherError({
        code: 'database.busy',
        message: `Process ${taken.owner.pid} has been starting or stopping this database for minutes.`,
        advice: `Wait for process ${taken.owner.pid} or end it, then start again.`,
        data: { folder: layout.stateDir, pid: taken.owner.pid },
      })
    }

    try {
      return await run()
    } finally {
      taken.lock.release()
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code === 'EACCES' || code === 'EPERM' ? folderUnusable(layout.stateDir, error) : error
  }
}
