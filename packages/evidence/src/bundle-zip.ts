import {
  createZipWriter,
  measureBytes,
  readZip,
  ZipError,
  type ZipErrorCode,
  type ZipFiles,
} from '@muhr/zip'
import { type DamageReason, damaged, tooLarge } from './error.ts'

/** What a bundle may unpack to. */
export const bundleLimits = {
  entries: 5_000,
  totalBytes: 2 * 1024 ** 3,
  ratio: 100,
} as const

/** What is wrong with a bundle whose zip is refused; `undefined` when it is only too large. */
const reasonOf: Readonly<Record<ZipErrorCode, DamageReason | undefined>> = {
  'zip.structure': 'structure',
  'zip.zip64': 'structure',
  'zip.not-flat': 'structure',
  'zip.source-changed': 'object-mismatch',
  'zip.header-mismatch': 'header-mismatch',
  'zip.checksum-mismatch': 'checksum-mismatch',
  'zip.encrypted': 'encrypted',
  'zip.unsupported-method': 'unsupported-method',
  'zip.unsafe-name': 'unsafe-name',
  'zip.duplicate-name': 'duplicate-name',
  'zip.not-a-file': 'not-a-file',
  'zip.too-many-entries': undefined,
  'zip.too-large': undefined,
  'zip.bomb': undefined,
}

/** The error of this room for one of the archive; anything else as it is. */
function asEvidenceError(error: unknown): unknown {
  if (!(error instanceof ZipError)) {
    return error
  }
  const { path, limit } = error.data
  const reason = reasonOf[error.code]

  return reason === undefined ? tooLarge(limit ?? 0, path) : damaged(reason, path, error)
}

/**
 * Unpacks a bundle into memory under {@link bundleLimits}.
 * @throws EvidenceError `evidence.damaged` (with the reason), `evidence.too-large`
 */
export function unpackBundle(bytes: Uint8Array): ZipFiles {
  try {
    return readZip(bytes, { limits: bundleLimits })
  } catch (error) {
    throw asEvidenceError(error)
  }
}

export type BundleWriter = {
  /** What stands before the octets of a file. The caller writes the header, then the octets. */
  readonly header: (path: string, bytes: Uint8Array) => Uint8Array
  /** What stands after the last file. */
  readonly end: () => Uint8Array
}

/**
 * Writes the zip of a bundle piece by piece; the same files, the same bytes.
 * @throws EvidenceError `evidence.too-large` above the 32-bit form of zip
 */
export function createBundleWriter(): BundleWriter {
  const writer = createZipWriter()

  return {
    header: (path, bytes) => {
      try {
        return writer.header(path, measureBytes(bytes))
      } catch (error) {
        throw asEvidenceError(error)
      }
    },
    end: writer.end,
  }
}
