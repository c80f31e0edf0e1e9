import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf } from '../../../auth/guard-api.ts'
import { type CallRow, listCalls, loadCall } from '../../../workbench/calls.ts'
import { isHarmless, repeatCall } from '../../../workbench/repeat-call.ts'
import type { Workbench } from '../../../workbench/workbench.ts'
import { idempotent } from '../../idempotency.ts'
import {
  type CallBody,
  callDetailSchema,
  callSchema,
} from '../../schemas/workbench-call-schemas.ts'

function presentCall(row: CallRow): CallBody {
  return {
    id: row.id,
    account: row.account_id,
    order: row.order_id,
    operation: row.operation as CallBody['operation'],
    method: row.method,
    url: row.url,
    at: row.at,
    elapsedMs: row.elapsed_ms,
    status: row.status,
    fault: row.fault,
  }
}

/** `/v1/workbench/calls`: what was asked of ESIA and the portal, and what they answered. */
export function workbenchCallRoutes(workbench: Workbench): FastifyPluginAsyncZod {
  const { app, calls } = workbench

  return async (fastify) => {
    fastify.get(
      '/workbench/calls',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'Calls to ESIA and the portal, newest first; the last 500 are kept',
          querystring: z.object({
            order: z.string().max(60).optional(),
            before: z.string().max(60).optional().describe('Id of the last one that is known'),
            limit: z.coerce.number().int().min(1).max(200).default(50),
          }),
          response: { 200: z.object({ items: z.array(callSchema) }) },
        },
      },
      async (request) => {
        await calls.settled()
        const rows = await listCalls(app, callerOf(request).organisationId, request.query)

        return { items: rows.map(presentCall) }
      },
    )

    fastify.get(
      '/workbench/calls/:id',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary:
            'A call with request and answer; API-Key, signature and token replaced by {names}',
          params: z.object({ id: z.string().max(60) }),
          response: { 200: callDetailSchema },
        },
      },
      async (request) => {
        const call = await loadCall(app, callerOf(request).organisationId, request.params.id)
        const { headers, body, fields, file, bytes } = call.request

        return {
          ...presentCall(call),
          request: {
            headers,
            body: body ?? null,
            fields: (fields ?? []).map(({ name, value, contentType }) => ({
              name,
              value,
              contentType: contentType ?? null,
            })),
            file: file ?? null,
            bytes: bytes ?? null,
          },
          answer: {
            mediaType: call.media_type,
            bytes: call.answer_bytes,
            text: call.answer ?? null,
          },
          told: call.told ?? null,
          isRepeatable: isHarmless(call.operation),
        }
      },
    )

    fastify.post(
      '/workbench/calls/:id/repeat',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary: 'Make a call without an effect again; the id of the call that came of it',
          params: z.object({ id: z.string().max(60) }),
          response: { 200: z.object({ id: z.string() }) },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)

        return idempotent(app, { request, reply, caller }, async () => ({
          status: 200,
          body: await repeatCall(workbench, caller, request.params.id),
        }))
      },
    )
  }
}
