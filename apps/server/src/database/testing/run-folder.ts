import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { readLockOwner, tryLock } from '../../process/process-lock.js'
import { layoutOf } from '../launcher/layout.ts'
import { stopPostmaster } from '../launcher/postmaster.ts'

const prefix = 'muhr-test-'

/** Names the folder of the clusters of one test run to the processes of its workers. */
export const runFolderVariable = 'MUHR_TEST_RUN_FOLDER'

/**
 * Makes a folder for the clusters of this process, and clears away those of test runs that were killed,
 * with the servers that they left.
 */
export async function makeRunFolder(): Promise<string> {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const folder = path.join(os.tmpdir(), name)

    if (name.startsWith(prefix) && isOrphaned(folder)) {
      await removeRunFolder(folder)
    }
  }

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), prefix))
  // As root the servers run as `nobody`, and PostgreSQL 15 wants to walk in by the full path.
  fs.chmodSync(folder, 0o711)
  tryLock(ownerDir(folder))

  return folder
}

/** Stops the servers of a run and removes their data. */
export async function removeRunFolder(folder: string): Promise<void> {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      await stopPostmaster(layoutOf(path.join(folder, entry.name)))
    }
  }
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

function isOrphaned(folder: string): boolean {
  const isOurs = fs.lstatSync(folder, { throwIfNoEntry: false })?.uid === process.geteuid?.()

  return isOurs && fs.existsSync(ownerDir(folder)) && readLockOwner(ownerDir(folder)) === undefined
}

function ownerDir(folder: string): string {
  return path.join(folder, 'owner')
}
