import { zipError } from './error.ts'
import { flag, headerSize, method, signatureOf, zip32 } from './format.ts'
import type { Measure } from './measure.ts'

/**
 * 1980-01-01 00:00:00, the beginning of the format's own time. A zip keeps local time without a zone;
 * a constant keeps place and moment of writing out of the bytes.
 */
const dosDate = (0 << 9) | (1 << 5) | 1

/** Version 2.0; made on Unix, so that the mode counts. */
const versionNeeded = 20
const versionMadeBy = (3 << 8) | versionNeeded
const regularFileMode = 0o100644

export type ZipWriter = {
  /** What stands before the octets of a file. The caller writes the header, then the octets. */
  readonly header: (path: string, measure: Measure) => Uint8Array
  /** What stands after the last file. */
  readonly end: () => Uint8Array
}

/**
 * Writes a zip piece by piece. Files are stored, not packed: signatures and PDF do not shrink, and the
 * bytes then depend on no compressor. The same files in the same order give the same bytes, on every
 * machine, in every zone.
 * @throws ZipError `zip.too-large`, `zip.too-many-entries` above the 32-bit form
 */
export function createZipWriter(): ZipWriter {
  const central: Uint8Array[] = []
  let offset = 0

  return {
    header: (path, { size, crc32 }) => {
      const name = Buffer.from(path, 'utf8')
      const common = Buffer.alloc(26)
      const nextOffset = offset + headerSize.local + name.length + size
      // Sizes go into 32 bits: looked at before they are written.
      if (nextOffset > zip32.maxBytes) {
        throw zipError('zip.too-large', { limit: zip32.maxBytes, path })
      }
      if (central.length >= zip32.maxEntries) {
        throw zipError('zip.too-many-entries', { limit: zip32.maxEntries, path })
      }
      common.writeUInt16LE(versionNeeded, 0)
      common.writeUInt16LE(flag.utf8, 2)
      common.writeUInt16LE(method.stored, 4)
      common.writeUInt16LE(0, 6)
      common.writeUInt16LE(dosDate, 8)
      common.writeUInt32LE(crc32, 10)
      common.writeUInt32LE(size, 14)
      common.writeUInt32LE(size, 18)
      common.writeUInt16LE(name.length, 22)
      const local = Buffer.alloc(4)
      local.writeUInt32LE(signatureOf.local, 0)

      const front = Buffer.alloc(6)
      front.writeUInt32LE(signatureOf.central, 0)
      front.writeUInt16LE(versionMadeBy, 4)
      const back = Buffer.alloc(14)
      back.writeUInt32LE((regularFileMode << 16) >>> 0, 6)
      back.writeUInt32LE(offset, 10)
      central.push(Buffer.concat([front, common, back, name]))
      offset = nextOffset

      return Buffer.concat([local, common, name])
    },
    end: () => {
      const directory = Buffer.concat(central)
      const end = Buffer.alloc(headerSize.end)
      end.writeUInt32LE(signatureOf.end, 0)
      end.writeUInt16LE(central.length, 8)
      end.writeUInt16LE(central.length, 10)
      end.writeUInt32LE(directory.length, 12)
      end.writeUInt32LE(offset, 16)

      return Buffer.concat([directory, end])
    },
  }
}
