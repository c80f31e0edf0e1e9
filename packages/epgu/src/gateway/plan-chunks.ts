import { invalidArgument } from './invalid-argument.ts'

/** Octets in every chunk but the last: spec §3.3. */
export const chunkLimits = { minBytes: 5_000_000, maxBytes: 50_000_000, windowMs: 300_000 } as const

/** What goes up in one request must not be larger than this: spec §3.2. */
export const pushMaxBytes = 50_000_000

/** Above one chunk packages are cut into pieces of about this size. */
const pieceBytes = 20_000_000

/** One slice of a package. */
export type Chunk = {
  /** 0-based. */
  readonly index: number
  readonly start: number
  readonly end: number
  readonly fileName: string
}

/**
 * Cuts a package: one chunk `NAME.zip` up to 50 000 000 octets, above that equal pieces `NAME.z001`,
 * `NAME.z002` … or pieces of `chunkBytes` where it is given (spec §3.3).
 *
 * @throws EpguError `epgu.invalid-argument`
 */
export function planChunks(
  sizeBytes: number,
  { name, chunkBytes }: { readonly name: string; readonly chunkBytes?: number | undefined },
): readonly Chunk[] {
  assertPackage(sizeBytes, name)
  const { minBytes, maxBytes } = chunkLimits
  if (
    chunkBytes !== undefined &&
    !(Number.isInteger(chunkBytes) && chunkBytes >= minBytes && chunkBytes <= maxBytes)
  ) {
    throw invalidArgument('chunkBytes', `a whole number from ${minBytes} to ${maxBytes}`)
  }

  const step = chunkBytes ?? (sizeBytes <= maxBytes ? maxBytes : equalPiece(sizeBytes))
  const count = Math.ceil(sizeBytes / step)

  return Array.from({ length: count }, (_, index) => ({
    index,
    start: index * step,
    end: Math.min(sizeBytes, (index + 1) * step),
    fileName: count === 1 ? `${name}.zip` : `${name}.z${String(index + 1).padStart(3, '0')}`,
  }))
}

/** @throws EpguError `epgu.invalid-argument` */
export function assertPackage(sizeBytes: number, name: string): void {
  if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 1) {
    throw invalidArgument('source', 'a package that is not empty')
  }
  // It stands in a header of the multipart body.
  if (!/^[\w.-]{1,100}$/.test(name)) {
    throw invalidArgument('name', 'a file name of Latin letters, digits, _ . - without extension')
  }
}

function equalPiece(sizeBytes: number): number {
  return Math.ceil(sizeBytes / Math.ceil(sizeBytes / pieceBytes))
}
