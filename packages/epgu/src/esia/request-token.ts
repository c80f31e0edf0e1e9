import {
  type BackOff,
  discardBody,
  exchange,
  type Io,
  isPassing,
  readBody,
  readJson,
  readRetryAfter,
  waitBeforeRepeat,
} from '@muhr/http'
import { EpguError } from '../error.ts'
import type { ApiKey } from './api-key.ts'
import { readEsiaRefusal } from './read-refusal.ts'
import { esiaRefused } from './refuse.ts'
import { type EsiaToken, readToken } from './token.ts'

const maxAnswerBytes = 65_536

export type TokenRequest = {
  /** Base of ESIA without a slash at its end. */
  readonly esiaUrl: string
  readonly apiKey: ApiKey
  /** The value of `signature`: base64url. */
  readonly signature: string
  readonly userAgent: string
  readonly timeoutMs: number
  readonly backOff: BackOff
  readonly io: Io
}

/**
 * `GET /esia-rs/api/public/v1/orgs/ext-app/{apiKey}/tkn?signature=…` (spec §1). It has no effect, so
 * it is repeated where the answer is lost, 429 or 502 to 504. Follows no redirect: the address holds
 * the signature.
 *
 * @throws EpguError `esia.refused`, `esia.unreachable`, `esia.unavailable`, `esia.unreadable-answer`
 */
export async function requestToken(request: TokenRequest): Promise<EsiaToken> {
  const { esiaUrl, apiKey, signature, userAgent, timeoutMs, backOff, io } = request
  const url = `${esiaUrl}/esia-rs/api/public/v1/orgs/ext-app/${apiKey}/tkn?signature=${signature}`
  const headers = { accept: 'application/json', 'user-agent': userAgent }

  for (let tries = 1; ; tries += 1) {
    const exchanged = await exchange(io, { url, method: 'GET', headers, timeoutMs })
    if (exchanged.kind === 'answered' && !isPassing(exchanged.response.status)) {
      return readAnswer(exchanged.response, io)
    }

    const retryAfterMs =
      exchanged.kind === 'answered'
        ? readRetryAfter(exchanged.response.headers, io.now())
        : undefined
    const waitMs = waitBeforeRepeat(backOff, tries, retryAfterMs, io.random)
    if (exchanged.kind === 'answered') await discardBody(exchanged.response)
    if (waitMs !== undefined) {
      await io.sleep(waitMs)
    } else if (exchanged.kind === 'answered') {
      throw unavailable(exchanged.response.status, retryAfterMs)
    } else {
      throw unreachable(new URL(esiaUrl).host, exchanged.systemCode)
    }
  }
}

async function readAnswer(response: Response, io: Io): Promise<EsiaToken> {
  const { status } = response
  if (status >= 300 && status < 400) {
    await discardBody(response)
    throw unreadable('redirect', status)
  }

  const body = await readBody(response, maxAnswerBytes)
  if (status !== 200) {
    const refusal = readEsiaRefusal(body.ok ? body.bytes : new Uint8Array())
    // What names no code is no word about the API-Key: an incident, or an answer of another kind.
    if (refusal.esiaCode === undefined && status >= 500) throw unavailable(status, undefined)
    if (refusal.esiaCode === undefined && status < 300) throw unreadable('wrong-shape', status)
    throw esiaRefused(refusal, status)
  }
  if (!body.ok) throw unreadable(body.reason, status)

  const reading = readJson(body.bytes)
  const token = reading.ok ? readToken(reading.value, io.now()) : undefined
  if (token !== undefined) return token

  const refusal = readEsiaRefusal(body.bytes)
  if (refusal.esiaCode !== undefined) throw esiaRefused(refusal, status)
  throw unreadable(reading.ok ? 'wrong-shape' : reading.reason, status)
}

function unreadable(
  reason: EpguError<'esia.unreadable-answer'>['data']['reason'],
  httpStatus: number,
): EpguError<'esia.unreadable-answer'> {
  return new EpguError({
    code: 'esia.unreadable-answer',
    message: `The answer of ESIA holds no token that can be read: ${reason}.`,
    advice:
      'Check that the address is that of ESIA, and that no proxy or login page answers for it.',
    data: { reason, httpStatus },
  })
}

function unavailable(
  httpStatus: number,
  retryAfterMs: number | undefined,
): EpguError<'esia.unavailable'> {
  return new EpguError({
    code: 'esia.unavailable',
    message: `ESIA answers HTTP ${httpStatus}.`,
    advice: 'Try again later; see the news of the operator when it lasts.',
    data: { httpStatus, retryAfterMs },
  })
}

function unreachable(host: string, systemCode: string | undefined): EpguError<'esia.unreachable'> {
  return new EpguError({
    code: 'esia.unreachable',
    message: `ESIA at ${host} cannot be reached (${systemCode ?? 'connection lost'}).`,
    advice:
      'Check address, network and, where the contour asks for GOST TLS, its local terminator.',
    data: { host, systemCode },
  })
}
