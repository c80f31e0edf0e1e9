import { zipError } from './error.ts'

/** Longest path in an archive, UTF-16 units: what Windows can unpack below a folder of its own. */
export const maxPathLength = 200

// Names that Windows takes for devices, whatever follows the dot.
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i
// What some system does not write, reads as a separator, or does not show.
const unsafeCharacter = /[\\:*?"<>|\p{C}\p{Zl}\p{Zp}]/u

function isSafeSegment(segment: string): boolean {
  return (
    segment !== '' &&
    segment !== '.' &&
    segment !== '..' &&
    !/[. ]$/.test(segment) &&
    !deviceName.test(segment) &&
    !unsafeCharacter.test(segment)
  )
}

/**
 * Is this a path that unpacks to the same file on Linux, macOS and Windows, and below the folder it is
 * unpacked into: relative, no step up, no drive, no device, nothing invisible?
 */
export function isSafePath(path: string): boolean {
  return path.length <= maxPathLength && path.split('/').every(isSafeSegment)
}

/**
 * The name of an entry as text. It must be UTF-8; the mark that says so is not asked for, since the
 * archivers of macOS and Linux leave it out.
 * @throws ZipError `zip.unsafe-name` when it is not
 */
export function readEntryName(octets: Uint8Array): string {
  const name = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('utf8')
  if (!Buffer.from(name, 'utf8').equals(octets)) {
    throw zipError('zip.unsafe-name')
  }

  return name
}

/** What two paths share that macOS or Windows would write to one file. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase().normalize('NFC')
}

/** Of a file name before its extension, UTF-16 units. */
const maxStemLength = 100

/**
 * A file name made safe for every system: forbidden and invisible characters become `_`, long names
 * are cut before their extension. Keeps what people read: letters of all languages, spaces, brackets.
 */
export function safeFileName(fileName: string): string {
  const clean = fileName
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{C}\p{Zl}\p{Zp}]/gu, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '_')
  const extension = /\.[^.]{1,16}$/.exec(clean)?.[0] ?? ''
  const stem = clean.slice(0, clean.length - extension.length)
  // Cutting may part a surrogate pair; half of one is no character.
  const short = stem.slice(0, maxStemLength).replace(/[\uD800-\uDBFF]$/, '')
  const name = `${short.trimEnd()}${extension}`

  return name === '' ? '_' : name
}
