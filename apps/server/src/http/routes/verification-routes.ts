import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import { verifyStranger } from '../../verification/verify-stranger.ts'
import { Problem } from '../problems.ts'
import { limitRate } from '../rate-limit.ts'
import { reportSchema } from '../schemas/report-schemas.ts'

const maxContainerBytes = 20 * 1024 * 1024
/** Verifications of strangers at the same time; the next one is asked to come back. */
const maxAtOnce = 2
const base64 = z.string().regex(/^[A-Za-z0-9+/=\s]+$/)

/** Raw types of a container; then the body is the container, and `policy` is in the query. */
const rawTypes = [
  'application/octet-stream',
  'application/pkcs7-signature',
  'application/pkcs7-mime',
  'application/cms',
  'application/xml',
  'text/xml',
  'application/zip',
]

const wishSchema = z.strictObject({
  container: base64.describe(
    'The signature container, a signed XML document or an evidence bundle, base64',
  ),
  content: base64.optional().describe('The signed document, base64, when detached'),
  policy: z.string().max(40).optional(),
})

/**
 * `POST /v1/verifications`: anyone may have a signature checked; nothing is stored. Bounded in size, in
 * how often one address may ask, in how many are checked at once, and each in time and memory.
 */
export function verificationRoutes(app: AppContext): FastifyPluginAsyncZod {
  let running = 0
  const { verificationsPerMinute } = app.config
  const refuseTooMany = limitRate(
    { perMinute: verificationsPerMinute, burst: verificationsPerMinute },
    () => app.now().getTime(),
  )

  return async (fastify) => {
    fastify.addContentTypeParser(rawTypes, { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, { container: body.toString('base64') }),
    )
    fastify.post(
      '/verifications',
      {
        config: { needs: 'public' },
        bodyLimit: maxContainerBytes * 3,
        // Before the body is read: what waits in memory is as bounded as what is checked.
        onRequest: async (request, reply) => {
          await refuseTooMany(request, reply)
          if (running >= maxAtOnce) {
            reply.header('retry-after', '2')
            throw new Problem('request.too-many', 'Other signatures are being checked.')
          }
          running += 1
          reply.raw.once('close', () => {
            running -= 1
          })
        },
        schema: {
          tags: ['verifications'],
          summary: 'Verify a signature; public, nothing is stored. JSON, or the raw container',
          security: [],
          querystring: z.object({ policy: z.string().max(40).optional() }),
          body: wishSchema,
          response: { 200: reportSchema },
        },
      },
      async (request) => {
        const { container, content, policy } = request.body

        return verifyStranger(app, {
          container: Buffer.from(container, 'base64'),
          content: content === undefined ? undefined : Buffer.from(content, 'base64'),
          policy: policy ?? request.query.policy,
        })
      },
    )
  }
}
