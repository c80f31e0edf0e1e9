import { crc32, inflateRawSync } from 'node:zlib'
import { type CentralEntry, readDirectory, readEndRecord, tailSize } from './directory.ts'
import { findExcess, findFaults, isFolder, type ReadingRules } from './entry-rules.ts'
import { zipError } from './error.ts'
import { headerSize, method } from './format.ts'
import {
  checkDescriptor,
  checkLocalHeader,
  hasDescriptor,
  localHeaderLength,
} from './local-header.ts'

/** Files by path, in the order of the archive. */
export type ZipFiles = ReadonlyMap<string, Uint8Array>

/**
 * Unpacks a zip into memory so strictly that no two programs can read different files from it: every
 * octet belongs to exactly one entry or header, both headers of an entry agree, checksums hold, names
 * are safe and distinct on every system, nothing is encrypted or a link, and sizes stay within the
 * limits (security.md row 13). Folders are accepted and left out, unless the archive is to be flat.
 *
 * @throws ZipError with any code but `zip.source-changed`
 */
export function readZip(bytes: Uint8Array, rules: ReadingRules): ZipFiles {
  try {
    return readEntries(bytes, rules)
  } catch (cause) {
    // Reading past the end, or a broken compressed stream.
    const isBroken =
      cause instanceof RangeError || (cause instanceof Error && 'errno' in cause && 'code' in cause)
    throw isBroken ? zipError('zip.structure', {}, cause) : cause
  }
}

function readEntries(bytes: Uint8Array, rules: ReadingRules): ZipFiles {
  const { maxComment = 0 } = rules
  const tail = bytes.subarray(-(tailSize + maxComment))
  const end = readEndRecord(tail, bytes.byteLength, maxComment)
  if (end.count > rules.limits.entries) {
    throw zipError('zip.too-many-entries', { limit: rules.limits.entries })
  }
  const entries = readDirectory(bytes.subarray(end.start, end.end), end.count)
  const excess = findExcess(entries, rules) ?? findFaults(entries, rules).values().next().value
  if (excess !== undefined) {
    throw excess
  }
  const files = new Map<string, Uint8Array>()
  let position = 0
  for (const entry of entries) {
    if (entry.offset !== position) {
      throw zipError('zip.structure', { path: entry.name })
    }
    const { data, next } = locate(bytes, entry)
    position = next
    const content = unpack(entry, data)
    if (crc32(content) !== entry.crc) {
      throw zipError('zip.checksum-mismatch', { path: entry.name })
    }
    if (!isFolder(entry)) {
      files.set(entry.name, content)
    }
  }
  if (position !== end.start) {
    throw zipError('zip.structure')
  }

  return files
}

/** The data of an entry, and where the next one starts, once its local header is found to agree. */
function locate(
  bytes: Uint8Array,
  entry: CentralEntry,
): { readonly data: Uint8Array; readonly next: number } {
  const length = localHeaderLength(bytes.subarray(entry.offset), entry)
  const start = entry.offset + length
  checkLocalHeader(bytes.subarray(entry.offset, start), entry)
  const end = start + entry.packedSize
  if (end > bytes.byteLength) {
    throw zipError('zip.structure', { path: entry.name })
  }
  const after = bytes.subarray(end, end + headerSize.descriptor)

  return {
    data: bytes.subarray(start, end),
    next: hasDescriptor(entry) ? end + checkDescriptor(after, entry) : end,
  }
}

function unpack(entry: CentralEntry, data: Uint8Array): Uint8Array {
  if (entry.method === method.stored) {
    return data
  }
  const { buffer, engine } = inflateRawSync(data, {
    info: true,
    maxOutputLength: Math.max(entry.size, 1),
  }) as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } }
  if (buffer.byteLength !== entry.size || engine.bytesWritten !== data.byteLength) {
    throw zipError('zip.structure', { path: entry.name })
  }

  return buffer
}
