import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'

const keyBytes = 32

/**
 * The key from which this installation's tokens are derived: 32 random bytes in
 * `{dataDir}/instance.key` (mode 0600), made on first use. Whoever has it can open every signer link.
 * Made under another name and linked into place, so that a crash or a race leaves exactly one whole key.
 */
export async function readInstanceKey(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, 'instance.key')
  const existing = await readFile(path).catch(() => undefined)
  if (existing?.length === keyBytes) {
    return existing
  }

  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(randomBytes(keyBytes))
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await link(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error
    }
  } finally {
    await unlink(draft)
  }

  return readFile(path)
}
