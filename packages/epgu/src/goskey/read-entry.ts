import type { ByteRange, ZipEntry } from '@muhr/zip'

/**
 * The octets of an entry, or those of a range of it; a range that begins at 0 reads no further than its
 * end.
 */
export async function* entryContent(
  entry: ZipEntry,
  range: ByteRange = { start: 0, end: entry.size },
): AsyncGenerator<Uint8Array, void, undefined> {
  const isWhole = range.end >= entry.size
  let at = 0
  for await (const chunk of entry.open()) {
    const part = chunk.subarray(Math.max(range.start - at, 0), Math.max(range.end - at, 0))
    at += chunk.byteLength
    if (part.byteLength > 0) {
      yield part
    }
    // The checksum is compared at the end of the entry alone.
    if (at >= range.end && !isWhole) {
      return
    }
  }
}

/** All octets of a small entry, `undefined` when it is larger than the limit. */
export async function collectEntry(
  entry: ZipEntry,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  if (entry.size > maxBytes) {
    return undefined
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of entry.open()) {
    chunks.push(chunk)
  }

  return Buffer.concat(chunks)
}
