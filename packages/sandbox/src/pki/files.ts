/** Files that are either whole or absent, whatever happens in between. */
import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Writes a new file and makes its bytes durable. Keys are readable by their owner alone. */
export async function writeDurable(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Replaces a file: readers see the old bytes or the new ones. */
export async function replaceFile(path: string, bytes: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`
  try {
    await writeDurable(temporary, bytes)
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw cause
  }
  await syncFolder(dirname(path))
}

/**
 * Fills a folder that does not exist yet: `fill` works in a temporary folder beside it, which then takes the
 * name in one step. A process killed in between leaves only the temporary folder, which the next call sweeps.
 * When another process was first, its folder stands and ours is thrown away.
 */
export async function createFolder(
  path: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  await sweep(path)
  const temporary = `${path}.tmp-${process.pid}-${randomBytes(4).toString('hex')}`
  await mkdir(temporary, { recursive: true, mode: 0o700 })
  try {
    await fill(temporary)
    await syncFolder(temporary)
    await rename(temporary, path)
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true })
    const code = cause instanceof Error ? Reflect.get(cause, 'code') : undefined
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw cause
  }
  await syncFolder(dirname(path))
}

/** Removes temporary folders of processes that no longer run. */
async function sweep(path: string): Promise<void> {
  const prefix = `${basename(path)}.tmp-`
  const names = await readdir(dirname(path)).catch(() => [])
  for (const name of names) {
    const owner = Number(name.slice(prefix.length).split('-')[0])
    if (name.startsWith(prefix) && !isRunning(owner)) {
      await rm(join(dirname(path), name), { recursive: true, force: true })
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)

    return true
  } catch (cause) {
    // EPERM: it runs, under another user.
    return cause instanceof Error && Reflect.get(cause, 'code') === 'EPERM'
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
