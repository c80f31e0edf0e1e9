import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import { authenticate, type Caller, requireScope } from '../../auth/authenticate.ts'
import { changeEnvelope } from '../../envelopes/change-envelope.ts'
import { loadAggregate } from '../../envelopes/load-aggregate.ts'
import { readReport } from '../../verification/report-store.ts'
import { idempotent } from '../idempotency.ts'
import { Problem } from '../problems.ts'
import { type EnvelopeBody, envelopeSchema } from '../schemas/envelope-schemas.ts'
import { answerChange } from './envelope-routes.ts'

const idParams = z.object({ id: z.string().max(60) })

/** `/v1/signings/{id}`: report, acceptance of a held signature, a new request. */
export function signingRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.get(
      '/signings/:id/report',
      {
        schema: {
          tags: ['signings'],
          summary: 'The verification reports of a signing, the one that stands first',
          params: idParams,
        },
      },
      async (request) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:read')
        const aggregate = await aggregateOfSigning(app, caller, request.params.id)
        const rank = ['accepted', 'held', 'refused', 'late', 'pending']
        const artifacts = aggregate.artifacts
          .filter((artifact) => artifact.signing === request.params.id)
          .sort((a, b) => rank.indexOf(a.standing) - rank.indexOf(b.standing))
        const reports = []
        for (const artifact of artifacts) {
          const stored = await readReport(app.db, artifact.id)
          if (stored !== undefined) {
            reports.push({
              report: stored.body,
              at: stored.at,
              sha256: stored.sha256,
              artifact: {
                id: artifact.id,
                sha256: artifact.sha256,
                format: artifact.format,
                detached: artifact.detached,
                standing: artifact.standing,
                receivedAt: artifact.receivedAt,
                document: aggregate.contents.find((content) => content.id === artifact.content)
                  ?.document,
              },
            })
          }
        }
        const first = reports[0]
        if (first === undefined) {
          throw new Problem('request.not-found', 'No signature of this signing was checked yet.')
        }

        return { ...first, history: reports, envelope: aggregate.envelope.id }
      },
    )

    fastify.post(
      '/signings/:id/accept',
      {
        schema: {
          tags: ['signings'],
          summary: 'Accept a held signature by name, with a reason that is shown for ever',
          params: idParams,
          body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
          response: { 200: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'signings:accept')
        // Rule 1 of the design: a named person. A key is not one, whatever its scopes.
        if (caller.user === undefined) {
          throw new Problem('auth.forbidden', 'Only a person who is logged in can accept.')
        }
        const aggregate = await aggregateOfSigning(app, caller, request.params.id)

        return (await idempotent(app, caller, request, reply, async () => ({
          status: 200,
          body: await answerChange(
            app,
            await changeEnvelope(
              app,
              aggregate.envelope.id,
              {
                kind: 'accept-held',
                signing: signingOf(aggregate, request.params.id),
                actor: caller.actor,
                reason: request.body.reason,
              },
              caller.organisationId,
            ),
          ),
        }))) as EnvelopeBody
      },
    )

    fastify.post(
      '/signings/:id/renew',
      {
        schema: {
          tags: ['signings'],
          summary: 'Ask again: a new request in place of the last one',
          params: idParams,
          response: { 200: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:write')
        const aggregate = await aggregateOfSigning(app, caller, request.params.id)

        return (await idempotent(app, caller, request, reply, async () => ({
          status: 200,
          body: await answerChange(
            app,
            await changeEnvelope(
              app,
              aggregate.envelope.id,
              {
                kind: 'renew',
                signing: signingOf(aggregate, request.params.id),
                actor: caller.actor,
              },
              caller.organisationId,
            ),
          ),
        }))) as EnvelopeBody
      },
    )

    fastify.get(
      '/artifacts/:sha256',
      {
        schema: {
          tags: ['signings'],
          summary: 'A signature container as it was received',
          params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
        },
      },
      async (request, reply) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:read')
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

type Aggregate = NonNullable<Awaited<ReturnType<typeof loadAggregate>>>

function signingOf(aggregate: Aggregate, id: string): Aggregate['signings'][number]['id'] {
  const signing = aggregate.signings.find((candidate) => candidate.id === id)
  if (signing === undefined) {
    throw new Problem('request.not-found', 'There is no such signing.')
  }

  return signing.id
}

async function aggregateOfSigning(
  app: AppContext,
  caller: Caller,
  signingId: string,
): Promise<Aggregate> {
  const row = await app.db
    .selectFrom('signings')
    .select('envelope_id')
    .where('id', '=', signingId)
    .where('organisation_id', '=', caller.organisationId)
    .executeTakeFirst()
  const aggregate =
    row === undefined
      ? undefined
      : await loadAggregate(app.db, row.envelope_id, caller.organisationId)
  if (aggregate === undefined) {
    throw new Problem('request.not-found', 'There is no such signing.')
  }

  return aggregate
}
