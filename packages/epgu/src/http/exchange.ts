import type { Io } from './io.ts'

/** A body that can be told how far it went. A new one is made for every try. */
export type StreamedBody = {
  readonly stream: ReadableStream<Uint8Array>
  readonly lengthBytes: number
  readonly contentType: string
  /** Whether the last octet was asked for: only then may the other side have the whole request. */
  readonly isWhole: () => boolean
  /** What our own source threw, when that ended the exchange. */
  readonly failure: () => { readonly error: unknown } | undefined
}

export type ExchangeRequest = {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | StreamedBody | undefined
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** What came of one try. A lost answer is told from a request that cannot have been complete. */
export type Exchanged =
  | { readonly kind: 'answered'; readonly response: Response }
  | { readonly kind: 'lost'; readonly isSent: boolean; readonly systemCode: string | undefined }

/**
 * Makes one HTTP exchange and follows no redirect. Throws only what the caller's signal carries and
 * what the source of the body threw: the text of other errors may hold the URL, and so a signature.
 */
export async function exchange(io: Io, request: ExchangeRequest): Promise<Exchanged> {
  const { url, method, body, timeoutMs, signal } = request
  signal?.throwIfAborted()
  const timeout = io.timeout(timeoutMs)

  try {
    const response = await io.fetch(url, {
      method,
      headers: { ...request.headers, ...bodyHeaders(body) },
      redirect: 'manual',
      ...bodyInit(body),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    })

    return { kind: 'answered', response }
  } catch (error) {
    signal?.throwIfAborted()
    const failure = isStreamed(body) ? body.failure() : undefined
    if (failure !== undefined) throw failure.error

    return { kind: 'lost', ...lossOf(error, body, timeout.aborted) }
  }
}

function bodyHeaders(body: ExchangeRequest['body']): Record<string, string> {
  return isStreamed(body)
    ? { 'content-type': body.contentType, 'content-length': String(body.lengthBytes) }
    : {}
}

function bodyInit(body: ExchangeRequest['body']) {
  if (body === undefined) return {}

  if (!isStreamed(body)) return { body }

  // Fetch keeps a copy of a body that it may have to send again, all of it in memory, unless redirects
  // are errors (fetch standard, HTTP-network-or-cache fetch, step 8). A redirect then comes as a lost
  // answer, which is as uncertain.
  return { body: body.stream, duplex: 'half', redirect: 'error' } as const
}

function lossOf(error: unknown, body: ExchangeRequest['body'], isTimedOut: boolean) {
  const systemCode = isTimedOut ? 'timeout' : systemCodeOf(error)
  // A connection that was never made carried nothing.
  const isNeverMade = [
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'UND_ERR_CONNECT_TIMEOUT',
  ].includes(systemCode ?? '')

  return { systemCode, isSent: !isNeverMade && (isStreamed(body) ? body.isWhole() : true) }
}

/** The code of the system or of the HTTP client, such as `ECONNRESET`, which `fetch` hides in causes. */
function systemCodeOf(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 4) return undefined
  const code: unknown = 'code' in error ? error.code : undefined
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)) return code

  return systemCodeOf('cause' in error ? error.cause : undefined, depth + 1)
}

function isStreamed(body: ExchangeRequest['body']): body is StreamedBody {
  return typeof body === 'object'
}
