import { crc32 } from 'node:zlib'

/** What the header of an entry says about its octets before they come. */
export type Measure = {
  /** Bytes. */
  readonly size: number
  readonly crc32: number
}

/** Octets that can be read from their beginning as often as needed, always the same. */
export type RereadableSource = () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** Measures octets that are in memory. */
export function measureBytes(bytes: Uint8Array): Measure {
  return { size: bytes.byteLength, crc32: crc32(bytes) }
}

/**
 * Measures octets as they pass by, so that one reading serves a signature and the archive.
 */
export function createMeter(): {
  readonly update: (chunk: Uint8Array) => void
  readonly measure: () => Measure
} {
  let size = 0
  let checksum = 0

  return {
    update: (chunk) => {
      size += chunk.byteLength
      checksum = crc32(chunk, checksum)
    },
    measure: () => ({ size, crc32: checksum }),
  }
}

/** Reads a source once to measure it; one chunk at a time is in memory. */
export async function measureSource(source: RereadableSource): Promise<Measure> {
  const meter = createMeter()
  for await (const chunk of source()) {
    meter.update(chunk)
  }

  return meter.measure()
}
