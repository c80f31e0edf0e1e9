import { checkEventChain } from '@muhr/evidence'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import { callerOf } from '../../auth/guard-api.ts'
import { checkEnvelope } from '../../envelopes/check-envelope.ts'
import { createAndSend } from '../../envelopes/create-envelope.ts'
import { findEnvelopes } from '../../envelopes/find-envelopes.ts'
import { loadAggregate } from '../../envelopes/load-aggregate.ts'
import { presentEnvelope } from '../../envelopes/present-envelope.ts'
import { readEvents } from '../../events/read-events.ts'
import { streamEvidence } from '../../evidence/stream-evidence.ts'
import { wishedDispatches } from '../../pacing/dispatches-of.ts'
import { idempotent } from '../idempotency.ts'
import { Problem } from '../problems.ts'
import { bytesOf, eventsOf } from '../schemas/answers.ts'
import {
  envelopeSchema,
  eventsAnswerSchema,
  listAnswerSchema,
  newEnvelopeSchema,
  preflightAnswerSchema,
  preflightSchema,
} from '../schemas/envelope-schemas.ts'
import { streamEnvelope, streamEnvelopeList } from '../stream-envelope.ts'
import { changeByRequest } from './change-by-request.ts'

const idParams = z.object({ id: z.string().max(60) })

const noEnvelope = () => new Problem('request.not-found', 'There is no such envelope.')

/** `/v1/envelopes`: create, preflight, list, read, send, void, events, evidence, streams. */
export function envelopeRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.post(
      '/envelopes',
      {
        config: { needs: 'envelopes:write', isIdempotent: true },
        schema: {
          tags: ['envelopes'],
          summary: 'Create an envelope, and with `send` send it at once',
          body: newEnvelopeSchema,
          response: { 201: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)

        return idempotent(app, { request, reply, caller }, async (keep) => ({
          status: 201,
          body: await createAndSend(
            app,
            caller,
            request.body,
            keep && ((tx, body) => keep(tx, { status: 201, body })),
          ),
        }))
      },
    )

    fastify.post(
      '/envelopes/preflight',
      {
        config: { needs: 'envelopes:write' },
        schema: {
          tags: ['envelopes'],
          summary: 'Everything that stands in the way of an envelope; stores nothing',
          body: preflightSchema,
          response: { 200: preflightAnswerSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const checked = await checkEnvelope(app, caller, request.body)

        const dispatches = await wishedDispatches(app, {
          organisation: caller.organisationId,
          recipients: checked.draft?.aggregate.recipients ?? [],
        })

        return {
          obstacles: [...checked.obstacles],
          warnings: [...checked.warnings],
          dispatches: [...dispatches],
        }
      },
    )

    fastify.get(
      '/envelopes',
      {
        config: { needs: 'envelopes:read' },
        schema: {
          tags: ['envelopes'],
          summary: 'Envelopes: those that need a person first, then newest first',
          querystring: z.object({
            state: z.string().max(20).optional(),
            provider: z.string().max(40).optional(),
            q: z.string().max(200).optional(),
            cursor: z.string().max(120).optional(),
            limit: z.coerce.number().int().min(1).max(100).default(50),
          }),
          response: { 200: listAnswerSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)

        return findEnvelopes(app, caller.organisationId, request.query)
      },
    )

    fastify.get(
      '/envelopes/stream',
      {
        exposeHeadRoute: false,
        config: { needs: 'envelopes:read' },
        schema: {
          tags: ['envelopes'],
          summary: 'Server-sent events: which envelopes changed',
          response: { 200: eventsOf('`changed`: {id, state, version}') },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)

        return streamEnvelopeList(app, { request, reply }, caller.organisationId)
      },
    )

    fastify.get(
      '/envelopes/:id',
      {
        config: { needs: 'envelopes:read' },
        schema: {
          tags: ['envelopes'],
          summary: 'One envelope',
          params: idParams,
          response: { 200: envelopeSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const aggregate = await loadAggregate(app.db, {
          envelope: request.params.id,
          organisation: caller.organisationId,
        })
        if (aggregate === undefined) {
          throw noEnvelope()
        }

        return presentEnvelope(app, aggregate, caller)
      },
    )

    fastify.post(
      '/envelopes/:id/send',
      {
        config: { needs: 'envelopes:write', isIdempotent: true },
        schema: {
          tags: ['envelopes'],
          summary: 'Send a draft',
          params: idParams,
          response: { 200: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)

        return changeByRequest(
          app,
          { request, reply, caller },
          {
            envelope: request.params.id,
            input: { kind: 'send', actor: caller.actor },
          },
        )
      },
    )

    fastify.post(
      '/envelopes/:id/void',
      {
        config: { needs: 'envelopes:write', isIdempotent: true },
        schema: {
          tags: ['envelopes'],
          summary: 'Take an envelope back; what was signed stays as evidence',
          params: idParams,
          body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
          response: { 200: envelopeSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)

        return changeByRequest(
          app,
          { request, reply, caller },
          {
            envelope: request.params.id,
            input: { kind: 'void', actor: caller.actor, reason: request.body.reason },
          },
        )
      },
    )

    fastify.get(
      '/envelopes/:id/events',
      {
        config: { needs: 'envelopes:read' },
        schema: {
          tags: ['envelopes'],
          summary: 'The audit chain of an envelope, computed again',
          params: idParams,
          response: { 200: eventsAnswerSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const events = await readEvents(app.db, {
          envelope: request.params.id,
          organisation: caller.organisationId,
        })
        if (events.length === 0) {
          throw noEnvelope()
        }

        return { items: [...events], chain: checkEventChain(events) }
      },
    )

    fastify.get(
      '/envelopes/:id/evidence',
      {
        config: { needs: 'evidence:read' },
        schema: {
          tags: ['envelopes'],
          summary: 'The evidence bundle: the same bytes for the same inputs',
          params: idParams,
          response: { 200: bytesOf('The bundle', 'application/zip') },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)

        return streamEvidence(app, reply, {
          envelope: request.params.id,
          organisation: caller.organisationId,
        })
      },
    )

    fastify.get(
      '/envelopes/:id/stream',
      {
        exposeHeadRoute: false,
        config: { needs: 'envelopes:read' },
        schema: {
          tags: ['envelopes'],
          summary: 'Server-sent events: the envelope whenever it changes',
          params: idParams,
          response: { 200: eventsOf('`envelope`: the whole envelope; `id` is its version') },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)

        return streamEnvelope(
          app,
          { request, reply },
          { envelopeId: request.params.id, organisationId: caller.organisationId },
        )
      },
    )
  }
}
