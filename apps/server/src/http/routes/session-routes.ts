import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import { requireOwnOrigin, sessionCookie } from '../../auth/authenticate.ts'
import { callerOf } from '../../auth/guard-api.ts'
import { endSession, useLoginLink } from '../../auth/sessions.ts'
import { listConnections } from '../../connections/find-connections.ts'
import { loadOrganisation } from '../../connections/load-connection.ts'
import { version } from '../../version.ts'
import { failingConnections } from '../../watching/failing-connections.ts'
import { lateSeconds } from '../../watching/late-connections.ts'
import { Problem } from '../problems.ts'
import { localeSchema } from '../schemas/envelope-schemas.ts'
import { providersSchema, sessionSchema } from '../schemas/session-schemas.ts'

/** `/v1/session`, `/v1/providers`: who is here and what can be used. */
export function sessionRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.get(
      '/session',
      {
        schema: {
          tags: ['session'],
          summary: 'Who is logged in, and in which installation',
          response: { 200: sessionSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const organisation = await app.db
          .selectFrom('organisations')
          .select(['id', 'name', 'names', 'bin', 'sandbox'])
          .where('id', '=', caller.organisationId)
          .executeTakeFirstOrThrow()

        return {
          user: caller.user ?? { id: '', name: caller.name, role: 'sender', locale: 'ru' },
          organisation: { ...organisation, bin: organisation.bin ?? undefined },
          mode: app.config.mode,
          sandbox:
            app.config.mode === 'sandbox'
              ? {
                  consoleUrl: app.config.sandboxConsoleUrl,
                  phoneUrl: `${app.config.sandboxConsoleUrl}/phone`,
                }
              : undefined,
          scopes: [...caller.scopes],
          version,
        }
      },
    )

    fastify.patch(
      '/session',
      {
        schema: {
          tags: ['session'],
          summary: 'Choose the language of the pages',
          body: z.strictObject({ locale: localeSchema }),
          response: { 200: z.object({ locale: localeSchema }) },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        if (caller.user === undefined) {
          throw new Problem('auth.forbidden', 'Only a person has a language.')
        }
        await app.db
          .updateTable('users')
          .set({ locale: request.body.locale })
          .where('id', '=', caller.user.id)
          .execute()

        return { locale: request.body.locale }
      },
    )

    fastify.post(
      '/session/logout',
      {
        config: { needs: 'public' },
        schema: {
          tags: ['session'],
          summary: 'End this session',
          response: { 204: z.null().describe('Ended') },
        },
      },
      async (request, reply) => {
        requireOwnOrigin(app, request)
        const token = request.cookies[sessionCookie]
        if (token !== undefined) {
          await endSession(app.db, token)
        }

        return reply.clearCookie(sessionCookie, { path: '/' }).code(204).send(null)
      },
    )

    fastify.get(
      '/providers',
      {
        config: { needs: 'settings:read' },
        schema: {
          tags: ['providers'],
          summary: 'Installed services, methods and connections',
          response: { 200: providersSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const { connections } = await loadOrganisation(app, caller.organisationId)
        const failing = await failingConnections(app.db, caller.organisationId)
        const oldestDue = new Map(
          (await listConnections(app.db, caller.organisationId)).map((row) => [
            row.id,
            row.oldest_due_at,
          ]),
        )

        return {
          items: [...app.providers.values()].map((provider) => {
            const capabilities = provider.describe()

            return {
              id: capabilities.id,
              country: capabilities.country,
              acts: capabilities.acts,
              limits: capabilities.limits,
              methods: capabilities.methods.map(({ method, detached, format }) => ({
                method,
                detached,
                format,
              })),
              connections: connections
                .filter((connection) => connection.provider === provider && !connection.isDisabled)
                .map(({ id, name, sandbox }) => ({
                  id,
                  name,
                  sandbox,
                  failing: failing.get(id),
                  lateSeconds: lateSeconds(app, provider, oldestDue.get(id) ?? null),
                })),
            }
          }),
        }
      },
    )
  }
}

/** `GET /login/{token}`: a one-time link becomes a browser session. */
export function loginRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.get(
      '/login/:token',
      // Whoever only looks whether the link is there must not use it up.
      {
        exposeHeadRoute: false,
        schema: { hide: true, params: z.object({ token: z.string().max(200) }) },
      },
      async (request, reply) => {
        const lifeMs = app.config.sessionTtlHours * 3_600_000
        const session = await useLoginLink(app.db, {
          token: request.params.token,
          now: app.now(),
          lifeMs,
        })
        if (session === undefined) {
          return reply.redirect('/login?reason=used', 303)
        }

        return reply
          .setCookie(sessionCookie, session, {
            path: '/',
            httpOnly: true,
            sameSite: 'lax',
            secure: app.config.publicUrl.startsWith('https:'),
            maxAge: Math.floor(lifeMs / 1000),
          })
          .header('referrer-policy', 'no-referrer')
          .redirect('/', 303)
      },
    )
  }
}
