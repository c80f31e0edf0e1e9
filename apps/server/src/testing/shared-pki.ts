import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { runFolderVariable } from '../database/testing/run-folder.ts'

/** A test PKI that one installation at a time may have. Its certificates name the port of their authority. */
export type SharedPki = {
  readonly caPort: number
  /** Puts the PKI, as it was when it was made, into the folder of a sandbox that has none. */
  readonly copyInto: (sandboxFolder: string) => Promise<void>
  /** Gives the PKI to whoever wants it next. */
  readonly release: () => Promise<void>
}

/**
 * A test PKI that was made before in this test run and that nobody has now; undefined where there is none.
 * Making one takes more than a second of one core, most of it keys out of passwords.
 */
export async function takeSharedPki(): Promise<SharedPki | undefined> {
  const folder = sharedFolder()
  if (folder === undefined) return undefined
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/^\d+$/.test(name)) continue
    const caPort = Number(name)
    if (!(await lock(folder, caPort))) continue
    if (await isFree(caPort)) return sharedPki(folder, caPort)
    // Somebody else has the port now: it stays locked, and is tried no more.
  }

  return undefined
}

/** Gives a PKI that a sandbox has just made to those that come after it; the maker has it until it releases it. */
export async function sharePki(
  sandboxFolder: string,
  caPort: number,
): Promise<SharedPki | undefined> {
  const folder = sharedFolder()
  if (folder === undefined) return undefined
  await mkdir(folder, { recursive: true })
  if (!(await lock(folder, caPort))) return undefined
  const draft = await mkdtemp(join(folder, 'draft-'))
  await cp(join(sandboxFolder, 'pki'), draft, { recursive: true })
  await rename(draft, join(folder, String(caPort)))

  return sharedPki(folder, caPort)
}

function sharedPki(folder: string, caPort: number): SharedPki {
  return {
    caPort,
    copyInto: async (sandboxFolder) => {
      await mkdir(sandboxFolder, { recursive: true, mode: 0o700 })
      await cp(join(folder, String(caPort)), join(sandboxFolder, 'pki'), { recursive: true })
    },
    release: () => rm(lockOf(folder, caPort), { recursive: true }),
  }
}

/** Below the folder of the clusters of this run, which is removed with it. */
function sharedFolder(): string | undefined {
  const run = process.env[runFolderVariable]

  return run === undefined ? undefined : join(run, 'pki')
}

const lockOf = (folder: string, caPort: number): string => join(folder, `${caPort}.lock`)

/** Whoever makes the folder has the lock; that of a killed process is never given back. */
async function lock(folder: string, caPort: number): Promise<boolean> {
  try {
    await mkdir(lockOf(folder, caPort))

    return true
  } catch {
    return false
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()

  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
