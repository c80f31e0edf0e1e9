import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Caller } from '../../../auth/authenticate.ts'
import { callerOf } from '../../../auth/guard-api.ts'
import { digestOfBody } from '../../../documents/receive-document.ts'
import { addFile, removeFile } from '../../../workbench/change-content.ts'
import { filesOf } from '../../../workbench/order-files.ts'
import { loadOrder, type OrderRow } from '../../../workbench/orders.ts'
import { lookAtPackage } from '../../../workbench/package-rules.ts'
import { uploadPackage } from '../../../workbench/upload-package.ts'
import type { Workbench } from '../../../workbench/workbench.ts'
import { idempotent } from '../../idempotency.ts'
import { Problem } from '../../problems.ts'
import { bytesOf } from '../../schemas/answers.ts'
import { orderDetailSchema, packageSchema } from '../../schemas/workbench-schemas.ts'
import { sendBytes } from '../../send-bytes.ts'
import { presentOrderDetail } from './present-order.ts'

const params = z.object({ id: z.string().max(60) })
const fileParams = params.extend({ file: z.string().max(60) })
const mediaTypeForm = /^[\w.+-]+\/[\w.+-]+$/

type Http = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/** Files of workbench orders: bodies are their bytes, streamed. */
export function workbenchFileRoutes(workbench: Workbench): FastifyPluginAsyncZod {
  const { app } = workbench
  const maxBytes = app.config.maxEnvelopeBytes + 16 * 1024 * 1024
  /** Takes bytes in, once for an Idempotency-Key. */
  const take = (
    { request, reply }: Http,
    run: (at: {
      readonly caller: Caller
      readonly order: OrderRow
      readonly body: Readable
    }) => Promise<OrderRow>,
  ) => {
    const caller = callerOf(request)
    const { id } = request.params as { readonly id: string }
    const body = request.body as Readable

    return idempotent(
      app,
      { request, reply, caller },
      async () => {
        const order = await loadOrder(app, caller.organisationId, id)

        return {
          status: 201,
          body: await presentOrderDetail(workbench, await run({ caller, order, body })),
        }
      },
      () => digestOfBody(body, maxBytes),
    )
  }

  return async (fastify) => {
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

    fastify.post(
      '/workbench/orders/:id/files',
      {
        config: { needs: 'workbench:write', isIdempotent: true, bytes: 'application/octet-stream' },
        bodyLimit: maxBytes,
        schema: {
          tags: ['workbench'],
          summary: 'Add a document to the package: the body is its bytes',
          params,
          querystring: z.object({
            fileName: z.string().min(1).max(200),
            mediaType: z.string().regex(mediaTypeForm).max(127).optional(),
          }),
          response: { 201: orderDetailSchema },
        },
      },
      async (request, reply) => {
        const { fileName, mediaType } = request.query
        const given = request.headers['content-type']?.split(';')[0] ?? ''

        return take({ request, reply }, (at) =>
          addFile(app, {
            ...at,
            fileName,
            mediaType:
              mediaType ?? (mediaTypeForm.test(given) ? given : 'application/octet-stream'),
          }),
        )
      },
    )

    fastify.post(
      '/workbench/orders/:id/package',
      {
        config: { needs: 'workbench:write', isIdempotent: true, bytes: 'application/zip' },
        bodyLimit: maxBytes,
        schema: {
          tags: ['workbench'],
          summary: 'Give a ready-made zip: checked rule by rule, sign_config.xml included',
          params,
          querystring: z.object({
            fileName: z.string().min(1).max(200).default('package.zip'),
            asIs: z.stringbool().default(false).describe('Keep it although it breaks rules'),
          }),
          response: { 201: orderDetailSchema },
        },
      },
      async (request, reply) => {
        const { fileName, asIs } = request.query

        return take({ request, reply }, (at) => uploadPackage(app, { ...at, fileName, asIs }))
      },
    )

    fastify.get(
      '/workbench/orders/:id/package',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'What lies in the package, signed or not, and every rule that it breaks',
          params,
          response: { 200: packageSchema },
        },
      },
      async (request) => {
        const { organisationId } = callerOf(request)
        const order = await loadOrder(app, organisationId, request.params.id)
        const { files, faults } = await lookAtPackage(app, order)

        return { files: [...files], faults: [...faults] }
      },
    )

    fastify.get(
      '/workbench/orders/:id/files/:file',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'The bytes of a file that was sent or received, removed ones too',
          params: fileParams,
          response: { 200: bytesOf('The file', '*/*') },
        },
      },
      async (request, reply) => {
        const { organisationId } = callerOf(request)
        const { id, file: fileId } = request.params
        const order = await loadOrder(app, organisationId, id)
        const file = (await filesOf(app.db, order)).find((each) => each.id === fileId)
        if (file === undefined) {
          throw new Problem('request.not-found', 'There is no such file.')
        }

        return sendBytes(reply, app.store, {
          sha256: file.sha256,
          size: file.size,
          mediaType: file.media_type,
          fileName: file.name,
        })
      },
    )

    fastify.delete(
      '/workbench/orders/:id/files/:file',
      {
        config: { needs: 'workbench:write' },
        schema: {
          tags: ['workbench'],
          summary: 'Take a document out of the package; its bytes stay downloadable',
          params: fileParams,
          response: { 200: orderDetailSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const { id, file: fileId } = request.params
        const order = await loadOrder(app, caller.organisationId, id)

        return presentOrderDetail(workbench, await removeFile(app, { caller, order, fileId }))
      },
    )
  }
}
