import { crc32 } from 'node:zlib'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { EvidenceError } from './error.ts'

const limits = {
  entries: 5_000,
  /** All files unpacked, bytes. */
  totalBytes: 2 * 1024 * 1024 * 1024,
  /** Unpacked to packed: above it an entry is a bomb. */
  ratio: 100,
} as const

/** Files of a bundle by path. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>

/**
 * Unpacks a bundle into memory under limits: count, size, ratio, no folders up or absolute, no links, no
 * encryption, no name twice. Sizes and checksums are checked against what the zip says.
 *
 * @throws EvidenceError `evidence.not-a-bundle`, `evidence.damaged`, `evidence.too-large`
 */
export async function readBundle(bytes: Uint8Array): Promise<BundleFiles> {
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b) && !hasManifestName(bytes)) {
    throw new EvidenceError({
      code: 'evidence.not-a-bundle',
      message: 'The file is not a zip.',
      advice: 'Give the evidence bundle (.zip) as it was downloaded.',
    })
  }
  const files = new Map<string, Uint8Array>()
  let total = 0
  try {
    const zip = await open(bytes)
    for await (const entry of entriesOf(zip)) {
      const { fileName, uncompressedSize, compressedSize } = entry
      total += uncompressedSize
      if (
        files.size >= limits.entries ||
        total > limits.totalBytes ||
        uncompressedSize > Math.max(compressedSize, 1) * limits.ratio
      ) {
        throw new EvidenceError({
          code: 'evidence.too-large',
          message: 'The bundle has more or larger files than a bundle may have.',
          advice: 'Do not open it; ask its sender how it was made.',
        })
      }
      const kind = (entry.externalFileAttributes >>> 16) & 0o170000
      if (files.has(fileName) || (kind !== 0 && kind !== 0o100000) || fileName.endsWith('/')) {
        throw damaged()
      }
      const content = await readEntry(zip, entry)
      if (crc32(content) !== entry.crc32) {
        throw damaged()
      }
      files.set(fileName, content)
    }
  } catch (error) {
    throw error instanceof EvidenceError ? error : damaged(error)
  }

  return files
}

/** One changed byte at the start must not turn a damaged bundle into "some other file". */
function hasManifestName(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('manifest.json')
}

function damaged(cause?: unknown): EvidenceError {
  return new EvidenceError({
    code: 'evidence.damaged',
    message: 'The bundle cannot be read: it was changed or cut.',
    advice: 'Get the bundle again from where it came.',
    cause,
  })
}

function open(bytes: Uint8Array): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      { lazyEntries: true, strictFileNames: true, validateEntrySizes: true },
      (error, zip) => (error === null && zip !== undefined ? resolve(zip) : reject(error)),
    )
  })
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  let settle: { resolve: (entry: Entry | undefined) => void; reject: (error: Error) => void }
  zip.on('entry', (entry: Entry) => settle.resolve(entry))
  zip.on('end', () => settle.resolve(undefined))
  zip.on('error', (error: Error) => settle.reject(error))
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      settle = { resolve, reject }
      zip.readEntry()
    })
    if (entry === undefined) {
      return
    }
    yield entry
  }
}

function readEntry(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error !== null || stream === undefined) {
        reject(error)

        return
      }
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('error', reject)
      stream.on('end', () => resolve(Buffer.concat(chunks)))
    })
  })
}
