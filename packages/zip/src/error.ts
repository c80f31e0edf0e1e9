import { MuhrError } from '@muhr/identifiers'

/** Everything that an archive can be refused for. */
export type ZipErrorCode =
  /** It ends early, octets belong to nothing, or it is no zip at all. */
  | 'zip.structure'
  /** The two headers of an entry differ, so that two programs would unpack different files. */
  | 'zip.header-mismatch'
  | 'zip.checksum-mismatch'
  | 'zip.encrypted'
  /** Packed otherwise than stored or deflated. */
  | 'zip.unsupported-method'
  /** The 64-bit form. */
  | 'zip.zip64'
  /** Absolute, with a step up, or not writable on every system. */
  | 'zip.unsafe-name'
  /** Two entries that some system would write to one file. */
  | 'zip.duplicate-name'
  /** A link or device instead of a file. */
  | 'zip.not-a-file'
  /** A folder, or a file in one, where a flat archive was asked for. */
  | 'zip.not-flat'
  /** `data.limit` entries are allowed. */
  | 'zip.too-many-entries'
  /** `data.limit` bytes are allowed. */
  | 'zip.too-large'
  /** An entry unpacks to more than `data.limit` times its packed size. */
  | 'zip.bomb'
  /** A source gave other octets than those it was measured with. */
  | 'zip.source-changed'

export type ZipErrorData = {
  /** Name of the entry, when it could be read. */
  readonly path?: string
  readonly limit?: number
}

export class ZipError extends MuhrError<ZipErrorCode, ZipErrorData> {
  override readonly name = 'ZipError'
}

const messages: Readonly<Record<ZipErrorCode, string>> = {
  'zip.structure': 'The file is not a whole zip archive.',
  'zip.header-mismatch': 'The two headers of an entry differ.',
  'zip.checksum-mismatch': 'An entry does not have the checksum that its header says.',
  'zip.encrypted': 'An entry is encrypted.',
  'zip.unsupported-method': 'An entry is packed otherwise than stored or deflated.',
  'zip.zip64': 'The archive is in the 64-bit form of zip.',
  'zip.unsafe-name': 'An entry has a name that is not safe to unpack.',
  'zip.duplicate-name': 'Two entries have names that some system would write to one file.',
  'zip.not-a-file': 'An entry is a link or device instead of a file.',
  'zip.not-flat': 'The archive has a folder, where only files are allowed.',
  'zip.too-many-entries': 'The archive has more entries than are allowed.',
  'zip.too-large': 'The archive has more octets than are allowed.',
  'zip.bomb': 'An entry unpacks to far more than it is packed to.',
  'zip.source-changed': 'A file changed while the archive was written.',
}

const adviceFor = (code: ZipErrorCode): string => {
  if (code === 'zip.source-changed') {
    return 'Write the archive again from files that nobody changes meanwhile.'
  }

  return code === 'zip.too-large' || code === 'zip.too-many-entries'
    ? 'Put less into the archive.'
    : 'Pack the files again with an ordinary archiver, without encryption.'
}

/** The error of a code, with its words. */
export function zipError(code: ZipErrorCode, data: ZipErrorData = {}, cause?: unknown): ZipError {
  return new ZipError({ code, message: messages[code], advice: adviceFor(code), data, cause })
}
