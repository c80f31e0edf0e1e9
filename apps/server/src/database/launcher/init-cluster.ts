import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { type Account, giveTo } from './account.ts'
import type { PostgresBinaries } from './binaries.ts'
import { listClusterProcesses, signalProcess } from './cluster-processes.ts'
import { LauncherError } from './error.ts'
import { type Layout, nameForChild } from './layout.ts'
import { serverEnvironment } from './settings.ts'

const draftPrefix = 'cluster.new-'

/** Name of the role that may do everything; used by the launcher and by tests only. */
export const superuser = 'postgres'

/**
 * Whether there is a cluster, of the version that these binaries read.
 *
 * @throws LauncherError `database.version-mismatch`, or `database.folder-unusable` when something else
 *   than a cluster stands in its place
 */
export function hasCluster({ clusterDir }: Layout, binaries: PostgresBinaries): boolean {
  const names = fs.existsSync(clusterDir) ? fs.readdirSync(clusterDir) : []

  if (names.length === 0) {
    return false
  }
  if (!names.includes('PG_VERSION')) {
    throw new LauncherError({
      code: 'database.folder-unusable',
      message: `${clusterDir} is not a data folder of PostgreSQL.`,
      advice: 'Move what is in it elsewhere, or set MUHR_DATA to another folder.',
      data: { folder: clusterDir },
    })
  }

  const found = fs.readFileSync(path.join(clusterDir, 'PG_VERSION'), 'utf8').trim()

  if (found !== String(binaries.major)) {
    throw new LauncherError({
      code: 'database.version-mismatch',
      message: `The data in ${clusterDir} were written by PostgreSQL ${found}; this Muhr brings PostgreSQL ${binaries.major}.`,
      advice: `Start the Muhr that wrote them, run muhr backup there, and restore the backup here into a new folder (MUHR_DATA).`,
      data: { folder: clusterDir, found, supported: String(binaries.major) },
    })
  }

  return true
}

/**
 * Makes the cluster: initdb in a folder beside it, synced, then renamed into place. A kill at any
 * moment leaves either a whole cluster or a draft, which the next call sweeps. Call it under the lock.
 *
 * @param root folder of binaries that `account` can run
 * @throws LauncherError `database.init-failed`
 */
export async function initCluster({
  layout,
  root,
  account,
  isSynced = true,
  signal,
}: {
  readonly layout: Layout
  readonly root: string
  readonly account: Account
  readonly isSynced?: boolean
  readonly signal?: AbortSignal | undefined
}): Promise<void> {
  sweepDrafts(layout.stateDir)
  const draft = path.join(layout.stateDir, `${draftPrefix}${randomBytes(6).toString('hex')}`)
  fs.mkdirSync(draft, { mode: 0o700 })
  giveTo(account, draft)

  try {
    await runInitdb({ draft, root, account, isSynced, signal })
    fs.renameSync(draft, layout.clusterDir)
    syncFolder(layout.stateDir)
  } finally {
    sweepDrafts(layout.stateDir)
  }
}

async function runInitdb({
  draft,
  root,
  account,
  isSynced,
  signal,
}: {
  readonly draft: string
  readonly root: string
  readonly account: Account
  readonly isSynced: boolean
  readonly signal: AbortSignal | undefined
}): Promise<void> {
  const child = spawn(
    path.join(root, 'bin', 'initdb'),
    [
      ...['-D', nameForChild(draft, account), '-U', superuser, '-A', 'trust', '-E', 'UTF8'],
      ...['--locale=C', '--data-checksums', isSynced ? [] : ['--no-sync']].flat(),
    ],
    { ...account, cwd: draft, env: serverEnvironment, stdio: ['ignore', 'pipe', 'pipe'], signal },
  )
  const output: string[] = []
  child.stdout.resume()
  child.stderr.on('data', (data) => output.push(String(data)))
  const [status] = (await once(child, 'close')) as [number | null]

  if (status !== 0) {
    const reason = output.join('').trim().slice(-2000)
    throw new LauncherError({
      code: 'database.init-failed',
      message: `PostgreSQL could not make its data folder in ${path.dirname(draft)}. ${reason}`,
      advice:
        'Most often the disk is full, does not keep file modes, or the user id has no name in /etc/passwd.',
      data: { folder: draft, output: reason },
    })
  }
}

/** Drafts of launchers that were killed; their initdb may still be writing. */
function sweepDrafts(stateDir: string): void {
  for (const name of fs.readdirSync(stateDir)) {
    if (name.startsWith(draftPrefix)) {
      const draft = path.join(stateDir, name)

      for (const pid of listClusterProcesses(draft)) {
        signalProcess(pid, 'SIGKILL')
      }
      fs.rmSync(draft, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    }
  }
}

function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r')

  try {
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}
