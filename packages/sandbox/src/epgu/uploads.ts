/** Chunks of an order as they come in. */
export type Upload = {
  /** ms of the first chunk. */
  readonly startedAt: number
  readonly chunks: number
  /** The number of its first chunk: 1 only where the switch allows it. */
  readonly base: 0 | 1
  /** Files of the chunks received, by number from 0. */
  readonly received: Map<number, { readonly path: string; readonly size: number }>
}

/** Octets (ru-epgu-goskey §3.3). */
export const MIN_CHUNK_BYTES = 5_000_000
export const MAX_CHUNK_BYTES = 50_000_000
/** All chunks within five minutes of the first. */
export const UPLOAD_WINDOW_MS = 5 * 60_000
