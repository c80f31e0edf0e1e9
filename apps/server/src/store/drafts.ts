import { randomBytes } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { describeSelf, isAlive } from '../process/process-identity.js'

const draftName = /^(\d+)\.(\d+|-)\.([0-9a-f-]+)\.(\d+|-)\.[0-9a-f]{16}$/
const longestPutMs = 86_400_000

/**
 * A name for bytes that are not all there yet. It tells whose they are, so that a later start can tell
 * remains of a killed process from the work of a living one that shares the folder.
 */
export function draftPath(folder: string): string {
  own ??= ownerOf(describeSelf())

  return path.join(folder, `${own}.${randomBytes(8).toString('hex')}`)
}

/** This process, which stays the same; looking it up costs a few files of /proc. */
let own: string | undefined

function ownerOf({ pid, startTicks, boot, namespace }: ReturnType<typeof describeSelf>): string {
  return [pid, startTicks ?? '-', boot ?? '-', namespaceNumber(namespace)].join('.')
}

/** Removes drafts whose process is gone. Of processes that cannot be seen from here: after a day. */
export async function sweepDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)

    if (await isAbandoned(file, name)) {
      await rm(file, { force: true })
    }
  }
}

async function isAbandoned(file: string, name: string): Promise<boolean> {
  const { mtimeMs } = await stat(file)
  const isOld = Date.now() - mtimeMs > longestPutMs
  const [, pid, startTicks, boot, namespace] = draftName.exec(name) ?? []
  const self = describeSelf()

  if (pid === undefined || boot !== (self.boot ?? '-')) {
    return isOld
  }
  if (namespace !== namespaceNumber(self.namespace)) {
    return isOld
  }

  const owner = {
    ...self,
    pid: Number(pid),
    startTicks: startTicks === '-' ? null : Number(startTicks),
  }

  return !isAlive(owner, { lastBeatMs: mtimeMs })
}

/** `pid:[4026531836]` as `4026531836`. */
function namespaceNumber(namespace: string | null): string {
  return /\d+/.exec(namespace ?? '')?.[0] ?? '-'
}
