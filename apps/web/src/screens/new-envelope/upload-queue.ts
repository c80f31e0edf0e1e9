import type { StoredDocument } from '../../api/types.ts'

/** At most this many files on the wire at once: more only makes each slower. */
export const maxUploadsAtOnce = 2

/**
 * `waiting` → `uploading` → `ready`. `refused` will never do (empty, too large, the server said no);
 * `broken` may be tried again (lost connection, digest differs); `twin` holds the bytes of another.
 */
export type UploadPhase = 'waiting' | 'uploading' | 'ready' | 'refused' | 'broken' | 'twin'

export type UploadRow = {
  readonly key: string
  readonly fileName: string
  /** Bytes. */
  readonly size: number
  readonly mediaType: string
  readonly phase: UploadPhase
  readonly sentBytes: number
  readonly startedAtMs?: number | undefined
  /** SHA-256 by this browser, hex. */
  readonly sha256?: string | undefined
  readonly document?: StoredDocument | undefined
  readonly code?: string | undefined
  readonly requestId?: string | undefined
  /** Name of the file with the same bytes. */
  readonly twinOf?: string | undefined
}

export type UploadEvent =
  | { readonly type: 'added'; readonly rows: readonly UploadRow[] }
  | { readonly type: 'started'; readonly key: string; readonly atMs: number }
  | { readonly type: 'progress'; readonly key: string; readonly sentBytes: number }
  | { readonly type: 'hashed'; readonly key: string; readonly sha256: string }
  | { readonly type: 'stored'; readonly key: string; readonly document: StoredDocument }
  | {
      readonly type: 'failed'
      readonly key: string
      readonly code: string
      readonly requestId?: string | undefined
      readonly isFinal: boolean
    }
  | { readonly type: 'retried'; readonly key: string }
  | { readonly type: 'removed'; readonly key: string }

export type UploadQueue = readonly UploadRow[]

const live: ReadonlySet<UploadPhase> = new Set(['waiting', 'uploading', 'ready'])

/** Applies one event. Events of a row that was removed change nothing. */
export function uploadQueue(queue: UploadQueue, event: UploadEvent): UploadQueue {
  switch (event.type) {
    case 'added':
      return [...queue, ...event.rows]
    case 'removed':
      return reviveTwins(queue.filter(({ key }) => key !== event.key))
    case 'started':
      return change(queue, event.key, (row) => ({
        ...row,
        phase: 'uploading',
        sentBytes: 0,
        startedAtMs: event.atMs,
      }))
    case 'progress':
      return change(queue, event.key, (row) =>
        row.phase === 'uploading'
          ? { ...row, sentBytes: Math.min(row.size, Math.max(row.sentBytes, event.sentBytes)) }
          : row,
      )
    case 'hashed':
      return settle(change(queue, event.key, (row) => ({ ...row, sha256: event.sha256 })))
    case 'stored':
      return settle(change(queue, event.key, (row) => ({ ...row, document: event.document })))
    case 'failed':
      // A twin is called off the wire by ourselves: that is no failure of its own.
      return change(queue, event.key, (row) =>
        row.phase === 'twin'
          ? row
          : {
              ...row,
              phase: event.isFinal ? 'refused' : 'broken',
              code: event.code,
              requestId: event.requestId,
            },
      )
    case 'retried':
      return change(queue, event.key, (row) =>
        row.phase === 'broken' ? fresh({ ...row, sha256: undefined }) : row,
      )
  }
}

const fresh = (row: UploadRow): UploadRow => ({
  ...row,
  phase: 'waiting',
  sentBytes: 0,
  startedAtMs: undefined,
  document: undefined,
  code: undefined,
  requestId: undefined,
  twinOf: undefined,
})

function change(queue: UploadQueue, key: string, edit: (row: UploadRow) => UploadRow): UploadQueue {
  return queue.map((row) => (row.key === key ? edit(row) : row))
}

/**
 * Settles what both digests tell: a file is ready only when the server stored the very bytes that
 * this browser read; a file whose bytes an earlier one already has is its twin.
 */
function settle(queue: UploadQueue): UploadQueue {
  const seen = new Map<string, string>()

  return queue.map((row) => {
    if (!live.has(row.phase) && row.phase !== 'twin') return row

    const { sha256, document } = row

    if (sha256 === undefined) return row

    const first = seen.get(sha256)

    if (first !== undefined) return { ...row, phase: 'twin', twinOf: first, code: 'file.twin' }

    seen.set(sha256, row.fileName)

    if (document === undefined) return row
    if (document.sha256 !== sha256) {
      return { ...row, phase: 'broken', document: undefined, code: 'file.digest-differs' }
    }

    return { ...row, phase: 'ready', sentBytes: row.size }
  })
}

/** The first of two twins was taken away: the second is a file like any other again. */
function reviveTwins(queue: UploadQueue): UploadQueue {
  const names = new Set(
    queue.filter(({ phase }) => phase !== 'twin').map(({ fileName }) => fileName),
  )

  return queue.map((row) =>
    row.phase === 'twin' && row.twinOf !== undefined && !names.has(row.twinOf) ? fresh(row) : row,
  )
}

/** The rows that may start now, in order. */
export function nextUploads(queue: UploadQueue): readonly UploadRow[] {
  const busy = queue.filter(({ phase }) => phase === 'uploading').length

  return queue
    .filter(({ phase }) => phase === 'waiting')
    .slice(0, Math.max(0, maxUploadsAtOnce - busy))
}

/** Bytes of all rows that count towards the envelope. */
export function totalBytes(queue: UploadQueue): number {
  return queue.filter(({ phase }) => live.has(phase)).reduce((sum, { size }) => sum + size, 0)
}

/** Seconds left at the speed so far; nothing before the first half second tells a speed. */
export function secondsLeft(row: UploadRow, nowMs: number): number | undefined {
  if (row.startedAtMs === undefined || row.sentBytes <= 0) return undefined

  const tookMs = nowMs - row.startedAtMs

  if (tookMs < 500) return undefined

  return Math.ceil(((row.size - row.sentBytes) * tookMs) / row.sentBytes / 1000)
}
