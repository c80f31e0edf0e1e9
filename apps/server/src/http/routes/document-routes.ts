import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import { callerOf } from '../../auth/guard-api.ts'
import { findDocument } from '../../documents/find-document.ts'
import { digestOfBody, insertDocument, receiveDocument } from '../../documents/receive-document.ts'
import { idempotent } from '../idempotency.ts'
import { Problem } from '../problems.ts'
import { bytesOf } from '../schemas/answers.ts'
import { sendBytes } from '../send-bytes.ts'

const documentSchema = z
  .object({
    id: z.string(),
    sha256: z.string(),
    size: z.int(),
    mediaType: z.string(),
    fileName: z.string(),
  })
  .meta({ id: 'Document' })

/** `POST /v1/documents` (raw bytes, streamed) and `GET /v1/documents/{id}/content`. */
export function documentRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    // The body stays a stream: it is hashed and stored while it flows, never held whole.
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

    fastify.post(
      '/documents',
      {
        config: { needs: 'documents:write', isIdempotent: true, bytes: 'application/octet-stream' },
        bodyLimit: app.config.maxEnvelopeBytes + 1,
        schema: {
          tags: ['documents'],
          summary: 'Upload a document: the body is its bytes',
          querystring: z.object({
            fileName: z.string().describe('Name without folders, up to 255 bytes of UTF-8'),
            mediaType: z.string().max(127).optional(),
          }),
          response: { 201: documentSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { fileName, mediaType } = request.query
        const claimed = request.headers['x-muhr-sha256']
        const body = request.body as Readable

        return idempotent(
          app,
          { request, reply, caller },
          async (keep) => {
            const document = await receiveDocument(app, {
              body,
              fileName,
              mediaType: mediaType ?? request.headers['content-type'],
              claimedSha256: typeof claimed === 'string' ? claimed : undefined,
              contentLength: Number(request.headers['content-length'] ?? Number.NaN),
            })
            const answer = { status: 201, body: document }
            if (keep === undefined) {
              await insertDocument(app.db, caller, document)
            } else {
              await app.db.transaction().execute(async (tx) => {
                await insertDocument(tx, caller, document)
                await keep(tx, answer, document.sha256)
              })
            }

            return answer
          },
          () => digestOfBody(body, app.config.maxEnvelopeBytes),
        )
      },
    )

    fastify.get(
      '/documents/:id/content',
      {
        config: { needs: 'documents:read' },
        schema: {
          tags: ['documents'],
          summary: 'The bytes of a document',
          params: z.object({ id: z.string().max(60) }),
          response: { 200: bytesOf('The document', '*/*') },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const document = await findDocument(app.db, caller.organisationId, request.params.id)
        if (document === undefined) {
          throw new Problem('request.not-found', 'There is no such document.')
        }

        return sendBytes(reply, app.store, document)
      },
    )
  }
}
