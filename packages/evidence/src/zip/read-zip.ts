import { crc32, inflateRawSync } from 'node:zlib'
import { damaged, tooLarge } from '../error.ts'
import { foldPath, readEntryName } from './entry-name.ts'
import { flag, headerSize, method, signatureOf } from './format.ts'

/** What a bundle may unpack to. */
export const zipLimits = {
  entries: 5_000,
  /** All files unpacked, bytes. */
  totalBytes: 2 * 1024 ** 3,
  /** Unpacked to packed: above it an entry is a bomb. */
  ratio: 100,
} as const

/** Files by path, in the order of the archive. */
export type ZipFiles = ReadonlyMap<string, Uint8Array>

/** The fields that both headers of an entry repeat. */
type Common = {
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly nameLength: number
  readonly extraLength: number
}

type CentralEntry = Common & {
  readonly name: string
  readonly nameOctets: Uint8Array
  readonly mode: number
  readonly offset: number
}

/** Extra fields that give an entry a 64-bit size, another comment or encryption. */
const refusedExtraFields = new Set([0x0001, 0x0017, 0x6375, 0x9901])
/** The name once more, in UTF-8 (clause 4.6.9): version, checksum of the name, name. */
const unicodePath = { id: 0x7075, nameOffset: 5 } as const
const knownFlags = flag.effort | flag.descriptor | flag.utf8

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function readCommon(view: DataView, at: number): Common {
  return {
    flags: view.getUint16(at, true),
    method: view.getUint16(at + 2, true),
    crc: view.getUint32(at + 8, true),
    packedSize: view.getUint32(at + 12, true),
    size: view.getUint32(at + 16, true),
    nameLength: view.getUint16(at + 20, true),
    extraLength: view.getUint16(at + 22, true),
  }
}

/** Where the central directory is. The end record must be the last thing, without a comment. */
function readEnd(view: DataView): { count: number; start: number; end: number } {
  const at = view.byteLength - headerSize.end
  if (at < 0 || view.getUint32(at, true) !== signatureOf.end) {
    throw damaged('structure')
  }
  const count = view.getUint16(at + 10, true)
  const start = view.getUint32(at + 16, true)
  const isWhole =
    view.getUint32(at + 4, true) === 0 &&
    view.getUint16(at + 8, true) === count &&
    view.getUint16(at + 20, true) === 0 &&
    start + view.getUint32(at + 12, true) === at
  if (!isWhole) {
    throw damaged('structure')
  }

  return { count, start, end: at }
}

function checkExtraFields(extra: Uint8Array, nameOctets: Uint8Array): void {
  const view = viewOf(extra)
  let at = 0
  while (at < extra.byteLength) {
    const id = view.getUint16(at, true)
    const end = at + 4 + view.getUint16(at + 2, true)
    const name = extra.subarray(at + 4 + unicodePath.nameOffset, end)
    if (refusedExtraFields.has(id) || end > extra.byteLength) {
      throw damaged('structure')
    }
    if (id === unicodePath.id && Buffer.compare(name, nameOctets) !== 0) {
      throw damaged('header-mismatch')
    }
    at = end
  }
}

function readCentral(bytes: Uint8Array, view: DataView): readonly CentralEntry[] {
  const { count, start, end } = readEnd(view)
  if (count > zipLimits.entries) {
    throw tooLarge(zipLimits.entries)
  }
  const entries: CentralEntry[] = []
  let at = start
  for (let index = 0; index < count; index += 1) {
    if (at + headerSize.central > end || view.getUint32(at, true) !== signatureOf.central) {
      throw damaged('structure')
    }
    const common = readCommon(view, at + 8)
    const nameEnd = at + headerSize.central + common.nameLength
    const next = nameEnd + common.extraLength + view.getUint16(at + 32, true)
    if (next > end) {
      throw damaged('structure')
    }
    const nameOctets = bytes.subarray(at + headerSize.central, nameEnd)
    const name = readEntryName(nameOctets)
    checkExtraFields(bytes.subarray(nameEnd, nameEnd + common.extraLength), nameOctets)
    const isUnix = view.getUint8(at + 5) === 3
    entries.push({
      ...common,
      name,
      nameOctets,
      mode: isUnix ? view.getUint16(at + 40, true) : 0,
      offset: view.getUint32(at + 42, true),
    })
    at = next
  }
  if (at !== end) {
    throw damaged('structure')
  }
  const isPacked = entries.every(({ offset }, index) =>
    index === 0 ? offset === 0 : offset > (entries[index - 1]?.offset ?? 0),
  )

  return isPacked ? entries : entries.toSorted((a, b) => a.offset - b.offset)
}

function checkKind({ name, mode, flags, size }: CentralEntry): void {
  const type = mode & 0o170000
  const expected = name.endsWith('/') ? 0o040000 : 0o100000
  if ((type !== 0 && type !== expected) || (name.endsWith('/') && size !== 0)) {
    throw damaged('not-a-file', name)
  }
  if ((flags & ~knownFlags) !== 0) {
    throw damaged((flags & flag.encrypted) !== 0 ? 'encrypted' : 'unsupported-method', name)
  }
}

/** Where the data of an entry is, once its local header is found to say the same as the central one. */
function readLocal(
  bytes: Uint8Array,
  view: DataView,
  entry: CentralEntry,
): { readonly data: Uint8Array; readonly end: number } {
  const at = entry.offset
  const fits = at + headerSize.local + entry.nameLength <= view.byteLength
  if (!fits || view.getUint32(at, true) !== signatureOf.local) {
    throw damaged('structure', entry.name)
  }
  const local = readCommon(view, at + 6)
  const hasDescriptor = (entry.flags & flag.descriptor) !== 0
  const isLater = hasDescriptor && local.crc === 0 && local.packedSize === 0 && local.size === 0
  const nameStart = at + headerSize.local
  const name = bytes.subarray(nameStart, nameStart + local.nameLength)
  const agrees =
    local.flags === entry.flags &&
    local.method === entry.method &&
    Buffer.compare(name, entry.nameOctets) === 0 &&
    (isLater ||
      (local.crc === entry.crc &&
        local.packedSize === entry.packedSize &&
        local.size === entry.size))
  if (!agrees) {
    throw damaged('header-mismatch', entry.name)
  }
  const start = nameStart + local.nameLength + local.extraLength
  const end = start + entry.packedSize
  if (end > view.byteLength) {
    throw damaged('structure', entry.name)
  }
  checkExtraFields(bytes.subarray(nameStart + local.nameLength, start), entry.nameOctets)

  return {
    data: bytes.subarray(start, end),
    end: hasDescriptor ? readDescriptor(view, end, entry) : end,
  }
}

/** The checksum and sizes after the data, with or without their mark (clause 4.3.9.3). */
function readDescriptor(view: DataView, at: number, entry: CentralEntry): number {
  const from = view.getUint32(at, true) === signatureOf.descriptor ? at + 4 : at
  const agrees =
    view.getUint32(from, true) === entry.crc &&
    view.getUint32(from + 4, true) === entry.packedSize &&
    view.getUint32(from + 8, true) === entry.size
  if (!agrees) {
    throw damaged('header-mismatch', entry.name)
  }

  return from + 12
}

function unpack(entry: CentralEntry, data: Uint8Array): Uint8Array {
  if (entry.method === method.stored) {
    if (entry.size !== entry.packedSize) {
      throw damaged('header-mismatch', entry.name)
    }

    return data
  }
  if (entry.method !== method.deflated) {
    throw damaged('unsupported-method', entry.name)
  }
  const { buffer, engine } = inflateRawSync(data, {
    info: true,
    maxOutputLength: Math.max(entry.size, 1),
  }) as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } }
  if (buffer.byteLength !== entry.size || engine.bytesWritten !== data.byteLength) {
    throw damaged('structure', entry.name)
  }

  return buffer
}

/**
 * Unpacks a zip into memory so strictly that no two programs can read different files from it: every
 * octet belongs to exactly one entry or header, both headers of an entry agree, checksums hold, names
 * are safe and distinct on every system, nothing is encrypted or a link, and sizes stay within
 * {@link zipLimits} (security.md row 13). Folders are accepted and left out.
 *
 * @throws EvidenceError `evidence.damaged` (with the reason), `evidence.too-large`
 */
export function readZip(bytes: Uint8Array): ZipFiles {
  try {
    return readEntries(bytes)
  } catch (cause) {
    // Reading past the end, or a broken compressed stream.
    const isBroken =
      cause instanceof RangeError || (cause instanceof Error && 'errno' in cause && 'code' in cause)
    throw isBroken ? damaged('structure', undefined, cause) : cause
  }
}

function readEntries(bytes: Uint8Array): ZipFiles {
  const view = viewOf(bytes)
  const entries = readCentral(bytes, view)
  const total = entries.reduce((sum, { size }) => sum + size, 0)
  if (total > zipLimits.totalBytes) {
    throw tooLarge(zipLimits.totalBytes)
  }
  const files = new Map<string, Uint8Array>()
  const folded = new Set<string>()
  let position = 0
  for (const entry of entries) {
    const { name, size, packedSize, crc } = entry
    checkKind(entry)
    if (size > Math.max(packedSize, 1) * zipLimits.ratio) {
      throw tooLarge(zipLimits.ratio, name)
    }
    if (entry.offset !== position) {
      throw damaged('structure', name)
    }
    const { data, end } = readLocal(bytes, view, entry)
    position = end
    const content = unpack(entry, data)
    if (crc32(content) !== crc) {
      throw damaged('checksum-mismatch', name)
    }
    const place = foldPath(name.replace(/\/$/, ''))
    if (folded.has(place)) {
      throw damaged('duplicate-name', name)
    }
    folded.add(place)
    if (!name.endsWith('/')) {
      files.set(name, content)
    }
  }
  if (position !== readEnd(view).start) {
    throw damaged('structure')
  }

  return files
}
