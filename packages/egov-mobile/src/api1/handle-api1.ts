import type { ServiceReply, ServiceRequest } from '../http/message.ts'
import { readLocale } from '../http/read-locale.ts'
import type { RefusalCode } from '../http/refusals.ts'
import { jsonReply, methodNotAllowedReply, refusalReply } from '../http/reply.ts'
import type { Session } from '../session/session.ts'
import { sessionRefusal } from '../session/session-refusal.ts'
import { buildApi1Body } from './build-api1-body.ts'

/** What was answered, and why when it was a refusal. */
export type Handled = {
  readonly reply: ServiceReply
  readonly refusal?: RefusalCode
}

/**
 * Answers a call of API #1: GET only, 200 with the session's data, or a localised refusal
 * (405, 409, 410). The token stands in the answer in clear, every time: the app has it from nowhere
 * else, so the URL of API #1 is the secret and must not be guessable (128 random bits at least).
 *
 * @param now the present moment
 */
export function handleApi1(session: Session, request: ServiceRequest, now: Date): Handled {
  const locale = readLocale(request.headers)

  if (request.method !== 'GET') {
    return { reply: methodNotAllowedReply(['GET'], locale), refusal: 'method-not-allowed' }
  }

  const refusal = sessionRefusal(session, now)
  if (refusal !== undefined) return { reply: refusalReply(refusal, locale), refusal }

  return { reply: jsonReply(200, buildApi1Body(session)) }
}
