import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import { callerOf } from '../../auth/guard-api.ts'
import { addRoots, readRootFile, removeRoot } from '../../trust-roots/change-roots.ts'
import { describeCandidates, listRoots } from '../../trust-roots/list-roots.ts'
import { idempotent } from '../idempotency.ts'
import {
  newTrustRootsSchema,
  trustCandidatesSchema,
  trustFileSchema,
  trustListSchema,
} from '../schemas/trust-schemas.ts'

const tags = ['trust']

/** `/v1/trust`: the anchors of the installation. */
export function trustRoutes(app: AppContext): FastifyPluginAsyncZod {
  const list = async () => {
    const { items, unreadable, changeable } = await listRoots(app)

    return { items: [...items], unreadable: [...unreadable], changeable }
  }

  return async (fastify) => {
    fastify.get(
      '/trust',
      {
        config: { needs: 'settings:read' },
        schema: {
          tags,
          summary: 'Anchors that this installation believes',
          response: { 200: trustListSchema },
        },
      },
      list,
    )

    fastify.post(
      '/trust/file',
      {
        config: { needs: 'settings:write', isIdempotent: true },
        schema: {
          tags,
          summary: 'What a file of certificates holds; nothing of it is trusted yet',
          body: trustFileSchema,
          response: { 200: trustCandidatesSchema },
        },
      },
      async (request, reply) =>
        idempotent(app, { request, reply, caller: callerOf(request) }, async () => {
          const { items } = await listRoots(app)
          const known = new Set(items.map(({ sha256 }) => sha256))
          const found = describeCandidates(readRootFile(request.body.file), known)

          return { status: 200, body: { items: [...found] } }
        }),
    )

    fastify.post(
      '/trust',
      {
        config: { needs: 'settings:write', isIdempotent: true },
        schema: {
          tags,
          summary: 'Believe the authorities of a file, all of them or none',
          body: newTrustRootsSchema,
          response: { 201: trustListSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { file, sha256: fingerprints, allowTest } = request.body

        return idempotent(app, { request, reply, caller }, async () => {
          const certificates = readRootFile(file)
          await app.db
            .transaction()
            .execute((tx) => addRoots(app, tx, { caller, certificates, fingerprints, allowTest }))

          return { status: 201, body: await list() }
        })
      },
    )

    fastify.delete(
      '/trust/:sha256',
      {
        config: { needs: 'settings:write' },
        schema: {
          tags,
          summary: 'Believe an authority no more: nothing new is proven by it',
          params: z.object({ sha256: z.string().max(64) }),
          response: { 204: z.null().describe('Removed') },
        },
      },
      async (request, reply) => {
        await app.db
          .transaction()
          .execute((tx) =>
            removeRoot(app, tx, { caller: callerOf(request), sha256: request.params.sha256 }),
          )

        return reply.code(204).send(null)
      },
    )
  }
}
