import type { ByteRange, ReadOptions } from '@muhr/zip'

/**
 * A document of a package: immutable octets that can be read from any place, as often as needed. A file:
 * {@link documentOfFile}.
 */
export type PackageDocument = {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** All octets, or those of a range (`end` excluded). */
  readonly open: (
    range?: ByteRange,
    options?: ReadOptions,
  ) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** A document that is in memory. */
export function documentOf(name: string, bytes: Uint8Array): PackageDocument {
  return {
    name,
    size: bytes.byteLength,
    open: (range) => [range === undefined ? bytes : bytes.subarray(range.start, range.end)],
  }
}

/** What stands after the last dot, in lower case; empty without one. */
export function extensionOf(name: string): string {
  return /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** What stands before the last dot. */
export function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/, '')
}

const mediaTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  xml: 'application/xml',
  txt: 'text/plain',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
}

/** Media type of a document by its extension, for MimeType of profile 1.8. */
export function mediaTypeOf(name: string): string {
  const extension = extensionOf(name)
  const known = Object.hasOwn(mediaTypes, extension) ? mediaTypes[extension] : undefined

  return known ?? 'application/octet-stream'
}
