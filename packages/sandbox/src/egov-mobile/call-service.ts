import { PhoneError, type PhonePlace } from './error.ts'

/** One exchange with the service, as the journal shows it. The token never stands in it whole. */
export type PhoneCall = {
  readonly step: 'api1' | 'api2' | 'put'
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly acceptLanguage: string | undefined
  readonly hasBearer: boolean
  /** HTTP status, or `none` when no answer came. */
  readonly status: number | 'none'
  readonly sentBytes: number
  readonly receivedBytes: number
  readonly durationMs: number
}

/** What to send and how much to take in. */
export type ServiceRequest = {
  readonly step: PhoneCall['step']
  readonly method: PhoneCall['method']
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | ReadableStream<Uint8Array>
  readonly sentBytes?: number
  readonly maxBytes: number
  readonly timeoutMs: number
}

/** The answer, read to its end. */
export type ServiceAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** What a call needs from outside. */
export type CallEnvironment = {
  readonly fetch: typeof fetch
  readonly monotonicMs: () => number
  readonly onCall: (call: PhoneCall) => void
}

const PLACE: Readonly<Record<PhoneCall['step'], PhonePlace>> = {
  api1: 'api1',
  api2: 'api2',
  put: 'put',
}

/**
 * Makes one HTTP call and reads the whole answer, never following a redirect: where the app would be led is
 * not on the allow-list that was checked.
 *
 * @throws {PhoneError} `http.unreachable`, `http.time-out`, `http.redirect`, `http.too-large`, `json.malformed`
 *   when the answer is not UTF-8
 */
export async function callService(
  request: ServiceRequest,
  environment: CallEnvironment,
): Promise<ServiceAnswer> {
  const place = PLACE[request.step]
  const startedAt = environment.monotonicMs()
  let status: number | 'none' = 'none'
  let receivedBytes = 0
  try {
    const response = await environment.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs),
      ...bodyOf(request),
    })
    status = response.status
    const bytes = await readLimited(response, { maxBytes: request.maxBytes, place })
    receivedBytes = bytes.length
    if (status >= 300 && status < 400) {
      throw new PhoneError({
        code: 'http.redirect',
        message: `The service answered ${place} with a redirect; the app does not follow it.`,
        advice: 'Answer at the URL that was given to the app.',
        data: { place, status },
      })
    }

    return { status, headers: response.headers, text: decodeUtf8(bytes, place) }
  } catch (cause) {
    throw asPhoneError(cause, place)
  } finally {
    environment.onCall({
      step: request.step,
      method: request.method,
      url: request.url,
      acceptLanguage: request.headers['Accept-Language'],
      hasBearer: request.headers['Authorization'] !== undefined,
      status,
      sentBytes: request.sentBytes ?? 0,
      receivedBytes,
      durationMs: Math.round(environment.monotonicMs() - startedAt),
    })
  }
}

function bodyOf({ body }: ServiceRequest): RequestInit {
  if (body === undefined) return {}
  // fetch wants `duplex` for a stream; the DOM types do not have it.
  if (body instanceof ReadableStream) return { body, duplex: 'half' } as RequestInit

  return { body: body as Uint8Array<ArrayBuffer> }
}

async function readLimited(
  response: Response,
  options: { maxBytes: number; place: PhonePlace },
): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    size += part.value.length
    if (size > options.maxBytes) {
      await reader?.cancel()
      throw new PhoneError({
        code: 'http.too-large',
        message: `The answer of ${options.place} is larger than ${options.maxBytes} bytes.`,
        advice: 'Send fewer or smaller documents in one request.',
        data: { place: options.place, status: response.status },
      })
    }
    chunks.push(part.value)
  }

  return Buffer.concat(chunks, size)
}

function decodeUtf8(bytes: Uint8Array, place: PhonePlace): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new PhoneError({
      code: 'json.malformed',
      message: `The answer of ${place} is not UTF-8.`,
      advice: 'Encode the JSON as UTF-8.',
      data: { place },
      cause,
    })
  }
}

function asPhoneError(cause: unknown, place: PhonePlace): PhoneError {
  if (cause instanceof PhoneError) return cause
  const isTimeOut = cause instanceof Error && cause.name === 'TimeoutError'

  return new PhoneError({
    code: isTimeOut ? 'http.time-out' : 'http.unreachable',
    message: isTimeOut
      ? `The service did not answer ${place} in time.`
      : `The service could not be reached for ${place}, or broke the connection off.`,
    advice: 'See that the service runs and that its public URL can be reached from the phone.',
    data: { place },
    cause,
  })
}
