import type { PackageDocument } from '@muhr/epgu/goskey'
import type { BlobStore } from '../store/blob-store.ts'
import type { OrderFileRow } from './order-files.ts'

/** Octets of a stored file from `start` up to `end`, which is not included. */
async function* readRange(
  store: BlobStore,
  file: Pick<OrderFileRow, 'sha256' | 'size'>,
  { start, end }: { readonly start: number; readonly end: number },
): AsyncGenerator<Uint8Array> {
  let at = 0
  for await (const chunk of store.open(file.sha256) as AsyncIterable<Uint8Array>) {
    const part = chunk.subarray(Math.max(start - at, 0), Math.max(end - at, 0))
    at += chunk.byteLength
    if (part.byteLength > 0) {
      yield part
    }
    // The store compares the digest at the end of a file alone.
    if (at >= end && end < file.size) {
      return
    }
  }
}

/** A stored file as a document of a package. */
export function storedDocument(store: BlobStore, file: OrderFileRow): PackageDocument {
  return {
    name: file.name,
    size: file.size,
    open: (range = { start: 0, end: file.size }) => readRange(store, file, range),
  }
}
