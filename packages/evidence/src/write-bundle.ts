import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createBundleWriter } from './bundle-zip.ts'
import { EvidenceError } from './error.ts'
import type { BundleFile, BundleLayout } from './lay-out-bundle.ts'
import { manifestTimestampPath, type StampMaterialKind, stampMaterialPath } from './manifest.ts'

/** Digests (SHA-256, hex) of what the time-stamp over the manifest rests on. */
export type StampMaterial = {
  readonly certificates: readonly string[]
  readonly ocsp: readonly string[]
  readonly crls: readonly string[]
}

/**
 * Writes a bundle as zip, a stream of bytes; one file at a time is in memory. Every stored object is
 * checked against its digest on the way: a difference ends the stream with `evidence.damaged`
 * (`object-mismatch`), a bundle over 4 GiB with `evidence.too-large`.
 */
export function writeBundle(
  layout: BundleLayout,
  options: {
    readonly read: (sha256: string) => Promise<Uint8Array>
    /** RFC 3161 token (DER) over `layout.manifestBytes`, when one was taken. */
    readonly manifestTimestamp?: Uint8Array | undefined
    /** Digests of stored DER objects that this time-stamp rests on: its path and revocation. */
    readonly stampMaterial?: StampMaterial | undefined
  },
): Readable {
  return Readable.from(chunksOf(layout, options), { objectMode: false })
}

async function* chunksOf(
  layout: BundleLayout,
  { read, manifestTimestamp, stampMaterial }: Parameters<typeof writeBundle>[1],
): AsyncGenerator<Uint8Array> {
  const writer = createBundleWriter()
  const timestamp: readonly BundleFile[] =
    manifestTimestamp === undefined
      ? []
      : [{ path: manifestTimestampPath, bytes: manifestTimestamp }, ...stampFiles(stampMaterial)]
  const files: readonly BundleFile[] = [...layout.files, ...timestamp].sort((a, b) =>
    a.path < b.path ? -1 : 1,
  )
  for (const file of files) {
    const bytes = 'bytes' in file ? file.bytes : await readStored(file, read)
    yield writer.header(file.path, bytes)
    // A stream ends at an empty chunk.
    if (bytes.byteLength > 0) {
      yield bytes
    }
  }
  yield writer.end()
}

function stampFiles(material: StampMaterial | undefined): readonly BundleFile[] {
  const files = (kind: StampMaterialKind, digests: readonly string[] = []) =>
    [...new Set(digests)].map((stored) => ({ path: stampMaterialPath(kind, stored), stored }))

  return [
    ...files('cer', material?.certificates),
    ...files('ocsp', material?.ocsp),
    ...files('crl', material?.crls),
  ]
}

async function readStored(
  { path, stored }: { readonly path: string; readonly stored: string },
  read: (sha256: string) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const bytes = await read(stored)
  if (createHash('sha256').update(bytes).digest('hex') !== stored) {
    throw new EvidenceError({
      code: 'evidence.damaged',
      message: 'A stored object no longer has the bytes of its name.',
      advice: 'Restore the object from a backup; the bundle is not written with other bytes.',
      data: { reason: 'object-mismatch', path },
    })
  }

  return bytes
}
