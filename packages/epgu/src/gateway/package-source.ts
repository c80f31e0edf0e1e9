/**
 * A package that can be read again from any place: chunks are slices of it, and a call that is
 * repeated reads its slice once more. Nothing of it is kept in memory.
 */
export type PackageSource = {
  readonly size: number
  /** Octets from `start` up to `end`, which is not included. */
  readonly slice: (start: number, end: number) => AsyncIterable<Uint8Array>
}

/** A package in memory. */
export function sourceFromBytes(bytes: Uint8Array): PackageSource {
  const step = 65_536

  return {
    size: bytes.length,
    async *slice(start, end) {
      for (let at = start; at < end; at += step) yield bytes.subarray(at, Math.min(end, at + step))
    },
  }
}

/** A package in a Blob; `openAsBlob` of node:fs gives one that stays in its file. */
export function sourceFromBlob(blob: Blob): PackageSource {
  return { size: blob.size, slice: (start, end) => blob.slice(start, end).stream() }
}
