import type { FastifyPluginAsync } from 'fastify'
import { sql } from 'kysely'
import type { AppContext } from '../../app-context.ts'
import { version } from '../../version.ts'

/** `/healthz`: the process answers. `/readyz`: it can do its work (the database answers). */
export function healthRoutes(app: AppContext): FastifyPluginAsync {
  return async (fastify) => {
    fastify.get('/healthz', { schema: { hide: true } as object }, async () => ({
      status: 'ok',
      version,
    }))
    fastify.get('/readyz', { schema: { hide: true } as object }, async (_request, reply) => {
      try {
        await sql`select 1`.execute(app.db)

        return { status: 'ready' }
      } catch {
        return reply.code(503).send({ status: 'waiting', reason: 'database' })
      }
    })
  }
}
