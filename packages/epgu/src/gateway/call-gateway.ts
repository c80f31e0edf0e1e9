import {
  discardBody,
  type Exchanged,
  exchange,
  isPassing,
  readBody,
  readRetryAfter,
  type StreamedBody,
  waitBeforeRepeat,
} from '@muhr/http'
import type { EsiaToken } from '../esia/token.ts'
import { takePlace } from '../quota/take-place.ts'
import type { GatewayContext, GatewayExchange } from './context.ts'
import {
  notFound,
  outcomeUnknown,
  redirectRefused,
  refused,
  type Subject,
  unauthorised,
  unreachable,
  unreadableAnswer,
} from './gateway-errors.ts'
import { readGatewayRefusal } from './read-refusal.ts'

/**
 * What a call changes, and so when it may be repeated.
 * - `none`: a read, repeated after 429, 502 to 504 and lost answers
 * - `same-again`: a chunk before the last: the same octets under the same number, repeated alike
 * - `starts-sending`: the last chunk: repeated only when it surely was not taken
 * - `creates`: never repeated
 *
 * A refused token (401) was no call at all: each may be made once more with a new one.
 */
export type Effect = 'none' | 'same-again' | 'starts-sending' | 'creates'

export type GatewayCall = Subject & {
  readonly effect: Effect
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Made anew for each try. */
  readonly body?: () => string | StreamedBody
  /** `false` for dictionaries alone. Default `true`. */
  readonly isAuthorised?: boolean
  /** Whether an answer 3xx is given back. Default `false`: it is refused. */
  readonly takesRedirects?: boolean
  /**
   * Of a read whose answer is taken whole: how large it may be. An answer that is cut off is a lost one and
   * the call is repeated; the body of what is given back is there already.
   */
  readonly wholeBytes?: number
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Runs before each try and may throw: a window that is over. */
  readonly beforeTry?: () => void
}

/**
 * Makes one call of the gateway: quota, token, exchange, repeats (spec §2, §3.4). Gives the answer
 * with its body unread; 204 is never a success.
 *
 * @throws EpguError `epgu.refused`, `epgu.not-found`, `epgu.unknown-url`, `epgu.unauthorised`,
 * `epgu.rate-limited`, `epgu.unavailable`, `epgu.unreachable`, `epgu.outcome-unknown`,
 * `epgu.redirect-refused`, `epgu.quota-full`, and `esia.*` of the token source
 */
export async function callGateway(context: GatewayContext, call: GatewayCall): Promise<Response> {
  let isRenewed = false
  for (let tries = 1; ; ) {
    const { exchanged, token } = await tryOnce(context, call, tries)
    if (exchanged.kind === 'answered' && exchanged.response.status === 401 && token !== undefined) {
      await discardBody(exchanged.response)
      if (isRenewed) throw unauthorised(call.operation)
      await unlessAborted(context.tokens.renew(token), call.signal)
      isRenewed = true
      continue
    }

    const outcome = await judge(context, call, exchanged)
    if (outcome.kind === 'taken') return outcome.response

    const { error, isRepeatable, retryAfterMs } = outcome
    const { backOff, io } = context
    const waitMs = isRepeatable
      ? waitBeforeRepeat(backOff, tries, retryAfterMs, io.random)
      : undefined
    if (waitMs === undefined) throw error
    await io.sleep(waitMs, call.signal)
    tries += 1
  }
}

async function tryOnce(
  context: GatewayContext,
  call: GatewayCall,
  tries: number,
): Promise<{ readonly exchanged: Exchanged; readonly token: EsiaToken | undefined }> {
  const { io, quotas, userAgent, onExchange } = context
  const { operation, method, url, signal, timeoutMs, isAuthorised = true } = call
  const token = isAuthorised ? await unlessAborted(context.tokens.get(), signal) : undefined
  await takePlace({
    take: quotas.requests.take,
    quota: 'requests',
    whenFull: quotas.whenFull,
    io,
    signal,
  })
  call.beforeTry?.()

  const startedAt = io.now()
  const exchanged = await exchange(io, {
    url,
    method,
    headers: {
      accept: 'application/json',
      'user-agent': userAgent,
      ...(token === undefined ? {} : { authorization: `Bearer ${token.value}` }),
      ...call.headers,
    },
    body: call.body?.(),
    redirects: 'lose',
    timeoutMs,
    signal,
  })
  tell(onExchange, {
    operation,
    tries,
    httpStatus: exchanged.kind === 'answered' ? exchanged.response.status : undefined,
    systemCode: exchanged.kind === 'lost' ? exchanged.systemCode : undefined,
    startedAt,
    endedAt: io.now(),
  })

  return { exchanged, token }
}

/** The token is for all who wait; a signal ends the waiting of one. */
async function unlessAborted<Value>(
  wanted: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return wanted
  const given = Promise.withResolvers<never>()
  const giveUp = () => given.reject(signal.reason)
  if (signal.aborted) giveUp()
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([given.promise, wanted])
  } finally {
    signal.removeEventListener('abort', giveUp)
    // Nobody waits for it any more; its failure is told to those who still do.
    wanted.catch(() => undefined)
  }
}

function tell(onExchange: GatewayContext['onExchange'], event: GatewayExchange): void {
  try {
    onExchange(event)
  } catch {
    // A journal that fails must not change what became of a call.
  }
}

type Outcome =
  | { readonly kind: 'taken'; readonly response: Response }
  | {
      readonly kind: 'not-taken'
      readonly error: Error
      readonly isRepeatable: boolean
      readonly retryAfterMs?: number | undefined
    }

async function judge(
  context: GatewayContext,
  call: GatewayCall,
  exchanged: Exchanged,
): Promise<Outcome> {
  if (exchanged.kind === 'lost') return judgeLoss(call, exchanged)
  const { response } = exchanged
  const { status } = response

  if (status === 204) {
    return { kind: 'not-taken', error: notFound(call.operation, status), isRepeatable: false }
  }
  if (response.ok) return takeWhole(call, response)
  if (status >= 300 && status < 400) return judgeRedirect(call, response)

  return judgeRefusal(context, call, response)
}

async function takeWhole(call: GatewayCall, response: Response): Promise<Outcome> {
  const { operation, wholeBytes } = call
  if (wholeBytes === undefined) return { kind: 'taken', response }
  const { status, headers } = response
  const body = await readBody(response, wholeBytes)
  if (body.ok) {
    // Some statuses may have no body at all, not even an empty one.
    const bytes = body.bytes.length === 0 ? null : body.bytes

    return { kind: 'taken', response: new Response(bytes, { status, headers }) }
  }

  return {
    kind: 'not-taken',
    error: unreadableAnswer(operation, body.reason, status),
    isRepeatable: body.reason === 'cut-off',
  }
}

function judgeLoss(call: GatewayCall, lost: Extract<Exchanged, { kind: 'lost' }>): Outcome {
  const { effect, operation, url } = call
  const isWithoutHarm = effect === 'none' || effect === 'same-again'
  if (lost.isSent && !isWithoutHarm) {
    const why = { reason: 'connection-lost', httpStatus: undefined } as const

    return { kind: 'not-taken', error: outcomeUnknown(call, why), isRepeatable: false }
  }

  return {
    kind: 'not-taken',
    error: unreachable(operation, new URL(url).host, lost.systemCode),
    isRepeatable: effect !== 'creates',
  }
}

async function judgeRedirect(call: GatewayCall, response: Response): Promise<Outcome> {
  if (call.takesRedirects === true) return { kind: 'taken', response }
  await discardBody(response)

  return {
    kind: 'not-taken',
    error: redirectRefused(call.operation, 'not-a-download'),
    isRepeatable: false,
  }
}

async function judgeRefusal(
  { io }: GatewayContext,
  call: GatewayCall,
  response: Response,
): Promise<Outcome> {
  const { status } = response
  const { effect } = call
  const retryAfterMs = readRetryAfter(response.headers, io.now())
  const refusal = await readGatewayRefusal(response)
  const { epguCode } = refusal
  const isWithoutHarm = effect === 'none' || effect === 'same-again'

  // An incident or a gateway between does not tell whether the order came into being.
  const isUnclear = status >= 500 && (epguCode === undefined || epguCode === 'internal_error')
  if (isUnclear && !isWithoutHarm) {
    const why = { reason: 'unavailable', httpStatus: status } as const

    return { kind: 'not-taken', error: outcomeUnknown(call, why), isRepeatable: false }
  }

  const isCodePassing = epguCode === undefined || epguCode === 'limitation_exception'

  return {
    kind: 'not-taken',
    error: refused(call, refusal, status, retryAfterMs),
    isRepeatable: isPassing(status) && isCodePassing && effect !== 'creates',
    retryAfterMs,
  }
}
