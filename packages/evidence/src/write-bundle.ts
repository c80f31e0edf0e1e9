import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { EvidenceError } from './error.ts'
import type { BundleLayout } from './lay-out-bundle.ts'
import { manifestTimestampPath } from './manifest.ts'

/**
 * Zip keeps local time without a zone: this constructor gives the same fields in every zone, so that
 * the bytes do not depend on where the bundle was built. 1980-01-01 is the format's own beginning.
 */
const zipTime = new Date(1980, 0, 1, 0, 0, 0)

/**
 * Writes a bundle as zip, a stream of bytes. Entries are stored, not packed: signatures and PDF do not
 * shrink, and the bytes then depend on no compressor. Every stored object is checked against its digest
 * on the way; a difference ends the stream with `evidence.damaged`.
 */
export function writeBundle(
  layout: BundleLayout,
  options: {
    readonly read: (sha256: string) => Promise<Uint8Array>
    /** RFC 3161 token (DER) over `layout.manifestBytes`, when one was taken. */
    readonly manifestTimestamp?: Uint8Array | undefined
  },
): Readable {
  const zip = new ZipFile()
  const settings = { mtime: zipTime, mode: 0o100644, compress: false, forceDosTimestamp: true }
  const add = async (): Promise<void> => {
    const files = [
      ...layout.files,
      ...(options.manifestTimestamp === undefined
        ? []
        : [{ path: manifestTimestampPath, bytes: options.manifestTimestamp }]),
    ].sort((a, b) => (a.path < b.path ? -1 : 1))
    for (const file of files) {
      const bytes = 'bytes' in file ? file.bytes : await options.read(file.stored)
      if ('stored' in file && createHash('sha256').update(bytes).digest('hex') !== file.stored) {
        throw new EvidenceError({
          code: 'evidence.damaged',
          message: 'A stored object no longer has the bytes of its name.',
          advice: 'Restore the object from a backup; the bundle is not written with other bytes.',
          data: { path: file.path },
        })
      }
      zip.addBuffer(Buffer.from(bytes), file.path, settings)
    }
    zip.end()
  }
  const output = zip.outputStream as unknown as Readable
  add().catch((error: unknown) => output.destroy(error as Error))

  return output
}
