import type { Handled } from '../api1/handle-api1.ts'
import { isAuthentic } from '../http/is-authentic.ts'
import type { ServiceRequest } from '../http/message.ts'
import { readLocale } from '../http/read-locale.ts'
import { methodNotAllowedReply, refusalReply } from '../http/reply.ts'
import type { Session } from '../session/session.ts'
import { sessionRefusal } from '../session/session-refusal.ts'
import { streamApi2Body } from './stream-api2-body.ts'

/**
 * Answers a GET of API #2: the documents to sign as a streamed body with its length, or a localised
 * refusal (401, 405, 409, 410). PUT goes to `readPut`; POST belongs to `Eds`, which this version does
 * not serve.
 *
 * @param now the present moment
 */
export function handleApi2Get(session: Session, request: ServiceRequest, now: Date): Handled {
  const locale = readLocale(request.headers)

  if (request.method !== 'GET') {
    return { reply: methodNotAllowedReply(['GET', 'PUT'], locale), refusal: 'method-not-allowed' }
  }

  const refusal = isAuthentic(session.auth, request.headers)
    ? sessionRefusal(session, now)
    : 'unauthenticated'
  if (refusal !== undefined) return { reply: refusalReply(refusal, locale), refusal }

  const { contentLength, body } = streamApi2Body(session)

  return {
    reply: {
      status: 200,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(contentLength),
        'cache-control': 'no-store',
      },
      body,
    },
  }
}
