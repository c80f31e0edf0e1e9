import fs from 'node:fs'
import path from 'node:path'

/** The system account that PostgreSQL runs under; undefined stands for our own. */
export type Account = { readonly uid: number; readonly gid: number } | undefined

/** `nobody` and `nogroup` of Linux: exist without an entry in /etc/passwd, own nothing else. */
export const unprivilegedAccount = { uid: 65_534, gid: 65_534 } as const

/**
 * PostgreSQL refuses to run as root. When we are root it runs under the owner of the cluster, or
 * under `nobody` while there is none; otherwise under our own account.
 */
export function chooseAccount(clusterDir: string): Account {
  if (process.geteuid?.() !== 0) {
    return undefined
  }

  const owner = fs.statSync(clusterDir, { throwIfNoEntry: false })

  return owner === undefined || owner.uid === 0
    ? unprivilegedAccount
    : { uid: owner.uid, gid: owner.gid }
}

/** Whether an account may walk to a folder: every parent lets it pass (x of owner, group or others). */
export function canReach(folder: string, account: Account): boolean {
  if (account === undefined) {
    return true
  }

  const real = fs.realpathSync(folder)
  const parents = real.split(path.sep).map((_, index, parts) => parts.slice(0, index + 1).join('/'))

  return parents.every((parent) => mayPass(fs.statSync(parent || '/'), account))
}

function mayPass(stats: fs.Stats, { uid, gid }: NonNullable<Account>): boolean {
  if (stats.uid === uid) {
    return (stats.mode & 0o100) !== 0
  }

  return (stats.mode & (stats.gid === gid ? 0o010 : 0o001)) !== 0
}

/** Gives a folder and all in it to an account; links are not followed. Nothing to do for our own. */
export function giveTo(account: Account, folder: string): void {
  if (account === undefined) {
    return
  }

  fs.lchownSync(folder, account.uid, account.gid)

  if (fs.lstatSync(folder).isDirectory()) {
    for (const name of fs.readdirSync(folder)) {
      giveTo(account, path.join(folder, name))
    }
  }
}
