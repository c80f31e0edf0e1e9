import type { CentralEntry } from './directory.ts'
import { foldPath, isSafePath } from './entry-name.ts'
import { type ZipError, zipError } from './error.ts'
import { flag, method } from './format.ts'

/** What an archive may unpack to. */
export type ZipLimits = {
  readonly entries: number
  /** All files unpacked, bytes. */
  readonly totalBytes: number
  /** Unpacked to packed: above it an entry is a bomb. */
  readonly ratio: number
}

export type ReadingRules = {
  readonly limits: ZipLimits
  /** No folders, and no files in them. */
  readonly isFlat?: boolean
  /** Octets that a comment of the archive may have; default: there must be none. It is never read. */
  readonly maxComment?: number
}

const knownFlags = flag.effort | flag.descriptor | flag.utf8

export const isFolder = ({ name }: CentralEntry): boolean => name.endsWith('/')

/** The limits of the whole archive, looked at before anything is unpacked. */
export function findExcess(
  entries: readonly CentralEntry[],
  { limits }: ReadingRules,
): ZipError | undefined {
  const total = entries.reduce((sum, { size }) => sum + size, 0)

  return total > limits.totalBytes
    ? zipError('zip.too-large', { limit: limits.totalBytes })
    : undefined
}

/** What is wrong with one entry by its central header alone. */
function findFault(entry: CentralEntry, { limits, isFlat }: ReadingRules): ZipError | undefined {
  const { name, mode, flags, size, packedSize } = entry
  const type = mode & 0o170000
  const expectedType = isFolder(entry) ? 0o040000 : 0o100000
  if (!isSafePath(name.replace(/\/$/, ''))) {
    return zipError('zip.unsafe-name', { path: name })
  }
  if (isFlat === true && name.includes('/')) {
    return zipError('zip.not-flat', { path: name })
  }
  if ((type !== 0 && type !== expectedType) || (isFolder(entry) && size !== 0)) {
    return zipError('zip.not-a-file', { path: name })
  }
  if ((flags & flag.encrypted) !== 0) {
    return zipError('zip.encrypted', { path: name })
  }
  if (
    (flags & ~knownFlags) !== 0 ||
    (entry.method !== method.stored && entry.method !== method.deflated)
  ) {
    return zipError('zip.unsupported-method', { path: name })
  }
  if (size > Math.max(packedSize, 1) * limits.ratio) {
    return zipError('zip.bomb', { path: name, limit: limits.ratio })
  }

  return entry.method === method.stored && size !== packedSize
    ? zipError('zip.header-mismatch', { path: name })
    : undefined
}

/**
 * The faults of entries by their central headers: names, kinds, packing, ratio, names that some system
 * would write to one file. At most one for each entry.
 */
export function findFaults(
  entries: readonly CentralEntry[],
  rules: ReadingRules,
): ReadonlyMap<CentralEntry, ZipError> {
  const faults = new Map<CentralEntry, ZipError>()
  const places = new Set<string>()
  for (const entry of entries) {
    const place = foldPath(entry.name.replace(/\/$/, ''))
    const fault =
      findFault(entry, rules) ??
      (places.has(place) ? zipError('zip.duplicate-name', { path: entry.name }) : undefined)
    places.add(place)
    if (fault !== undefined) {
      faults.set(entry, fault)
    }
  }

  return faults
}
