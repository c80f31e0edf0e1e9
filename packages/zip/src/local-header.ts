import { type CentralEntry, checkExtraFields, readCommonFields, viewOf } from './directory.ts'
import { zipError } from './error.ts'
import { flag, headerSize, signatureOf } from './format.ts'

/**
 * Octets of a local header with its name and extra fields.
 * @param head at least the first 30 octets
 * @throws ZipError `zip.structure` when it is none
 */
export function localHeaderLength(head: Uint8Array, { name }: CentralEntry): number {
  const view = viewOf(head)
  if (head.byteLength < headerSize.local || view.getUint32(0, true) !== signatureOf.local) {
    throw zipError('zip.structure', { path: name })
  }
  const { nameLength, extraLength } = readCommonFields(view, 6)

  return headerSize.local + nameLength + extraLength
}

/**
 * Does the local header say the same as the central one? Checksum and sizes may be left to the
 * descriptor.
 * @param header exactly the header
 * @throws ZipError `zip.header-mismatch`, `zip.structure`, `zip.zip64`
 */
export function checkLocalHeader(header: Uint8Array, entry: CentralEntry): void {
  const local = readCommonFields(viewOf(header), 6)
  // Info-ZIP that writes to a pipe gives the size it has read, and leaves the rest to the descriptor.
  const isLater =
    hasDescriptor(entry) &&
    local.crc === 0 &&
    local.packedSize === 0 &&
    (local.size === 0 || local.size === entry.size)
  const nameEnd = headerSize.local + local.nameLength
  const agrees =
    local.flags === entry.flags &&
    local.method === entry.method &&
    Buffer.compare(header.subarray(headerSize.local, nameEnd), entry.nameOctets) === 0 &&
    (isLater ||
      (local.crc === entry.crc &&
        local.packedSize === entry.packedSize &&
        local.size === entry.size))
  if (!agrees) {
    throw zipError('zip.header-mismatch', { path: entry.name })
  }
  checkExtraFields(header.subarray(nameEnd), entry.nameOctets)
}

export const hasDescriptor = ({ flags }: CentralEntry): boolean => (flags & flag.descriptor) !== 0

/**
 * Checks the checksum and sizes after the data, with or without their mark (clause 4.3.9.3).
 * @param octets up to 16 octets after the data
 * @returns how many of them are the descriptor
 * @throws ZipError `zip.header-mismatch`, `zip.structure`
 */
export function checkDescriptor(octets: Uint8Array, entry: CentralEntry): number {
  const view = viewOf(octets)
  const isMarked = octets.byteLength >= 4 && view.getUint32(0, true) === signatureOf.descriptor
  const from = isMarked ? 4 : 0
  if (octets.byteLength < from + 12) {
    throw zipError('zip.structure', { path: entry.name })
  }
  const agrees =
    view.getUint32(from, true) === entry.crc &&
    view.getUint32(from + 4, true) === entry.packedSize &&
    view.getUint32(from + 8, true) === entry.size
  if (!agrees) {
    throw zipError('zip.header-mismatch', { path: entry.name })
  }

  return from + 12
}
