import { createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openZip, ZipError } from '@muhr/zip'

/** A file of a package, unpacked. */
export type PackageFile = { readonly name: string; readonly size: number; readonly path: string }

/**
 * Documents, their signatures and the request; far above what any service takes. A document of blanks packs
 * 1030 to 1, which is the most that deflate can do: `totalBytes` is what bounds a bomb.
 */
const LIMITS = { entries: 256, totalBytes: 150_000_000, ratio: 1100 } as const

/** The most that the format holds (APPNOTE 4.4.12). */
const MAX_COMMENT = 0xffff

/**
 * Unpacks a flat zip into a folder, entry by entry, so that no package stands in memory.
 *
 * @throws {ZipError} for an archive that is not flat, damaged or beyond the limits
 */
export async function openPackage(
  archive: string,
  folder: string,
  { isCommentTaken }: { readonly isCommentTaken: boolean },
): Promise<readonly PackageFile[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const handle = await open(archive, 'r')
  try {
    const { size } = await handle.stat()
    const entries = await openZip(
      {
        size,
        read: async (offset, length) => {
          const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
          const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset)

          return bytes.subarray(0, bytesRead)
        },
      },
      { limits: LIMITS, isFlat: true, maxComment: isCommentTaken ? MAX_COMMENT : 0 },
    )
    const files: PackageFile[] = []
    for (const [index, entry] of entries.entries()) {
      const path = join(folder, String(index))
      await pipeline(entry.open(), createWriteStream(path, { mode: 0o600 }))
      files.push({ name: entry.name, size: entry.size, path })
    }

    return files
  } finally {
    await handle.close()
  }
}

/** The code of an archive that cannot be opened. */
export function zipFault(cause: unknown): string | undefined {
  return cause instanceof ZipError ? cause.code : undefined
}
