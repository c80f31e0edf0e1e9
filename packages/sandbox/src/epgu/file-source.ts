import { open } from 'node:fs/promises'
import type { RandomAccess } from '@muhr/pki'

/** Lends a file as octets that can be read at any place; it is closed when `use` is done. */
export async function withFile<Result>(
  path: string,
  use: (source: RandomAccess) => Promise<Result>,
): Promise<Result> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()

    return await use({
      size,
      read: async (offset: number, length: number, into = new Uint8Array(length)) => {
        const { bytesRead, buffer } = await handle.read(into, 0, length, offset)

        return buffer.subarray(0, bytesRead)
      },
    })
  } finally {
    await handle.close()
  }
}
