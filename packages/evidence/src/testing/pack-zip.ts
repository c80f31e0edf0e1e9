import { createZipWriter } from '../zip/create-zip-writer.ts'

export type PackedFile = { readonly path: string; readonly bytes: Uint8Array }

/** Files as Muhr packs them, in any order and under any names: for bundles that somebody changed. */
export function packZip(files: Iterable<PackedFile>): Uint8Array {
  const writer = createZipWriter()
  const chunks: Uint8Array[] = []
  for (const { path, bytes } of files) {
    chunks.push(writer.header(path, bytes), bytes)
  }

  return Buffer.concat([...chunks, writer.end()])
}
