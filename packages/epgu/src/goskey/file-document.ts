import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ByteRange, ReadOptions } from '@muhr/zip'
import type { PackageDocument } from './documents.ts'

/** Large enough that a read costs nothing beside its hashing, small enough to stay in the cache. */
const pieceBytes = 256 * 1024

/**
 * A file of the disk as a document, read in pieces of 256 KiB each time that it is asked for, the next piece
 * while the last one is used. Nothing is kept open in between.
 * @param name its name in the package, that of the file by default
 * @throws the error of the file system when there is no such file; reading throws the same
 *
 * @example buildPackage({ documents: [await documentOfFile('contract.pdf')], … })
 */
export async function documentOfFile(
  path: string,
  name: string = basename(path),
): Promise<PackageDocument> {
  const file = await open(path)
  try {
    const { size } = await file.stat()

    return { name, size, open: (range, options) => readFile(path, range, options) }
  } finally {
    await file.close()
  }
}

async function* readFile(
  path: string,
  { start, end }: ByteRange = { start: 0, end: Number.POSITIVE_INFINITY },
  { isFleeting = false }: ReadOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path)
  // Two in turn: one is read into while the other one is used.
  const arrays = isFleeting ? [new Uint8Array(pieceBytes), new Uint8Array(pieceBytes)] : []
  let turn = 0
  const readAt = async (at: number): Promise<Uint8Array> => {
    turn = 1 - turn
    const piece = arrays[turn] ?? new Uint8Array(pieceBytes)
    const length = Math.min(pieceBytes, end - at)
    const { bytesRead } = await file.read(piece, { offset: 0, length, position: at })

    return piece.subarray(0, bytesRead)
  }
  let next: Promise<Uint8Array> | undefined
  try {
    let at = start
    next = at < end ? readAt(at) : undefined
    while (next !== undefined) {
      const piece: Uint8Array = await next
      at += piece.length
      next = piece.length > 0 && at < end ? readAt(at) : undefined
      // Whoever stops in between is not told of what was read ahead.
      next?.catch(() => undefined)
      if (piece.length > 0) yield piece
    }
  } finally {
    await next?.catch(() => undefined)
    await file.close()
  }
}
