import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AppContext } from '../app-context.ts'
import { authenticate, type Caller, requireScope } from './authenticate.ts'
import type { Scope } from './roles.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a caller of this operation needs; `public`: nothing; absent: to be somebody. */
    readonly needs?: Scope | 'public'
  }
  interface FastifyRequest {
    caller: Caller | undefined
  }
}

/**
 * Finds out who asks and whether they may, before a byte of the body is read: the one place where the
 * scopes of operations are checked. An operation that says nothing is closed to strangers.
 */
export function guardApi(app: AppContext, fastify: FastifyInstance): void {
  fastify.decorateRequest('caller', undefined)
  fastify.addHook('onRequest', async (request) => {
    const { needs } = request.routeOptions.config
    if (needs === 'public') {
      return
    }
    request.caller = await authenticate(app, request)
    if (needs !== undefined) {
      requireScope(request.caller, needs)
    }
  })
}

/** Who asks. Only for operations that are not public. */
export function callerOf(request: Pick<FastifyRequest, 'caller'>): Caller {
  if (request.caller === undefined) {
    throw new Error('a public operation has no caller')
  }

  return request.caller
}
