import { endExchange, firstSignal, whenOver } from './exchange-end.ts'
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
  /**
   * `answer` (default): an answer 3xx is given back. `lose`: it comes as a lost answer, and `fetch` keeps
   * no copy of a streamed body. Streamed bodies alone know the difference.
   */
  readonly redirects?: 'answer' | 'lose' | undefined
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
 * The limit of time holds until the body of the answer is read or let go ({@link endExchange}).
 */
export async function exchange(
  io: Pick<Io, 'fetch' | 'timeout'>,
  request: ExchangeRequest,
): Promise<Exchanged> {
  const { url, method, body, timeoutMs, signal } = request
  signal?.throwIfAborted()
  const over = new AbortController()
  const timeout = io.timeout(timeoutMs, over.signal)

  try {
    const response = await io.fetch(url, {
      method,
      headers: { ...request.headers, ...bodyHeaders(body) },
      redirect: 'manual',
      ...bodyInit(request),
      signal: signal === undefined ? timeout : firstSignal([signal, timeout], over.signal),
    })

    whenOver(response, () => over.abort())
    if (response.body === null) endExchange(response)

    return { kind: 'answered', response }
  } catch (error) {
    over.abort()
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

function bodyInit({ body, redirects = 'answer' }: ExchangeRequest) {
  if (body === undefined) return {}
  if (!isStreamed(body)) return { body }

  // Fetch keeps a copy of a body that it may have to send again, all of it in memory, unless redirects
  // are errors (fetch standard, HTTP-network-or-cache fetch, step 8).
  return {
    body: body.stream,
    duplex: 'half',
    redirect: redirects === 'lose' ? 'error' : 'manual',
  } as const
}

function lossOf(error: unknown, body: ExchangeRequest['body'], isTimedOut: boolean) {
  const { systemCode, isNeverMade } = isTimedOut
    ? { systemCode: 'timeout', isNeverMade: false }
    : readLoss(error)

  return { systemCode, isSent: !isNeverMade && (isStreamed(body) ? body.isWhole() : true) }
}

/**
 * Codes that come before a connection is made alone: of names, of connecting, and of our own judgement
 * of the certificate. Alerts of TLS 1.3 and resets are not among them: they may come after the request.
 */
const neverMade: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** What `fetch` hides in causes: the code of the system or of the HTTP client, such as `ECONNRESET`. */
function readLoss(
  error: unknown,
  depth = 0,
): { readonly systemCode: string | undefined; readonly isNeverMade: boolean } {
  if (typeof error !== 'object' || error === null || depth > 4) {
    return { systemCode: undefined, isNeverMade: false }
  }
  const code: unknown = 'code' in error ? error.code : undefined
  if (typeof code !== 'string' || !/^[A-Z][A-Z0-9_]{2,60}$/.test(code)) {
    return readLoss('cause' in error ? error.cause : undefined, depth + 1)
  }
  const isConnecting = 'syscall' in error && error.syscall === 'connect'

  return { systemCode: code, isNeverMade: neverMade.has(code) || isConnecting }
}

function isStreamed(body: ExchangeRequest['body']): body is StreamedBody {
  return typeof body === 'object'
}
