import { Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { type CentralEntry, readDirectory, readEndRecord, tailSize } from './directory.ts'
import { findExcess, findFaults, isFolder, type ReadingRules } from './entry-rules.ts'
import { ZipError, zipError } from './error.ts'
import { headerSize, method } from './format.ts'
import {
  checkDescriptor,
  checkLocalHeader,
  hasDescriptor,
  localHeaderLength,
} from './local-header.ts'

/** Octets that can be read at any place: a file, an object of a store. */
export type RandomAccess = {
  /** Bytes. */
  readonly size: number
  /** At most `length` bytes from `offset`; none only where the octets end. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array> | Uint8Array
}

/** One file of an open archive. */
export type ZipEntry = {
  readonly name: string
  /** Bytes, unpacked. */
  readonly size: number
  /** Why it cannot be read, when faults were asked for instead of thrown. */
  readonly fault?: ZipError
  /**
   * Its octets, a chunk at a time. The checksum is known at the end only: what came before counts
   * when the stream ended without an error.
   * @throws ZipError `zip.checksum-mismatch`, `zip.structure`, or the fault of the entry
   */
  readonly open: () => AsyncGenerator<Uint8Array, void, undefined>
}

export type OpenOptions = ReadingRules & {
  /**
   * Gets the faults of single entries (names, kinds, packing, duplicates), so that all of them can be
   * told; without it the first one is thrown. What makes the archive as a whole ambiguous is always
   * thrown.
   */
  readonly report?: (fault: ZipError) => void
}

/** Octets read and given at a time. */
const chunkSize = 256 * 1024
/** Above it a directory of so many entries holds more than names. */
const directoryBytesPerEntry = 4096

/** Random access to octets in memory. */
export function inMemory(bytes: Uint8Array): RandomAccess {
  return {
    size: bytes.byteLength,
    read: (offset, length) => bytes.subarray(offset, offset + length),
  }
}

/** Reads as much as was asked for, or less where the octets end. */
async function readWhole(
  access: RandomAccess,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const first = await access.read(offset, length)
  if (first.byteLength >= length || first.byteLength === 0) {
    return first.subarray(0, length)
  }
  const rest = await readWhole(access, offset + first.byteLength, length - first.byteLength)

  return Buffer.concat([first, rest])
}

/**
 * Opens an archive of any size without unpacking it, under the same rules as `readZip`: all headers
 * are read and compared, every octet belongs to exactly one entry; the data of an entry are checked
 * when they are read. Folders are left out, or are faults where the archive is to be flat.
 *
 * @throws ZipError with any code but `zip.source-changed` and `zip.checksum-mismatch`
 */
export async function openZip(
  access: RandomAccess,
  options: OpenOptions,
): Promise<readonly ZipEntry[]> {
  const { limits, report, maxComment = 0 } = options
  const length = tailSize + maxComment
  const tail = await readWhole(access, Math.max(0, access.size - length), length)
  const end = readEndRecord(tail, access.size, maxComment)
  if (end.count > limits.entries) {
    throw zipError('zip.too-many-entries', { limit: limits.entries })
  }
  const directorySize = end.end - end.start
  if (directorySize > end.count * directoryBytesPerEntry) {
    throw zipError('zip.too-large', { limit: end.count * directoryBytesPerEntry })
  }
  const entries = parseDirectory(await readWhole(access, end.start, directorySize), end.count)
  const excess = findExcess(entries, options)
  if (excess !== undefined) {
    throw excess
  }
  const faults = findFaults(entries, options)
  for (const fault of faults.values()) {
    if (report === undefined) {
      throw fault
    }
    report(fault)
  }
  const starts = await locateAll(access, entries, end.start)

  return entries
    .filter((entry) => !isFolder(entry))
    .map((entry) => openEntry(access, entry, starts.get(entry) ?? 0, faults.get(entry)))
}

function parseDirectory(directory: Uint8Array, count: number): readonly CentralEntry[] {
  try {
    return readDirectory(directory, count)
  } catch (cause) {
    throw asStructure(cause)
  }
}

const asStructure = (cause: unknown, path?: string): unknown =>
  cause instanceof RangeError || (cause instanceof Error && 'errno' in cause && 'code' in cause)
    ? zipError('zip.structure', path === undefined ? {} : { path }, cause)
    : cause

/** Where the data of each entry start, once all headers are found to agree and to fill the archive. */
async function locateAll(
  access: RandomAccess,
  entries: readonly CentralEntry[],
  directoryStart: number,
): Promise<ReadonlyMap<CentralEntry, number>> {
  const starts = new Map<CentralEntry, number>()
  let position = 0
  for (const entry of entries) {
    if (entry.offset !== position) {
      throw zipError('zip.structure', { path: entry.name })
    }
    const length = localHeaderLength(await readWhole(access, position, headerSize.local), entry)
    const header = await readWhole(access, position, length)
    if (header.byteLength !== length) {
      throw zipError('zip.structure', { path: entry.name })
    }
    try {
      checkLocalHeader(header, entry)
    } catch (cause) {
      throw asStructure(cause, entry.name)
    }
    starts.set(entry, position + length)
    position += length + entry.packedSize
    if (hasDescriptor(entry)) {
      position += checkDescriptor(await readWhole(access, position, headerSize.descriptor), entry)
    }
  }
  if (position !== directoryStart) {
    throw zipError('zip.structure')
  }

  return starts
}

function openEntry(
  access: RandomAccess,
  entry: CentralEntry,
  start: number,
  fault: ZipError | undefined,
): ZipEntry {
  return {
    name: entry.name,
    size: entry.size,
    ...(fault === undefined ? {} : { fault }),
    open: async function* () {
      if (fault !== undefined) {
        throw fault
      }
      let size = 0
      let checksum = 0
      for await (const chunk of unpack(access, entry, start)) {
        size += chunk.byteLength
        checksum = crc32(chunk, checksum)
        if (size > entry.size) {
          throw zipError('zip.structure', { path: entry.name })
        }
        yield chunk
      }
      if (size !== entry.size) {
        throw zipError('zip.structure', { path: entry.name })
      }
      if (checksum !== entry.crc) {
        throw zipError('zip.checksum-mismatch', { path: entry.name })
      }
    },
  }
}

async function* packedChunks(
  access: RandomAccess,
  { packedSize, name }: CentralEntry,
  start: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < packedSize; at += chunkSize) {
    const length = Math.min(chunkSize, packedSize - at)
    const chunk = await readWhole(access, start + at, length)
    if (chunk.byteLength !== length) {
      throw zipError('zip.structure', { path: name })
    }
    yield chunk
  }
}

async function* unpack(
  access: RandomAccess,
  entry: CentralEntry,
  start: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const packed = packedChunks(access, entry, start)
  if (entry.method === method.stored) {
    yield* packed
    return
  }
  const inflate = createInflateRaw({ chunkSize })
  const input = Readable.from(packed, { objectMode: false })
  input.on('error', (error) => inflate.destroy(error))
  input.pipe(inflate)
  try {
    yield* inflate as AsyncIterable<Uint8Array>
  } catch (cause) {
    throw cause instanceof ZipError ? cause : asStructure(cause, entry.name)
  } finally {
    input.destroy()
    inflate.destroy()
  }
  if (inflate.bytesWritten !== entry.packedSize) {
    throw zipError('zip.structure', { path: entry.name })
  }
}
