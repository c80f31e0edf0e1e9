import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Account, canReach } from './account.ts'
import { canRun, hydrateSymlinks, type PostgresBinaries } from './binaries.ts'
import { LauncherError } from './error.ts'

// Static libraries and build files: a third of the package, never needed at run time.
const leftOut = /(\.a|\/pkgconfig)$/

/**
 * A folder with the binaries that the account can run.
 *
 * Mostly that is where npm put them. But when root drops its rights, a checkout under a home of mode
 * 0700 cannot be walked through any more, and when somebody else installed the packages, the links
 * between the libraries cannot be made there. Then they are copied: beside the database when that
 * place can be reached, else into a folder of ours under /var/tmp.
 *
 * @throws LauncherError `database.binaries-unusable`
 */
export function placeBinaries({
  binaries,
  account,
  stateDir,
}: {
  readonly binaries: PostgresBinaries
  readonly account: Account
  readonly stateDir: string
}): string {
  if (isHydrated(binaries.root) && canRun(binaries.root, account)) {
    return binaries.root
  }

  for (const parent of copyParents({ account, stateDir })) {
    const root = copyTo(parent, binaries)

    if (root !== undefined && canRun(root, account)) {
      return root
    }
  }

  throw new LauncherError({
    code: 'database.binaries-unusable',
    message: `The PostgreSQL in ${binaries.root} does not run under the user id ${account?.uid ?? process.geteuid?.()}.`,
    advice:
      'Check that the packages were installed for this system (npm ci) and that /var/tmp or the data folder lets programs run (mounted without noexec).',
    data: { folder: binaries.root, uid: account?.uid ?? process.geteuid?.() ?? -1 },
  })
}

function isHydrated(root: string): boolean {
  try {
    hydrateSymlinks(root)

    return true
  } catch {
    return false
  }
}

function copyParents({
  account,
  stateDir,
}: {
  readonly account: Account
  readonly stateDir: string
}): readonly string[] {
  const uid = process.geteuid?.() ?? 0
  const shared = ['/var/tmp', os.tmpdir()].map((tmp) => path.join(tmp, `muhr-programs-${uid}`))

  return canReach(stateDir, account) ? [path.join(stateDir, 'programs'), ...shared] : shared
}

/** Copies into `parent`, whole or not at all; undefined when the place cannot be used or trusted. */
function copyTo(parent: string, binaries: PostgresBinaries): string | undefined {
  try {
    fs.mkdirSync(parent, { recursive: true, mode: 0o711 })

    if (!isOurs(parent)) {
      return undefined
    }
    fs.chmodSync(parent, 0o711)
    const root = path.join(parent, `postgresql-${binaries.version}`)

    if (isComplete(root, binaries.root)) {
      return root
    }

    const draft = `${root}.${randomBytes(6).toString('hex')}`

    try {
      fs.cpSync(binaries.root, draft, {
        recursive: true,
        verbatimSymlinks: true,
        mode: fs.constants.COPYFILE_FICLONE,
        filter: (source) => !leftOut.test(source),
      })
      hydrateSymlinks(draft)
      openToAll(draft)
      fs.rmSync(root, { recursive: true, force: true })
      fs.renameSync(draft, root)
    } finally {
      fs.rmSync(draft, { recursive: true, force: true })
    }

    return root
  } catch {
    return undefined
  }
}

/** What root executes from a shared place must be root's own and closed to others' hands. */
function isOurs(folder: string): boolean {
  const stats = fs.lstatSync(folder)

  return stats.isDirectory() && stats.uid === process.geteuid?.() && (stats.mode & 0o022) === 0
}

/** Whether every file of the source is there at its size: sweepers of /var/tmp take files singly. */
function isComplete(copy: string, source: string): boolean {
  if (!fs.existsSync(copy)) {
    return false
  }

  return fs
    .readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(source, path.join(entry.parentPath, entry.name)))
    .filter((name) => !leftOut.test(name) && !name.split('/').includes('pkgconfig'))
    .every((name) => {
      const copied = fs.statSync(path.join(copy, name), { throwIfNoEntry: false })

      return copied?.size === fs.statSync(path.join(source, name)).size
    })
}

/**
 * Read and run rights for every account, whatever the umask was. The sticky bit on files keeps
 * systemd-tmpfiles from taking them away by age (XDG Base Directory Specification, XDG_RUNTIME_DIR).
 */
function openToAll(root: string): void {
  fs.chmodSync(root, 0o755)

  for (const entry of fs.readdirSync(root, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)

    if (entry.isDirectory()) {
      fs.chmodSync(file, 0o755)
    } else if (entry.isFile()) {
      const isProgram = (fs.statSync(file).mode & 0o100) !== 0
      fs.chmodSync(file, isProgram ? 0o1755 : 0o1644)
    }
  }
}
