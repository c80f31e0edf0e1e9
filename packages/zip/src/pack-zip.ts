import { createZipWriter } from './create-zip-writer.ts'
import { measureBytes } from './measure.ts'

export type PackedFile = { readonly path: string; readonly bytes: Uint8Array }

/**
 * Packs files that are in memory, as {@link createZipWriter} does, in the order given and under any
 * names.
 * @throws ZipError `zip.too-large`, `zip.too-many-entries`
 */
export function packZip(files: Iterable<PackedFile>): Uint8Array {
  const writer = createZipWriter()
  const chunks: Uint8Array[] = []
  for (const { path, bytes } of files) {
    chunks.push(writer.header(path, measureBytes(bytes)), bytes)
  }

  return Buffer.concat([...chunks, writer.end()])
}
