import type { FastifyInstance } from 'fastify'
import type { AppContext } from '../app-context.ts'
import { Problem } from './problems.ts'

/**
 * Refuses requests for other names than ours, also on loopback: a page of a stranger whose name was
 * rebound to 127.0.0.1 sends its own name as `Host`.
 */
export function guardHost(app: AppContext, fastify: FastifyInstance): void {
  const hosts = new Set(app.config.hosts)
  fastify.addHook('onRequest', (request, _reply, done) => {
    const host = request.headers.host?.toLowerCase()
    done(
      host !== undefined && hosts.has(host)
        ? undefined
        : new Problem('request.host', 'This server does not go by that name.'),
    )
  })
}

const contentPolicy =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Policy of a page that shows pages of these origins in frames, beside what all may show. */
export function policyFraming(origins: readonly string[]): string {
  return contentPolicy.replace("frame-src 'self'", ["frame-src 'self'", ...origins].join(' '))
}

/**
 * Policy of the application's page: the clerk's signing plug-in is reached by a script of its browser
 * extension, which only somebody at that browser can install.
 */
export const applicationPolicy = `${contentPolicy}; script-src 'self' chrome-extension: moz-extension: safari-web-extension:`

const defaults = Object.entries({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': contentPolicy,
})

/** Headers of every answer; a route that needs others sets its own before. */
export function securityHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    for (const [name, value] of defaults) {
      if (!reply.hasHeader(name)) {
        reply.header(name, value)
      }
    }
    done()
  })
}
