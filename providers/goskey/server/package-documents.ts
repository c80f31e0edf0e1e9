import type { ProviderIo, Sha256Hex } from '@muhr/envelope'
import type { PackageDocument } from '@muhr/epgu/goskey'

/** A file of a package that lies in the store. */
export function storedDocument(
  io: Pick<ProviderIo, 'open'>,
  file: { readonly name: string; readonly size: number; readonly sha256: Sha256Hex },
): PackageDocument {
  const { name, size, sha256 } = file

  return {
    name,
    size,
    open: (range) => {
      const all = io.open(sha256)

      return range === undefined ? all : sliceOf(all, range.start, range.end)
    },
  }
}

/** The store reads from the beginning: what stands before is passed over. */
async function* sliceOf(
  all: AsyncIterable<Uint8Array>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let at = 0
  for await (const piece of all) {
    const from = Math.max(start - at, 0)
    const to = Math.min(end - at, piece.byteLength)
    if (from < to) yield piece.subarray(from, to)
    at += piece.byteLength
    if (at >= end) return
  }
}
