import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Account } from './account.ts'
import {
  clusterName,
  findPostmaster,
  isRunning,
  listClusterProcesses,
  saysReady,
  signalProcess,
} from './cluster-processes.ts'
import { isReady } from './connect.ts'
import { LauncherError } from './error.ts'
import { type Layout, nameForChild } from './layout.ts'
import { asArguments, serverEnvironment, socketName } from './settings.ts'

const pollMs = 10
const orphanGraceMs = 500
const stopGraceMs = 60_000
const largestLogBytes = 1_048_576

/** Waits until a running postmaster takes connections. False when it ends before. */
export async function waitUntilReady({
  pid,
  host,
  layout,
  deadlineMs,
  signal,
}: {
  readonly pid: number
  readonly host: string
  readonly layout: Layout
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
}): Promise<boolean> {
  while (isRunning(pid)) {
    signal?.throwIfAborted()

    if (saysReady(layout.clusterDir) && (await isReady(host))) {
      return true
    }
    if (Date.now() > deadlineMs) {
      throw startFailed(layout, `PostgreSQL (process ${pid}) runs but does not take connections.`)
    }
    await delay(pollMs)
  }

  return false
}

/**
 * Starts a postmaster. It gets a session of its own, so that a Ctrl-C on the terminal reaches Muhr
 * alone, which stops it in order; and so that it outlives a killed Muhr, for the next one to adopt.
 */
export function spawnPostmaster({
  layout,
  root,
  account,
  settings,
}: {
  readonly layout: Layout
  readonly root: string
  readonly account: Account
  readonly settings: Readonly<Record<string, string>>
}): number {
  const log = openLog(layout.logFile)

  try {
    const name = { cluster_name: clusterName(layout.clusterDir) }
    const child = spawn(
      path.join(root, 'bin', 'postgres'),
      ['-D', nameForChild(layout.clusterDir, account), ...asArguments({ ...settings, ...name })],
      {
        ...account,
        cwd: layout.clusterDir,
        env: serverEnvironment,
        stdio: ['ignore', log, log],
        detached: true,
      },
    )
    // A failure to start shows as the lack of a process; without a listener it would end Muhr.
    child.on('error', () => undefined)
    child.unref()

    if (child.pid === undefined) {
      throw startFailed(layout, 'PostgreSQL could not be started.')
    }

    return child.pid
  } finally {
    fs.closeSync(log)
  }
}

/**
 * Makes way for a new postmaster after the last one was killed: its backends notice and go by themselves,
 * unless they are in the middle of something; then they are ended, since nobody will hear their answer.
 * The files of the dead postmaster go too: its number may by now be that of another process of this user,
 * which would keep PostgreSQL from starting. Call it under the lock, when no postmaster lives.
 */
export async function clearRemains({ clusterDir, socketDir }: Layout): Promise<void> {
  const endMs = Date.now() + orphanGraceMs

  while (listClusterProcesses(clusterDir).length > 0) {
    if (Date.now() > endMs) {
      for (const pid of listClusterProcesses(clusterDir)) {
        signalProcess(pid, 'SIGKILL')
      }
    }
    await delay(pollMs)
  }

  if (process.platform === 'linux') {
    fs.rmSync(path.join(clusterDir, 'postmaster.pid'), { force: true })
    fs.rmSync(path.join(socketDir, socketName), { force: true })
    fs.rmSync(path.join(socketDir, `${socketName}.lock`), { force: true })
  }
}

/**
 * Stops a cluster: fast shutdown (SIGINT: sessions are ended, a checkpoint is written), after a minute
 * the immediate one (SIGQUIT: recovered at the next start).
 *
 * @throws LauncherError `database.stop-failed`
 */
export async function stopPostmaster(
  { clusterDir }: Layout,
  pid: number | undefined = findPostmaster(clusterDir),
): Promise<void> {
  if (pid === undefined) {
    return
  }

  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    signalProcess(pid, signal)

    if (await waitUntilGone(pid, stopGraceMs)) {
      return
    }
  }

  throw new LauncherError({
    code: 'database.stop-failed',
    message: `PostgreSQL (process ${pid}) does not stop.`,
    advice: `Look whether the disk of ${clusterDir} answers; then end process ${pid} by hand.`,
    data: { folder: clusterDir, pid },
  })
}

/** An error that brings the last lines of the server's log along. */
export function startFailed(layout: Layout, message: string): LauncherError {
  return new LauncherError({
    code: 'database.start-failed',
    message: `${message} Its log is ${layout.logFile}.`,
    advice:
      'The last lines of the log tell the reason: most often a full disk or changed file rights.',
    data: { folder: layout.clusterDir, log: readLastLines(layout.logFile) },
  })
}

async function waitUntilGone(pid: number, graceMs: number): Promise<boolean> {
  const endMs = Date.now() + graceMs

  while (isRunning(pid)) {
    if (Date.now() > endMs) {
      return false
    }
    await delay(pollMs)
  }

  return true
}

/** Opened by us and inherited, so that the account of PostgreSQL needs no rights to the file. */
function openLog(file: string): number {
  const size = fs.lstatSync(file, { throwIfNoEntry: false })?.size ?? 0

  if (size > largestLogBytes) {
    fs.renameSync(file, `${file}.1`)
  }
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW } = fs.constants

  return fs.openSync(file, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600)
}

function readLastLines(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n')
  } catch {
    return ''
  }
}
