import { createZipWriter } from './create-zip-writer.ts'
import { zipError } from './error.ts'
import { headerSize } from './format.ts'
import { createMeter, type Measure, type RereadableSource } from './measure.ts'

/** A file to be packed: its measure from a first reading, and a way to read it again. */
export type ZipSource = Measure & {
  readonly path: string
  readonly open: RereadableSource
}

/**
 * Writes an archive as a stream of chunks, one chunk of one file in memory at a time, as
 * {@link createZipWriter} does: stored, sizes and checksums in the local headers, the same sources in
 * the same order give the same octets. No chunk is empty.
 * @throws ZipError `zip.source-changed` when a file gives other octets than it was measured with,
 *   `zip.too-large`, `zip.too-many-entries`
 */
export async function* writeZip(
  sources: Iterable<ZipSource> | AsyncIterable<ZipSource>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const writer = createZipWriter()
  for await (const { path, open, size, crc32 } of sources) {
    yield writer.header(path, { size, crc32 })
    const meter = createMeter()
    for await (const chunk of open()) {
      meter.update(chunk)
      if (meter.measure().size > size) {
        throw zipError('zip.source-changed', { path })
      }
      if (chunk.byteLength > 0) {
        yield chunk
      }
    }
    const found = meter.measure()
    if (found.size !== size || found.crc32 !== crc32) {
      throw zipError('zip.source-changed', { path })
    }
  }
  yield writer.end()
}

/** Bytes that {@link writeZip} will write for these files: known before anything is read again. */
export function zipSize(
  files: readonly { readonly path: string; readonly size: number }[],
): number {
  return files.reduce<number>(
    (sum, { path, size }) =>
      sum + headerSize.local + headerSize.central + 2 * Buffer.byteLength(path, 'utf8') + size,
    headerSize.end,
  )
}
