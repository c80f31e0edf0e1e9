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

/** A part of an archive: from `start`, up to but not including `end`; bytes. */
export type ByteRange = { readonly start: number; readonly end: number }

/** How the octets that are read will be used. */
export type ReadOptions = {
  /**
   * A chunk is done with when the next one is asked for, so that it may be filled again. Default: `false`,
   * a chunk belongs to the reader.
   */
  readonly isFleeting?: boolean
}

/** A file that can be read from any place. */
export type RangedZipSource = Measure & {
  readonly path: string
  readonly open: (
    range: ByteRange,
    options?: ReadOptions,
  ) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** An archive that is written again at each reading, whole or in parts. */
export type WrittenZip = {
  /** Bytes. */
  readonly size: number
  /**
   * The octets of a range, the whole archive without one.
   * @throws ZipError `zip.source-changed` when a file is shorter or longer than it was measured; its
   *   checksum too is compared where the range covers all of it
   */
  readonly open: (
    range?: ByteRange,
    options?: ReadOptions,
  ) => AsyncGenerator<Uint8Array, void, undefined>
}

type Piece = { readonly size: number; readonly path: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly source: RangedZipSource }
)

/**
 * Lays out an archive, of which any part can then be read as often as needed (an upload in chunks that
 * are repeated), while no more than a chunk of one file is in memory. The octets are those of
 * {@link writeZip}.
 * @throws ZipError `zip.too-large`, `zip.too-many-entries`
 */
export function layOutZip(sources: readonly RangedZipSource[]): WrittenZip {
  const writer = createZipWriter()
  const pieces: Piece[] = []
  for (const source of sources) {
    const header = writer.header(source.path, source)
    pieces.push({ size: header.byteLength, path: source.path, bytes: header })
    pieces.push({ size: source.size, path: source.path, source })
  }
  const end = writer.end()
  pieces.push({ size: end.byteLength, path: '', bytes: end })
  const size = pieces.reduce((sum, piece) => sum + piece.size, 0)

  return {
    size,
    open: (range = { start: 0, end: size }, options = {}) => readPieces(pieces, range, options),
  }
}

async function* readPieces(
  pieces: readonly Piece[],
  range: ByteRange,
  options: ReadOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let at = 0
  for (const piece of pieces) {
    const start = Math.max(range.start - at, 0)
    const end = Math.min(range.end - at, piece.size)
    at += piece.size
    if (start >= end) {
      continue
    }
    if ('bytes' in piece) {
      yield piece.bytes.subarray(start, end)
    } else {
      yield* readSource(piece.source, { start, end }, options)
    }
  }
}

async function* readSource(
  { path, size, crc32, open }: RangedZipSource,
  range: ByteRange,
  options: ReadOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const meter = createMeter()
  const expected = range.end - range.start
  for await (const chunk of open(range, options)) {
    meter.update(chunk)
    if (meter.measure().size > expected) {
      break
    }
    if (chunk.byteLength > 0) {
      yield chunk
    }
  }
  const found = meter.measure()
  const isWhole = expected === size
  if (found.size !== expected || (isWhole && found.crc32 !== crc32)) {
    throw zipError('zip.source-changed', { path })
  }
}
