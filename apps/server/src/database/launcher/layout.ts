import fs from 'node:fs'
import path from 'node:path'
import { type Account, canReach, giveTo } from './account.ts'
import { LauncherError } from './error.ts'

/**
 * What stands in the launcher's folder:
 * - `cluster/` PostgreSQL's own data (PGDATA)
 * - `socket/` the unix socket, for its owner and root only
 * - `postgres.log`, `postgres.log.1` what the server says; the old one is kept once
 * - `lock/`, `users/` who starts and stops, who uses
 */
export type Layout = {
  readonly stateDir: string
  readonly clusterDir: string
  readonly socketDir: string
  readonly logFile: string
  readonly lockDir: string
  readonly usersDir: string
}

export function layoutOf(stateDir: string): Layout {
  return {
    stateDir,
    clusterDir: path.join(stateDir, 'cluster'),
    socketDir: path.join(stateDir, 'socket'),
    logFile: path.join(stateDir, 'postgres.log'),
    lockDir: path.join(stateDir, 'lock'),
    usersDir: path.join(stateDir, 'users'),
  }
}

/**
 * Makes the launcher's folder, or checks that it can be used. It stays root's own when root starts
 * PostgreSQL under another account, which may only walk through: that account must not be able to put
 * links in the way of files that root writes.
 *
 * @throws LauncherError `database.folder-unusable`
 */
export function makeStateDir(stateDir: string): Layout {
  try {
    fs.mkdirSync(stateDir, { recursive: true, mode: 0o711 })
    const real = fs.realpathSync(stateDir)
    fs.accessSync(real, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK)

    return layoutOf(real)
  } catch (cause) {
    throw folderUnusable(stateDir, cause)
  }
}

/**
 * Checks that the data are the account's own. Data that belong to root are a copy that root made (no
 * server of ours ever ran as root): they are given to the account.
 *
 * @throws LauncherError `database.folder-unusable` when they are another user's
 */
export function takeOver({ clusterDir }: Layout, account: Account): void {
  const owner = fs.statSync(clusterDir, { throwIfNoEntry: false })?.uid

  if (owner === 0 && account !== undefined) {
    giveTo(account, clusterDir)
    // Copying tools forget modes; PostgreSQL insists on this one.
    fs.chmodSync(clusterDir, 0o700)
  } else if (owner !== undefined && owner !== (account?.uid ?? process.geteuid?.())) {
    throw folderUnusable(clusterDir)
  }
}

/** The error for a folder that another user's rights close to us. */
export function folderUnusable(folder: string, cause?: unknown): LauncherError {
  return new LauncherError({
    code: 'database.folder-unusable',
    message: `The database folder ${folder} cannot be used by this user, or not all of it.`,
    advice:
      'Start Muhr as the user that owns the folder, give all of the folder to this user, or set MUHR_DATA to another one.',
    data: { folder },
    cause,
  })
}

/** Makes the folder of the socket, for the account that PostgreSQL runs under. */
export function makeSocketDir({ socketDir }: Layout, account: Account): void {
  fs.mkdirSync(socketDir, { recursive: true, mode: 0o700 })
  fs.chmodSync(socketDir, 0o700)
  giveTo(account, socketDir)
}

/**
 * How a process of the account names the folder that it was started in.
 *
 * The kernel enters the working folder before it drops root's rights, and PostgreSQL never leaves it.
 * So under a home of mode 0700, where the full path is closed to `nobody`, `/proc/self/cwd` names the
 * same folder for the postmaster and every process it forks, and the data can stay where they belong.
 */
export function nameForChild(folder: string, account: Account): string {
  return canReach(folder, account) ? folder : '/proc/self/cwd'
}
