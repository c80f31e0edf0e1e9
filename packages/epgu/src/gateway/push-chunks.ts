import { digitsOf, isRecord, readBody, readJson } from '@muhr/http'
import { EpguError, isEpguError } from '../error.ts'
import { type MultipartField, multipartBody } from '../http/multipart.ts'
import { callGateway } from './call-gateway.ts'
import type { GatewayContext } from './context.ts'
import { outcomeUnknown, unreadableAnswer } from './gateway-errors.ts'
import { invalidArgument } from './invalid-argument.ts'
import { type OrderMeta, writeMeta } from './meta.ts'
import { type OrderId, parseOrderId } from './order-id.ts'
import type { PackageSource } from './package-source.ts'
import { type Chunk, chunkLimits, planChunks } from './plan-chunks.ts'

/** How far an upload has come. */
export type UploadProgress = {
  /** Octets of the package handed to the network; what is repeated counts once. */
  readonly sentBytes: number
  readonly totalBytes: number
  readonly acceptedChunks: number
  readonly chunks: number
}

/** A package that goes out under a number that was reserved. */
export type ChunkedPush = {
  readonly orderId: string | number
  readonly meta: OrderMeta
  readonly source: PackageSource
  /** File name without extension. Default `archive`. */
  readonly name?: string
  /** 5 000 000 to 50 000 000. Default: one chunk up to 50 MB, above it pieces of about 20 MB. */
  readonly chunkBytes?: number
  /** Middle chunks on their way at once. Default 3. */
  readonly parallel?: number
  readonly onProgress?: (progress: UploadProgress) => void
  readonly signal?: AbortSignal
}

/**
 * `POST /gusmev/push/chunked` (spec §3.3): the first chunk first, the middle ones in parallel, the last
 * one last, all within five minutes from the first. What ends it ends the chunks under way too.
 *
 * @throws EpguError `epgu.chunk-window-overrun`, `epgu.source-changed`, `epgu.invalid-argument`, and as
 * `callGateway`; `epgu.outcome-unknown` with the number when the answer to the last chunk is lost
 */
export async function pushChunks(
  context: GatewayContext,
  push: ChunkedPush,
): Promise<{ readonly orderId: OrderId; readonly chunks: number }> {
  const { meta, source, name = 'archive', chunkBytes, parallel = 3, signal } = push
  if (!Number.isInteger(parallel) || parallel < 1) throw invalidArgument('parallel', 'one or more')
  const orderId = parseOrderId(push.orderId)
  const chunks = planChunks(source.size, { name, chunkBytes })
  const stop = new AbortController()
  const upload: Upload = {
    context,
    orderId,
    meta: writeMeta(meta),
    source,
    chunks,
    window: { startedAtMs: undefined },
    sent: new Map(),
    accepted: new Set(),
    onProgress: push.onProgress ?? (() => undefined),
    signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
  }

  try {
    for (const step of inSteps(chunks)) await sendAll(upload, step, parallel)
  } catch (error) {
    stop.abort()
    throw error
  }

  return { orderId, chunks: chunks.length }
}

type Upload = {
  readonly context: GatewayContext
  readonly orderId: OrderId
  readonly meta: string
  readonly source: PackageSource
  readonly chunks: readonly Chunk[]
  /** Begins when the first chunk leaves, after its token and its place in the quota were had. */
  readonly window: { startedAtMs: number | undefined }
  /** Octets sent by chunk. */
  readonly sent: Map<number, number>
  readonly accepted: Set<number>
  readonly onProgress: (progress: UploadProgress) => void
  readonly signal: AbortSignal
}

function inSteps(chunks: readonly Chunk[]): readonly (readonly Chunk[])[] {
  return [chunks.slice(0, 1), chunks.slice(1, -1), chunks.slice(1).slice(-1)]
}

/** Sends chunks, so many at once; the first failure is the one that is told. */
async function sendAll(upload: Upload, chunks: readonly Chunk[], parallel: number): Promise<void> {
  const waiting = [...chunks]
  const work = async () => {
    for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) {
      await sendChunk(upload, chunk)
    }
  }
  const workers = Array.from({ length: Math.min(parallel, chunks.length) }, work)
  // The others end by the signal; what they say then is not what went wrong.
  for (const worker of workers) worker.catch(() => waiting.splice(0))
  await Promise.all(workers)
}

async function sendChunk(upload: Upload, chunk: Chunk): Promise<void> {
  const { context, orderId, chunks, accepted, signal } = upload
  const isLast = chunk.index === chunks.length - 1
  const response = await inWindow(upload, () =>
    callGateway(context, {
      operation: 'push-chunk',
      orderId,
      effect: isLast ? 'starts-sending' : 'same-again',
      method: 'POST',
      url: `${context.baseUrl}/gusmev/push/chunked`,
      body: () => bodyOf(upload, chunk),
      timeoutMs: context.limits.transferTimeoutMs,
      signal,
      beforeTry: () => {
        upload.window.startedAtMs ??= context.io.now().getTime()
        assertInWindow(upload)
      },
    }),
  )
  await assertAccepted(response, orderId, isLast)
  accepted.add(chunk.index)
  report(upload)
}

function bodyOf(upload: Upload, chunk: Chunk) {
  const { context, source, sent } = upload
  const { index, start, end, fileName } = chunk
  sent.set(index, 0)

  return multipartBody({
    fields: fieldsOf(upload, chunk),
    file: {
      name: 'file',
      fileName,
      contentType: 'application/zip',
      lengthBytes: end - start,
      content: () => source.slice(start, end),
    },
    random: context.io.random(16),
    onPiece: (lengthBytes) => {
      assertInWindow(upload)
      sent.set(index, (sent.get(index) ?? 0) + lengthBytes)
      report(upload)
    },
  })
}

/** `meta` on every chunk; a single one has neither `chunk` nor `chunks` (spec §3.3). */
function fieldsOf({ meta, orderId, chunks }: Upload, { index }: Chunk): readonly MultipartField[] {
  const common = [
    { name: 'meta', value: meta, contentType: 'application/json' },
    { name: 'orderId', value: orderId },
  ]
  if (chunks.length === 1) return common

  return [
    ...common,
    { name: 'chunk', value: String(index) },
    { name: 'chunks', value: String(chunks.length) },
  ]
}

/**
 * 206 for a chunk before the last, 200 for the last, each with our number. After the last one anything
 * else leaves open whether the sending began.
 */
async function assertAccepted(
  response: Response,
  orderId: OrderId,
  isLast: boolean,
): Promise<void> {
  const { status } = response
  const subject = { operation: 'push-chunk', orderId } as const
  const body = await readBody(response, 65_536)
  const reading = body.ok ? readJson(body.bytes) : undefined
  const answered =
    reading?.ok && isRecord(reading.value) ? digitsOf(reading.value, 'orderId') : undefined
  if (answered === orderId && (!isLast || status === 200)) return

  throw isLast
    ? outcomeUnknown(subject, { reason: 'unreadable-answer', httpStatus: status })
    : unreadableAnswer('push-chunk', 'wrong-shape', status)
}

function assertInWindow(upload: Upload): void {
  if (isWindowOver(upload)) throw windowOverrun(upload)
}

function isWindowOver({ context, window }: Upload): boolean {
  const nowMs = context.io.now().getTime()

  return nowMs - (window.startedAtMs ?? nowMs) >= chunkLimits.windowMs
}

/** A chunk that was on its way when the window ended is refused by the portal for that. */
async function inWindow<Result>(upload: Upload, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    throw isEpguError(error, 'epgu.refused') && isWindowOver(upload)
      ? windowOverrun(upload, error)
      : error
  }
}

function windowOverrun(
  { orderId, accepted, chunks }: Upload,
  cause?: unknown,
): EpguError<'epgu.chunk-window-overrun'> {
  const { windowMs } = chunkLimits

  return new EpguError({
    code: 'epgu.chunk-window-overrun',
    message: `Only ${accepted.size} of ${chunks.length} chunks went up within five minutes.`,
    advice: 'Reserve another number and send again over a faster line, with more chunks at once.',
    data: { orderId, acceptedChunks: accepted.size, chunks: chunks.length, windowMs },
    cause,
  })
}

function report({ sent, accepted, chunks, source, onProgress }: Upload): void {
  let sentBytes = 0
  for (const bytes of sent.values()) sentBytes += bytes
  onProgress({
    sentBytes,
    totalBytes: source.size,
    acceptedChunks: accepted.size,
    chunks: chunks.length,
  })
}
