import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { LauncherError } from './error.ts'
import { socketName } from './settings.ts'

// sun_path of unix(7) has 108 bytes with the final zero on Linux, 104 on macOS.
const longestSocketPath = 103

/**
 * The folder that a client gives as host, short enough for a socket address.
 *
 * The server needs no such thing (it names the socket from its own folder). A client of a database
 * under a long path gets a way in: a link in a private folder of the temporary one, named by a hash of
 * the path. It is checked and made anew by whoever needs it, so sweeping it away breaks nothing.
 *
 * @throws LauncherError `database.folder-unusable`
 */
export function socketHost(socketDir: string, tmpDir: string = os.tmpdir()): string {
  if (isShort(socketDir)) {
    return socketDir
  }

  const hash = createHash('sha256').update(socketDir).digest('hex').slice(0, 12)
  const owner = process.geteuid?.() ?? 0

  for (const tmp of new Set([tmpDir, '/tmp', '/var/tmp'])) {
    const folder = path.join(tmp, `muhr-${owner}-${hash}`)
    const link = path.join(folder, 's')

    if (isShort(link) && makePrivateFolder(folder) && pointTo(link, socketDir)) {
      return link
    }
  }

  throw new LauncherError({
    code: 'database.folder-unusable',
    message: `The path of the database folder is too long for a socket, and no short way to it could be made: ${socketDir}.`,
    advice:
      'Set MUHR_DATA to a folder with a shorter path, or TMPDIR to a folder that can be written.',
    data: { folder: socketDir },
  })
}

function isShort(folder: string): boolean {
  return Buffer.byteLength(path.join(folder, socketName)) <= longestSocketPath
}

/** False when somebody else made it first: then it could lead to a server of theirs. */
function makePrivateFolder(folder: string): boolean {
  try {
    fs.mkdirSync(folder, { mode: 0o700 })
  } catch {
    // Taken already, by us or by others: the look below tells.
  }

  const stats = fs.lstatSync(folder, { throwIfNoEntry: false })

  return (
    stats?.isDirectory() === true && stats.uid === process.geteuid?.() && (stats.mode & 0o077) === 0
  )
}

function pointTo(link: string, target: string): boolean {
  try {
    if (fs.existsSync(link) && fs.readlinkSync(link) === target) {
      return true
    }
    const draft = `${link}.${process.pid}`
    fs.rmSync(draft, { force: true })
    fs.symlinkSync(target, draft)
    fs.renameSync(draft, link)

    return true
  } catch {
    return false
  }
}
