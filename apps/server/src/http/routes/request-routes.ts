import type { RequestId } from '@muhr/envelope'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import type { Caller } from '../../auth/authenticate.ts'
import { callerOf } from '../../auth/guard-api.ts'
import { hintRequests } from '../../watching/hint-requests.ts'
import { Problem } from '../problems.ts'
import { envelopeSchema } from '../schemas/envelope-schemas.ts'
import { changeByRequest } from './change-by-request.ts'

const idParams = z.object({ id: z.string().max(60) })

/** `/v1/requests/{id}`: what a person does about one request at a service. */
export function requestRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.post(
      '/requests/:id/resolve',
      {
        config: { needs: 'envelopes:write', isIdempotent: true },
        schema: {
          tags: ['requests'],
          summary:
            'Say that a request whose answer was lost is not at its service: it is asked anew',
          params: idParams,
          body: z.strictObject({ to: z.literal('absent') }),
          response: { 200: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { envelope } = await findRequest(app, caller, request.params.id)

        return changeByRequest(
          app,
          { request, reply, caller },
          {
            envelope,
            input: {
              kind: 'resolve-unknown',
              request: request.params.id as RequestId,
              actor: caller.actor,
              to: request.body.to,
            },
            refusedAs: 'signing.state',
          },
        )
      },
    )

    fastify.post(
      '/requests/:id/look',
      {
        config: { needs: 'envelopes:write' },
        schema: {
          tags: ['requests'],
          summary: 'Ask the service now how a request stands; what it says comes with the envelope',
          params: idParams,
          response: { 202: z.object({ asked: z.boolean() }) },
        },
      },
      async (request, reply) => {
        const { envelope, provider } = await findRequest(app, callerOf(request), request.params.id)
        const asked = app.providers.get(provider)?.look !== undefined
        if (asked) {
          await hintRequests(app, [{ envelope, request: request.params.id as RequestId }])
        }

        return reply.code(202).send({ asked })
      },
    )
  }
}

async function findRequest(
  app: AppContext,
  caller: Caller,
  id: string,
): Promise<{ readonly envelope: string; readonly provider: string }> {
  const row = await app.db
    .selectFrom('requests')
    .select(['envelope_id', 'provider'])
    .where('id', '=', id)
    .where('organisation_id', '=', caller.organisationId)
    .executeTakeFirst()
  if (row === undefined) {
    throw new Problem('request.not-found', 'There is no such request.')
  }

  return { envelope: row.envelope_id, provider: row.provider }
}
