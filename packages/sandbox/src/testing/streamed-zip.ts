import { crc32, deflateRawSync } from 'node:zlib'

/**
 * A zip as Go, Java and others write one to a stream: packed, sizes in a descriptor after the data, names
 * marked as UTF-8 (APPNOTE 4.4.4, 4.3.9).
 */
export function streamedZip(files: readonly { path: string; bytes: Uint8Array }[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, bytes } of files) {
    const name = Buffer.from(path)
    const packed = deflateRawSync(bytes, { level: 9 })
    const sums = words(4, crc32(bytes), packed.length, bytes.length)
    // Version, flags 3 and 11, deflate, no time.
    const common = words(2, 20, 0x808, 8, 0, 0)
    const local = [words(4, 0x04034b50), common, words(4, 0, 0, 0), words(2, name.length, 0), name]
    const entry = Buffer.concat([...local, packed, words(4, 0x08074b50), sums])
    directory.push(
      ...[words(4, 0x02014b50), words(2, 20), common, sums, words(2, name.length, 0, 0, 0, 0)],
      ...[words(4, 0, offset), name],
    )
    parts.push(entry)
    offset += entry.length
  }
  const central = Buffer.concat(directory)
  const counts = words(2, 0, 0, files.length, files.length)
  const end = [words(4, 0x06054b50), counts, words(4, central.length, offset), words(2, 0)]

  return Buffer.concat([...parts, central, ...end])
}

function words(size: 2 | 4, ...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(size * values.length)
  for (const [index, value] of values.entries()) bytes.writeUIntLE(value, index * size, size)

  return bytes
}
