import type { ServiceReply } from './message.ts'
import type { AppLocale } from './read-locale.ts'
import { type RefusalCode, refusals } from './refusals.ts'

const utf8 = new TextEncoder()

/** What the app gets when every signature passed. */
export type SuccessForm = {
  /** `json` sends `{"message":"success"}`, `text` the bare word. Default `json` [assumed]. */
  readonly form?: 'json' | 'text'
  /** Where the app may lead the user back to [public client]; only with `json`. */
  readonly backUrl?: string
}

/** A JSON answer: UTF-8, never kept by a cache. */
export function jsonReply(status: number, value: unknown): ServiceReply {
  return bytesReply(status, utf8.encode(JSON.stringify(value)), 'application/json; charset=utf-8')
}

/** Status 200 and the message "success" [seed, section "Возвращаемые статусы"]. */
export function successReply({ form = 'json', backUrl }: SuccessForm = {}): ServiceReply {
  if (form === 'text') return bytesReply(200, utf8.encode('success'), 'text/plain; charset=utf-8')

  return jsonReply(200, {
    message: 'success',
    ...(backUrl === undefined ? {} : { backUrl }),
  })
}

/** The answer to a cancellation. Its code is not documented: 200 by default [assumed]. */
export function canceledReply(status: 200 | 400 = 200): ServiceReply {
  return jsonReply(status, { message: 'canceled' })
}

/**
 * A refusal as the app shows it: `{"message": …}` in its language [seed, last section], with the
 * status of the table.
 */
export function refusalReply(code: RefusalCode, locale: AppLocale): ServiceReply {
  const { status, text } = refusals[code]
  const reply = jsonReply(status, { message: text[locale] })

  // RFC 9110 section 15.5.2: a 401 names the scheme it wants.
  return status === 401
    ? { ...reply, headers: { ...reply.headers, 'www-authenticate': 'Bearer' } }
    : reply
}

/** The refusal of a verb; RFC 9110 section 15.5.6 wants the list of those allowed. */
export function methodNotAllowedReply(allowed: readonly string[], locale: AppLocale): ServiceReply {
  const reply = refusalReply('method-not-allowed', locale)

  return { ...reply, headers: { ...reply.headers, allow: allowed.join(', ') } }
}

function bytesReply(status: number, body: Uint8Array, contentType: string): ServiceReply {
  return {
    status,
    headers: {
      'content-type': contentType,
      'content-length': String(body.length),
      'cache-control': 'no-store',
    },
    body,
  }
}
