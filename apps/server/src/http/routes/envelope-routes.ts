import { checkEventChain } from '@muhr/evidence'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import { authenticate, requireScope } from '../../auth/authenticate.ts'
import { type ChangeResult, changeEnvelope } from '../../envelopes/change-envelope.ts'
import { checkEnvelope } from '../../envelopes/check-envelope.ts'
import { createAndSend } from '../../envelopes/create-envelope.ts'
import { findEnvelopes } from '../../envelopes/find-envelopes.ts'
import { loadAggregate } from '../../envelopes/load-aggregate.ts'
import { presentEnvelope } from '../../envelopes/present-envelope.ts'
import { readEvents } from '../../events/read-events.ts'
import { streamEvidence } from '../../evidence/stream-evidence.ts'
import { idempotent } from '../idempotency.ts'
import { Problem } from '../problems.ts'
import {
  type EnvelopeBody,
  envelopeSchema,
  envelopeSummarySchema,
  newEnvelopeSchema,
  preflightAnswerSchema,
  preflightSchema,
} from '../schemas/envelope-schemas.ts'
import { streamEnvelope, streamEnvelopeList } from '../stream-envelope.ts'

const idParams = z.object({ id: z.string().max(60) })

/** The answer to a change, or the problem that it met. */
export async function answerChange(app: AppContext, result: ChangeResult): Promise<EnvelopeBody> {
  if (result.kind === 'not-found') {
    throw new Problem('request.not-found', 'There is no such envelope.')
  }
  if (result.kind === 'refused') {
    throw new Problem('envelope.state', 'The envelope does not allow this now.', {
      advice: result.refusal.advice,
    })
  }

  return presentEnvelope(app, result.next)
}

/** `/v1/envelopes`: create, preflight, list, read, send, void, events, evidence, streams. */
export function envelopeRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.post(
      '/envelopes',
      {
        schema: {
          tags: ['envelopes'],
          summary: 'Create an envelope, and with `send` send it at once',
          body: newEnvelopeSchema,
          response: { 201: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:write')
        const answer = await idempotent(app, caller, request, reply, async (keep) => {
          let body: EnvelopeBody | undefined
          await createAndSend(app, caller, request.body, async (tx, created) => {
            body = {
              ...(await presentEnvelope({ ...app, db: tx as never }, created.aggregate)),
              ...(created.warnings.length === 0 ? {} : { warnings: [...created.warnings] }),
            }
            await keep(tx, { status: 201, body })
          })

          return { status: 201, body }
        })

        return answer as EnvelopeBody
      },
    )

    fastify.post(
      '/envelopes/preflight',
      {
        schema: {
          tags: ['envelopes'],
          summary: 'Everything that stands in the way of an envelope; stores nothing',
          body: preflightSchema,
          response: { 200: preflightAnswerSchema },
        },
      },
      async (request) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:write')
        const checked = await checkEnvelope(app, caller.organisationId, request.body)

        return { obstacles: [...checked.obstacles], warnings: [...checked.warnings] }
      },
    )

    fastify.get(
      '/envelopes',
      {
        schema: {
          tags: ['envelopes'],
          summary: 'Envelopes, newest first; those that need a person are counted',
          querystring: z.object({
            state: z.string().max(20).optional(),
            provider: z.string().max(40).optional(),
            q: z.string().max(200).optional(),
            cursor: z.string().max(120).optional(),
            limit: z.coerce.number().int().min(1).max(100).default(50),
          }),
          response: {
            200: z.object({
              items: z.array(envelopeSummarySchema),
              nextCursor: z.string().optional(),
              counts: z.object({ needsPerson: z.int(), open: z.int(), all: z.int() }),
            }),
          },
        },
      },
      async (request) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:read')

        return findEnvelopes(app.db, caller.organisationId, request.query)
      },
    )

    fastify.get(
      '/envelopes/stream',
      { schema: { tags: ['envelopes'], summary: 'Server-sent events: which envelopes changed' } },
      async (request, reply) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:read')

        return streamEnvelopeList(app, reply, caller.organisationId)
      },
    )

    fastify.get(
      '/envelopes/:id',
      {
        schema: {
          tags: ['envelopes'],
          summary: 'One envelope',
          params: idParams,
          response: { 200: envelopeSchema },
        },
      },
      async (request) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:read')
        const aggregate = await loadAggregate(app.db, request.params.id, caller.organisationId)
        if (aggregate === undefined) {
          throw new Problem('request.not-found', 'There is no such envelope.')
        }

        return presentEnvelope(app, aggregate)
      },
    )

    fastify.post(
      '/envelopes/:id/send',
      {
        schema: {
          tags: ['envelopes'],
          summary: 'Send a draft',
          params: idParams,
          response: { 200: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:write')
        const answer = await idempotent(app, caller, request, reply, async () => ({
          status: 200,
          body: await answerChange(
            app,
            await changeEnvelope(
              app,
              request.params.id,
              { kind: 'send', actor: caller.actor },
              caller.organisationId,
            ),
          ),
        }))

        return answer as EnvelopeBody
      },
    )

    fastify.post(
      '/envelopes/:id/void',
      {
        schema: {
          tags: ['envelopes'],
          summary: 'Take an envelope back; what was signed stays as evidence',
          params: idParams,
          body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
          response: { 200: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:write')
        const answer = await idempotent(app, caller, request, reply, async () => ({
          status: 200,
          body: await answerChange(
            app,
            await changeEnvelope(
              app,
              request.params.id,
              { kind: 'void', actor: caller.actor, reason: request.body.reason },
              caller.organisationId,
            ),
          ),
        }))

        return answer as EnvelopeBody
      },
    )

    fastify.get(
      '/envelopes/:id/events',
      {
        schema: {
          tags: ['envelopes'],
          summary: 'The audit chain of an envelope, computed again',
          params: idParams,
        },
      },
      async (request) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:read')
        const aggregate = await loadAggregate(app.db, request.params.id, caller.organisationId)
        if (aggregate === undefined) {
          throw new Problem('request.not-found', 'There is no such envelope.')
        }
        const events = await readEvents(app.db, aggregate.envelope.id)

        return { items: events, chain: checkEventChain(events) }
      },
    )

    fastify.get(
      '/envelopes/:id/evidence',
      {
        schema: {
          tags: ['envelopes'],
          summary: 'The evidence bundle (zip): the same bytes for the same inputs',
          params: idParams,
        },
      },
      async (request, reply) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'evidence:read')

        return streamEvidence(app, reply, request.params.id, caller.organisationId)
      },
    )

    fastify.get(
      '/envelopes/:id/stream',
      {
        schema: {
          tags: ['envelopes'],
          summary: 'Server-sent events: the envelope whenever it changes',
          params: idParams,
        },
      },
      async (request, reply) => {
        const caller = await authenticate(app, request)
        requireScope(caller, 'envelopes:read')

        return streamEnvelope(app, request, reply, {
          envelopeId: request.params.id,
          organisationId: caller.organisationId,
        })
      },
    )
  }
}
