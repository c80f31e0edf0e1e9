import { open } from 'node:fs/promises'

/**
 * Makes names in a folder survive a power cut: fsync(2) of the folder itself.
 *
 * Callers that come while a sync of the same folder runs share the next one. They never share the running
 * one: it may have begun before their name was there.
 */
export function createFolderSync(
  syncOnce: (folder: string) => Promise<void> = syncFolder,
): (folder: string) => Promise<void> {
  const running = new Map<string, Promise<void>>()
  const waiting = new Map<string, Promise<void>>()

  const start = (folder: string): Promise<void> => {
    const sync = syncOnce(folder).finally(() => {
      if (running.get(folder) === sync) {
        running.delete(folder)
      }
    })
    running.set(folder, sync)

    return sync
  }

  return (folder) => {
    const now = running.get(folder)

    if (now === undefined) {
      return start(folder)
    }

    const shared = waiting.get(folder)

    if (shared !== undefined) {
      return shared
    }

    const next = now
      .catch(() => undefined)
      .then(() => {
        waiting.delete(folder)

        return start(folder)
      })
    waiting.set(folder, next)

    return next
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')

  try {
    await handle.sync()
  } catch (error) {
    // Some network file systems cannot sync folders; they write names through.
    if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) {
      throw error
    }
  } finally {
    await handle.close()
  }
}
