import { discardBody, exchange, readBody, readRetryAfter, type StreamedBody } from '@muhr/http'
import {
  notFound,
  outcomeUnknown,
  redirected,
  refused,
  refusedByNumber,
  unavailable,
  unreachable,
  unusable,
} from '../errors.ts'
import { effectOf, type Operation } from '../operation.ts'
import { recogniseAnswer } from '../wire/read-answer.ts'
import { redactSaid } from '../wire/redact-said.ts'
import type { SignmeContext } from './context.ts'

/** One call of the API. */
export type Call = {
  readonly operation: Operation
  /** From the base URL, with its slash. */
  readonly path: string
  /** A body makes it a POST. */
  readonly body?: StreamedBody
  readonly limitBytes: number
  /** What must not stand in any error of this call, beside the key. */
  readonly secrets: readonly (string | undefined)[]
  readonly signal?: AbortSignal | undefined
  /** Whether 404 is given back as an answer. Default: it is `signme.not-found` for questions. */
  readonly takesNotFound?: boolean
}

/** An answer that is no error and no page of HTML. */
export type Answer = {
  readonly octets: Uint8Array
  readonly httpStatus: number
}

/**
 * Makes one call, once, and tells what came of it: nothing is repeated here. A call that may have had its
 * effect and has no usable answer is `signme.outcome-unknown`.
 *
 * @throws SignmeError `signme.refused`, `signme.outcome-unknown`, `signme.unreachable`,
 * `signme.unavailable`, `signme.not-found`, `signme.redirected`, `signme.unreadable-answer`
 */
export async function callSignme(context: SignmeContext, call: Call): Promise<Answer> {
  const response = await send(context, call)
  const { operation } = call
  const { status: httpStatus } = response
  if (httpStatus === 407) {
    // Of the proxy in between (RFC 9110 §15.5.8): it passed nothing on.
    await discardBody(response)
    throw unreachable(operation, new URL(context.baseUrl).host, 'proxy-authentication')
  }
  if (httpStatus >= 300 && httpStatus < 400) throw await judgeRedirect(context, call, response)

  const retryAfterMs = readRetryAfter(response.headers, context.io.now())
  const reading = await readBody(response, call.limitBytes)
  if (!reading.ok) {
    if (isPassing(httpStatus)) throw judgePassing(operation, httpStatus, retryAfterMs)
    throw unusable(operation, reading.reason, httpStatus)
  }

  const octets = reading.bytes
  const answer = recogniseAnswer(octets)
  const secrets = [context.key, ...call.secrets].filter((secret) => secret !== undefined)
  if (answer.kind === 'error') {
    const { errorNumber, text } = answer
    const said = redactSaid(text, secrets)
    throw refusedByNumber(operation, errorNumber, { text, said, httpStatus })
  }
  if (isPassing(httpStatus)) throw judgePassing(operation, httpStatus, retryAfterMs)
  if (httpStatus === 404 && effectOf[operation] === 'nothing') {
    if (call.takesNotFound === true) return { octets: new Uint8Array(0), httpStatus }
    throw notFound(operation, httpStatus)
  }
  if (answer.kind === 'html' && httpStatus < 400) throw unusable(operation, 'html-page', httpStatus)
  // What stands in it instead of `error N` nobody knows: nothing of it is told.
  if (!response.ok) throw refused(operation, 'unexplained', { said: undefined, httpStatus })

  return { octets, httpStatus }
}

async function send(context: SignmeContext, call: Call): Promise<Response> {
  const { io, baseUrl, limits, userAgent } = context
  const { operation, path, body, signal } = call
  const pieces = Math.ceil((body?.lengthBytes ?? 0) / 100_000)
  const startedAt = io.now()
  const exchanged = await exchange(io, {
    url: baseUrl + path,
    method: body === undefined ? 'GET' : 'POST',
    headers: { accept: '*/*', 'user-agent': userAgent },
    body,
    timeoutMs: limits.timeoutMs + pieces * limits.timeoutPerPieceMs,
    signal,
  })
  const systemCode = exchanged.kind === 'lost' ? exchanged.systemCode : undefined
  const httpStatus = exchanged.kind === 'answered' ? exchanged.response.status : undefined
  try {
    context.onExchange({ operation, httpStatus, systemCode, startedAt, endedAt: io.now() })
  } catch {
    // A journal that fails must not change what became of a call.
  }
  if (exchanged.kind === 'answered') return exchanged.response

  if (exchanged.isSent && effectOf[operation] !== 'nothing') {
    const reason = systemCode === 'timeout' ? 'timed-out' : 'connection-lost'
    throw outcomeUnknown(operation, { reason, systemCode })
  }
  throw unreachable(operation, new URL(baseUrl).host, systemCode)
}

/** What may pass by itself (spec §2.2). */
function isPassing(httpStatus: number): boolean {
  return httpStatus >= 500 || httpStatus === 429 || httpStatus === 408
}

/** 429 turns a call away before anybody looks at it (RFC 6585 §4); the others tell nothing. */
function judgePassing(operation: Operation, httpStatus: number, retryAfterMs: number | undefined) {
  return effectOf[operation] === 'nothing' || httpStatus === 429
    ? unavailable(operation, httpStatus, retryAfterMs)
    : outcomeUnknown(operation, { reason: 'unavailable', httpStatus })
}

/**
 * 301, 307 and 308 speak of the request itself, before it is served (RFC 9110 §15.4). 302 and 303 may be
 * the answer of an application that has done its work.
 */
async function judgeRedirect(
  { baseUrl }: SignmeContext,
  { operation, path }: Call,
  response: Response,
) {
  await discardBody(response)
  const { status: httpStatus } = response
  const isOfRequest = httpStatus === 301 || httpStatus === 307 || httpStatus === 308
  if (!isOfRequest && effectOf[operation] !== 'nothing') {
    return outcomeUnknown(operation, { reason: 'redirected', httpStatus })
  }

  return redirected(operation, httpStatus, targetOf(response, baseUrl + path))
}

function targetOf(response: Response, url: string): 'same-host' | 'other-host' | 'nowhere' {
  const location = response.headers.get('location')
  if (location === null || !URL.canParse(location, url)) return 'nowhere'

  return new URL(location, url).host === new URL(url).host ? 'same-host' : 'other-host'
}
