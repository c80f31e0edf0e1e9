import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import { verifyStranger } from '../../verification/verify-stranger.ts'
import { Problem } from '../problems.ts'

const maxContainerBytes = 20 * 1024 * 1024
/** Verifications of strangers at the same time; the next one is asked to come back. */
const maxAtOnce = 2
const base64 = z.string().regex(/^[A-Za-z0-9+/=\s]+$/)

/** `POST /v1/verifications`: anyone may have a signature checked; nothing is stored. */
export function verificationRoutes(app: AppContext): FastifyPluginAsyncZod {
  let running = 0

  return async (fastify) => {
    fastify.post(
      '/verifications',
      {
        bodyLimit: maxContainerBytes * 3,
        schema: {
          tags: ['verifications'],
          summary: 'Verify a signature; public, nothing is stored',
          security: [],
          body: z.strictObject({
            container: base64.describe('The signature container, base64'),
            content: base64.optional().describe('The signed document, base64, when detached'),
            policy: z.string().max(40).optional(),
          }),
        },
      },
      async (request, reply) => {
        if (running >= maxAtOnce) {
          reply.header('retry-after', '2')
          throw new Problem('request.too-many', 'Other signatures are being checked.')
        }
        running += 1
        try {
          const { container, content, policy } = request.body

          return await verifyStranger(app, {
            container: Buffer.from(container, 'base64'),
            content: content === undefined ? undefined : Buffer.from(content, 'base64'),
            policy,
          })
        } finally {
          running -= 1
        }
      },
    )
  }
}
