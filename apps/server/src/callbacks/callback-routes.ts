import type { FastifyPluginAsync } from 'fastify'
import type { AppContext } from '../app-context.ts'
import { type CallbackRequest, handleCallback } from './handle-callback.ts'
import { createRefusalJournal } from './refusal-journal.ts'

/**
 * `/cb/{provider}/{token}/…`: services and apps call us. The token names one request; the provider
 * reads the call; the core stores, judges and moves; the provider words the answer.
 */
export function callbackRoutes(app: AppContext): FastifyPluginAsync {
  return async (fastify) => {
    const journal = createRefusalJournal(app)
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    fastify.route<CallbackRequest>({
      method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
      url: '/cb/:provider/:token/*',
      bodyLimit: Number.MAX_SAFE_INTEGER,
      schema: { hide: true } as object,
      handler: (request, reply) => handleCallback({ app, journal }, request, reply),
    })
  }
}
