import type { EnvelopeAggregate, Signing } from '@muhr/envelope'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import type { Caller } from '../../auth/authenticate.ts'
import { callerOf } from '../../auth/guard-api.ts'
import { loadAggregate } from '../../envelopes/load-aggregate.ts'
import { presentReports } from '../../verification/present-reports.ts'
import { Problem } from '../problems.ts'
import { bytesOf } from '../schemas/answers.ts'
import { envelopeSchema } from '../schemas/envelope-schemas.ts'
import { signingReportSchema } from '../schemas/report-schemas.ts'
import { changeByRequest } from './change-by-request.ts'

const idParams = z.object({ id: z.string().max(60) })

/** `/v1/signings/{id}`: report, acceptance of a held signature, a new request. */
export function signingRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.get(
      '/signings/:id/report',
      {
        config: { needs: 'envelopes:read' },
        schema: {
          tags: ['signings'],
          summary: 'The verification reports of a signing, the one that stands first',
          params: idParams,
          response: { 200: signingReportSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const aggregate = await aggregateOfSigning(app, caller, request.params.id)

        return presentReports(app.db, aggregate, request.params.id)
      },
    )

    fastify.post(
      '/signings/:id/accept',
      {
        config: { needs: 'signings:accept', isIdempotent: true },
        schema: {
          tags: ['signings'],
          summary: 'Accept a held signature by name, with a reason that is shown for ever',
          params: idParams,
          body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
          response: { 200: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        // Rule 1 of the design: a named person. A key is not one, whatever its scopes.
        if (caller.user === undefined) {
          throw new Problem('auth.forbidden', 'Only a person who is logged in can accept.')
        }
        const aggregate = await aggregateOfSigning(app, caller, request.params.id)

        return changeByRequest(
          app,
          { request, reply, caller },
          {
            envelope: aggregate.envelope.id,
            input: {
              kind: 'accept-held',
              signing: signingOf(aggregate, request.params.id),
              actor: caller.actor,
              reason: request.body.reason,
            },
            refusedAs: 'signing.state',
          },
        )
      },
    )

    fastify.post(
      '/signings/:id/renew',
      {
        config: { needs: 'envelopes:write', isIdempotent: true },
        schema: {
          tags: ['signings'],
          summary: 'Ask again: a new request in place of the last one',
          params: idParams,
          response: { 200: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const aggregate = await aggregateOfSigning(app, caller, request.params.id)

        return changeByRequest(
          app,
          { request, reply, caller },
          {
            envelope: aggregate.envelope.id,
            input: {
              kind: 'renew',
              signing: signingOf(aggregate, request.params.id),
              actor: caller.actor,
            },
            refusedAs: 'signing.state',
          },
        )
      },
    )

    fastify.get(
      '/artifacts/:sha256',
      {
        config: { needs: 'envelopes:read' },
        schema: {
          tags: ['signings'],
          summary: 'A signature container as it was received',
          params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
          response: { 200: bytesOf('The container', 'application/pkcs7-signature') },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const row = await app.db
          .selectFrom('artifacts')
          .select(['sha256', 'format'])
          .where('sha256', '=', request.params.sha256)
          .where('organisation_id', '=', caller.organisationId)
          .limit(1)
          .executeTakeFirst()
        if (row === undefined) {
          throw new Problem('request.not-found', 'There is no such signature.')
        }
        const bytes = await app.store.read(request.params.sha256 as never)

        return reply
          .header('content-type', 'application/pkcs7-signature')
          .header('content-disposition', `attachment; filename="${row.sha256.slice(0, 16)}.p7s"`)
          .header('x-content-type-options', 'nosniff')
          .send(Buffer.from(bytes))
      },
    )
  }
}

function signingOf(aggregate: EnvelopeAggregate, id: string): Signing['id'] {
  const signing = aggregate.signings.find((candidate) => candidate.id === id)
  if (signing === undefined) {
    throw new Problem('request.not-found', 'There is no such signing.')
  }

  return signing.id
}

async function aggregateOfSigning(
  app: AppContext,
  caller: Caller,
  signing: string,
): Promise<EnvelopeAggregate> {
  const aggregate = await loadAggregate(app.db, { signing, organisation: caller.organisationId })
  if (aggregate === undefined) {
    throw new Problem('request.not-found', 'There is no such signing.')
  }

  return aggregate
}
