import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../app-context.ts'
import { Problem } from './problems.ts'

/**
 * Refuses requests for other names than ours, also on loopback: a page of a stranger whose name was
 * rebound to 127.0.0.1 sends its own name as `Host`.
 */
export function guardHost(app: AppContext, fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => {
    const host = request.headers.host?.toLowerCase()
    if (host === undefined || !app.config.hosts.includes(host)) {
      throw new Problem('request.host', 'This server does not go by that name.')
    }
  })
}

/** Headers of every answer; a route that needs others sets its own before. */
export function securityHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (_request, reply) => {
    const defaults = {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'content-security-policy':
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    }
    for (const [name, value] of Object.entries(defaults)) {
      if (!reply.hasHeader(name)) {
        reply.header(name, value)
      }
    }
  })
}
