import fs from 'node:fs'
import path from 'node:path'
import { startTicksOf } from '../../process/process-identity.js'

const programs = ['postgres', 'initdb']

/**
 * The name that a server is started with (`cluster_name`) and that PostgreSQL shows in the title of each
 * of its processes. It is made of the folder's own number, so a folder that was moved keeps it.
 */
export function clusterName(clusterDir: string): string {
  const { dev, ino } = fs.statSync(clusterDir, { bigint: true })

  return `muhr-${dev.toString(36)}-${ino.toString(36)}.`
}

/** The postmaster that its lock file names, if it lives and is this cluster's. */
export function findPostmaster(clusterDir: string): number | undefined {
  const pid = readPostmasterPid(clusterDir)

  if (pid === undefined) {
    return undefined
  }

  return isLinux() ? clusterProcessFilter(clusterDir)(pid)[0] : isRunning(pid) ? pid : undefined
}

/**
 * All PostgreSQL processes at work in a cluster, whether their parent lives or not. They are known by
 * the name in their title or by their working folder: the second works for `initdb` too, the first also
 * where root may not look at the processes of others (containers without CAP_SYS_PTRACE). Known on
 * Linux only; elsewhere empty.
 */
export function listClusterProcesses(clusterDir: string): readonly number[] {
  if (!isLinux() || !fs.existsSync(clusterDir)) {
    return []
  }

  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .flatMap(clusterProcessFilter(clusterDir))
}

/** Whether a process exists and is more than a zombie. */
export function isRunning(pid: number): boolean {
  if (isLinux()) {
    return startTicksOf(pid) !== null
  }

  try {
    process.kill(pid, 0)

    return true
  } catch {
    return false
  }
}

/** Sends a signal to a process that may be gone already. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone already.
  }
}

/** Whether the postmaster says that it takes connections: line 8 of postmaster.pid. */
export function saysReady(clusterDir: string): boolean {
  return readPidFile(clusterDir)[7]?.trim() === 'ready'
}

/** Line 1 of postmaster.pid. */
function readPostmasterPid(clusterDir: string): number | undefined {
  const pid = Number.parseInt(readPidFile(clusterDir)[0] ?? '', 10)

  return pid > 0 ? pid : undefined
}

function readPidFile(clusterDir: string): readonly string[] {
  try {
    return fs.readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function clusterProcessFilter(clusterDir: string): (pid: number) => readonly number[] {
  const name = clusterName(clusterDir)

  return (pid) => {
    const isOurs =
      programs.includes(readProc(pid, 'comm').trim()) &&
      (readProc(pid, 'cmdline').includes(name) || workingDir(pid) === clusterDir)

    return isOurs && isRunning(pid) ? [pid] : []
  }
}

function readProc(pid: number, file: 'comm' | 'cmdline'): string {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

function workingDir(pid: number): string | undefined {
  try {
    return fs.readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function isLinux(): boolean {
  return process.platform === 'linux'
}
