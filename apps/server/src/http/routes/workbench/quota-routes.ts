import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../../app-context.ts'
import { callerOf } from '../../../auth/guard-api.ts'
import { roomOf } from '../../../pacing/take-slot.ts'
import { loadAccount } from '../../../workbench/accounts.ts'
import { bucketOfOrders } from '../../../workbench/gateways.ts'

const quotaSchema = z
  .object({
    limit: z.int().describe('Orders of the service that the employee may start in a window'),
    windowSeconds: z.int(),
    free: z.int().describe('Orders that may start now'),
    availableAt: z.string().describe('When the next one may start, if nobody else takes its place'),
  })
  .meta({ id: 'OrderQuota' })

/** `/v1/workbench/accounts/{id}/quota`: when the next order may start. */
export function workbenchQuotaRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.get(
      '/workbench/accounts/:id/quota',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary:
            'How many orders of a service may start now, and when the next one: envelopes to Госключ in the name of the same employee count too',
          params: z.object({ id: z.string().max(120) }),
          querystring: z.object({ serviceCode: z.string().regex(/^[0-9]{1,20}$/) }),
          response: { 200: quotaSchema },
        },
      },
      async (request) => {
        const { organisationId } = callerOf(request)
        const account = await loadAccount(app, organisationId, request.params.id)
        const wanted = bucketOfOrders(account, request.query.serviceCode)
        const { free, availableAt } = await roomOf(app, wanted)

        return {
          limit: wanted.bucket.limit,
          windowSeconds: wanted.bucket.windowMs / 1_000,
          free,
          availableAt: availableAt.toISOString(),
        }
      },
    )
  }
}
