import { readEntryName } from './entry-name.ts'
import { zipError } from './error.ts'
import { headerSize, signatureOf, zip32 } from './format.ts'

/** The fields that both headers of an entry repeat. */
export type CommonFields = {
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly nameLength: number
  readonly extraLength: number
}

/** One header of the central directory. */
export type CentralEntry = CommonFields & {
  readonly name: string
  readonly nameOctets: Uint8Array
  /** Type and rights as Unix has them; 0 when another system packed it. */
  readonly mode: number
  /** Of the local header, from the start of the archive. */
  readonly offset: number
}

export type EndRecord = {
  readonly count: number
  /** Where the central directory starts and ends, from the start of the archive. */
  readonly start: number
  readonly end: number
}

/** Octets at the end of an archive that {@link readEndRecord} looks at. */
export const tailSize = headerSize.end + headerSize.zip64Locator

/** Extra fields that give an entry another comment or encryption. */
const refusedExtraFields = new Set([0x0017, 0x6375, 0x9901])
const zip64ExtraField = 0x0001
/** The name once more, in UTF-8 (clause 4.6.9): version, checksum of the name, name. */
const unicodePath = { id: 0x7075, nameOffset: 5 } as const

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** The common fields, which start at `at` in both headers alike. */
export function readCommonFields(view: DataView, at: number): CommonFields {
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

/**
 * Where the end record stands. A comment behind it is taken only where it ends with the archive and where
 * no other place could be read as an end record: programs look for one in different ways.
 */
function findEndRecord(view: DataView, maxComment: number): number | undefined {
  const last = view.byteLength - headerSize.end
  let found: number | undefined
  for (let at = last; at >= Math.max(0, last - maxComment); at -= 1) {
    if (view.getUint32(at, true) !== signatureOf.end) {
      continue
    }
    const isWhole = view.getUint16(at + 20, true) === last - at
    if (found !== undefined ? isWhole : !isWhole) {
      return undefined
    }
    found ??= at
  }

  return found
}

/**
 * Where the central directory is. The end record must be the last thing but for a comment.
 * @param tail the last {@link tailSize} octets and `maxComment` more, or all of a shorter file
 * @param maxComment octets that a comment may have; 0: there must be none
 * @throws ZipError `zip.structure`, `zip.zip64`
 */
export function readEndRecord(
  tail: Uint8Array,
  archiveSize: number,
  maxComment: number,
): EndRecord {
  const view = viewOf(tail)
  const at = findEndRecord(view, maxComment)
  if (at === undefined) {
    throw zipError('zip.structure')
  }
  const locator = at - headerSize.zip64Locator
  const count = view.getUint16(at + 10, true)
  const size = view.getUint32(at + 12, true)
  const start = view.getUint32(at + 16, true)
  if (
    start === zip32.maxBytes ||
    size === zip32.maxBytes ||
    (locator >= 0 && view.getUint32(locator, true) === signatureOf.zip64Locator)
  ) {
    throw zipError('zip.zip64')
  }
  const end = archiveSize - (view.byteLength - at)
  const isWhole =
    view.getUint32(at + 4, true) === 0 &&
    view.getUint16(at + 8, true) === count &&
    start + size === end
  if (!isWhole) {
    throw zipError('zip.structure')
  }

  return { count, start, end }
}

/**
 * Extra fields must end where they say and give the entry no other meaning.
 * @throws ZipError `zip.structure`, `zip.zip64`, `zip.header-mismatch`
 */
export function checkExtraFields(extra: Uint8Array, nameOctets: Uint8Array): void {
  const view = viewOf(extra)
  let at = 0
  while (at < extra.byteLength) {
    const id = view.getUint16(at, true)
    const end = at + 4 + view.getUint16(at + 2, true)
    const name = extra.subarray(at + 4 + unicodePath.nameOffset, end)
    if (id === zip64ExtraField) {
      throw zipError('zip.zip64')
    }
    if (refusedExtraFields.has(id) || end > extra.byteLength) {
      throw zipError('zip.structure')
    }
    if (id === unicodePath.id && Buffer.compare(name, nameOctets) !== 0) {
      throw zipError('zip.header-mismatch')
    }
    at = end
  }
}

/**
 * The headers of a central directory, in the order of their entries in the archive.
 * @throws ZipError `zip.structure`, `zip.zip64`, `zip.header-mismatch`, `zip.unsafe-name`
 */
export function readDirectory(directory: Uint8Array, count: number): readonly CentralEntry[] {
  const view = viewOf(directory)
  const end = directory.byteLength
  const entries: CentralEntry[] = []
  let at = 0
  for (let index = 0; index < count; index += 1) {
    if (at + headerSize.central > end || view.getUint32(at, true) !== signatureOf.central) {
      throw zipError('zip.structure')
    }
    const common = readCommonFields(view, at + 8)
    const nameEnd = at + headerSize.central + common.nameLength
    const next = nameEnd + common.extraLength + view.getUint16(at + 32, true)
    if (next > end) {
      throw zipError('zip.structure')
    }
    const nameOctets = directory.subarray(at + headerSize.central, nameEnd)
    const name = readEntryName(nameOctets)
    checkExtraFields(directory.subarray(nameEnd, nameEnd + common.extraLength), nameOctets)
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
    throw zipError('zip.structure')
  }

  return entries.toSorted((a, b) => a.offset - b.offset)
}
