import { createWriteStream } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { RandomAccess } from '@muhr/zip'

/** A file that only this user can read, and that is gone afterwards. */
export type TemporaryFile = { readonly path: string; readonly access: RandomAccess }

/** Octets in a file for as long as some work takes: the store gives streams, a zip is read from any place. */
export async function withTemporaryFile<T>(
  octets: AsyncIterable<Uint8Array>,
  work: (file: TemporaryFile) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'muhr-package-'))
  try {
    const path = join(folder, 'package.zip')
    await pipeline(Readable.from(octets), createWriteStream(path, { mode: 0o600 }))
    const { size } = await stat(path)
    const file = await open(path)
    try {
      const access: RandomAccess = {
        size,
        read: async (offset, length) => {
          const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset)

          return buffer.subarray(0, bytesRead)
        },
      }

      return await work({ path, access })
    } finally {
      await file.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
