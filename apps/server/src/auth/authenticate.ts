import type { ActorRef } from '@muhr/envelope'
import type { FastifyRequest } from 'fastify'
import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'
import { roleScopes, type Scope } from './roles.ts'
import { findSession, type SessionUser } from './sessions.ts'

export const sessionCookie = 'muhr_session'

/** Who asks, of which organisation, and what they may. */
export type Caller = {
  readonly organisationId: string
  readonly actor: ActorRef
  readonly name: string
  readonly scopes: readonly string[]
  readonly user?: SessionUser | undefined
}

/**
 * Finds out who asks: an API key (`Authorization: Bearer`), else a browser session. A session that
 * changes something must come from our own pages: browsers send `Origin` with every such request, so a
 * missing or foreign one is refused.
 * @throws Problem `auth.missing`, `auth.invalid`, `request.origin`
 */
export async function authenticate(app: AppContext, request: FastifyRequest): Promise<Caller> {
  const authorization = request.headers.authorization
  if (authorization !== undefined) {
    const [kind, key] = authorization.split(' ')
    const owner =
      kind?.toLowerCase() === 'bearer' && key !== undefined ? await app.keys.find(key) : undefined
    if (owner === undefined || !isOfThisMode(app, owner)) {
      throw new Problem('auth.invalid', 'The API key is unknown or revoked.')
    }

    return {
      organisationId: owner.organisationId,
      actor: { kind: 'api-key', id: owner.id },
      name: owner.name,
      scopes: owner.scopes,
    }
  }

  const token = request.cookies[sessionCookie]
  if (token === undefined) {
    throw new Problem('auth.missing', 'This needs a session or an API key.')
  }
  const user = await findSession(app.db, token, app.now())
  if (user === undefined || !isOfThisMode(app, user)) {
    throw new Problem('auth.invalid', 'The session has ended.')
  }
  if (!['GET', 'HEAD'].includes(request.method)) {
    requireOwnOrigin(app, request)
  }

  return {
    organisationId: user.organisationId,
    actor: { kind: 'user', id: user.id },
    name: user.name,
    scopes: roleScopes[user.role],
    user,
  }
}

/** What the sandbox handed out opens nothing when the same data folder is served live. */
function isOfThisMode(app: AppContext, owner: { readonly sandbox: boolean }): boolean {
  return app.config.mode === 'sandbox' || !owner.sandbox
}

/**
 * Refuses a change that did not come from a page of this installation.
 * @throws Problem `request.origin`
 */
export function requireOwnOrigin(app: AppContext, request: FastifyRequest): void {
  const origin = request.headers.origin
  if (origin === undefined || !app.config.origins.includes(origin)) {
    throw new Problem('request.origin', 'The request came from another site.')
  }
}

/**
 * Refuses a caller without a scope.
 * @throws Problem `auth.forbidden`
 */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope)) {
    throw new Problem('auth.forbidden', `This needs the scope ${scope}.`)
  }
}
