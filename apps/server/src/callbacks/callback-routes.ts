import type { FastifyPluginAsync } from 'fastify'
import type { AppContext } from '../app-context.ts'
import { type CallbackRequest, handleCallback } from './handle-callback.ts'
import { handleNotice, type NoticeRequest, noticeLimitBytes } from './handle-notice.ts'
import { createRefusalJournal } from './refusal-journal.ts'

/**
 * `/cb/{provider}/{token}/…`: services and apps call us. The token names one request; the provider
 * reads the call; the core stores, judges and moves; the provider words the answer.
 * `/cb/{provider}/c/{id}.{token}`: a call about a connection; its provider says which requests may have
 * news, and the service is asked about each.
 */
export function callbackRoutes(app: AppContext): FastifyPluginAsync {
  return async (fastify) => {
    const journal = createRefusalJournal(app)
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    const method = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']
    for (const url of ['/cb/:provider/:token', '/cb/:provider/:token/*']) {
      fastify.route<CallbackRequest>({
        method,
        url,
        bodyLimit: Number.MAX_SAFE_INTEGER,
        schema: { hide: true } as object,
        handler: (request, reply) => handleCallback({ app, journal }, request, reply),
      })
    }
    fastify.route<NoticeRequest>({
      method,
      url: '/cb/:provider/c/:name',
      bodyLimit: noticeLimitBytes,
      schema: { hide: true } as object,
      handler: (request, reply) => handleNotice({ app, journal }, request, reply),
    })
  }
}
