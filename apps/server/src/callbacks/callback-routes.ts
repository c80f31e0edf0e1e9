import { Readable } from 'node:stream'
import {
  type HttpReply,
  type HttpRequestView,
  type Observation,
  type Provider,
  type RequestId,
  requestView,
  type SigningRequest,
} from '@muhr/envelope'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { json } from '../database/open-database.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { providerIo } from '../envelopes/provider-io.ts'
import { requestAddresses } from '../envelopes/request-addresses.ts'
import { hashToken } from '../instance/tokens.ts'
import { submitCandidates } from '../verification/submit-candidates.ts'

const callTimeoutMs = 120_000
/** What a callback may weigh beside the documents that it returns. */
const callbackOverheadBytes = 50 * 1024 * 1024

type CallbackRequest = FastifyRequest<{ Params: { provider: string; token: string; '*': string } }>

/**
 * `/cb/{provider}/{token}/…`: services and apps call us. The token names one request; the provider
 * reads the call; the core stores, judges and moves; the provider words the answer.
 */
export function callbackRoutes(app: AppContext): FastifyPluginAsync {
  return async (fastify) => {
    fastify.removeAllContentTypeParsers()
    fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    fastify.route<{ Params: { provider: string; token: string; '*': string } }>({
      method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
      url: '/cb/:provider/:token/*',
      bodyLimit: Number.MAX_SAFE_INTEGER,
      schema: { hide: true } as object,
      handler: (request, reply) => handleCallback(app, request, reply),
    })
  }
}

async function handleCallback(
  app: AppContext,
  request: CallbackRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const provider = app.providers.get(request.params.provider)
  if (provider?.receive === undefined) {
    return reply.code(404).send({ message: 'Not found' })
  }
  const row = await app.db
    .selectFrom('requests')
    .select(['id', 'envelope_id'])
    .where('callback_hash', '=', hashToken(request.params.token))
    .where('provider', '=', request.params.provider)
    .executeTakeFirst()
  if (row === undefined) {
    await recordRefusal(app, provider, 'unknown-request')
    discard(request)

    return sendHttpReply(reply, refuse(provider, 'unknown-request', headOf(request)))
  }
  const aggregate = await loadAggregate(app.db, row.envelope_id)
  const own = aggregate?.requests.find((candidate) => candidate.id === row.id)
  const connection = own === undefined ? undefined : await loadConnection(app, own.connection)
  const view = aggregate === undefined ? undefined : requestView(aggregate, row.id as RequestId)
  if (
    aggregate === undefined ||
    own === undefined ||
    connection === undefined ||
    view === undefined
  ) {
    await recordRefusal(app, provider, 'unknown-request', row.envelope_id)
    discard(request)

    return sendHttpReply(reply, refuse(provider, 'unknown-request', headOf(request)))
  }

  const body = await readBody(request, bodyLimitOf(aggregate.documents))
  if (body === 'too-large') {
    await recordRefusal(app, provider, 'too-large', row.envelope_id)

    return sendHttpReply(reply, refuse(provider, 'too-large', headOf(request)))
  }
  if (body === 'broken') {
    // The sender went away in the middle; there is nobody to answer and nothing half-done to undo.
    await recordRefusal(app, provider, 'broken-body', row.envelope_id)

    return reply.code(400).send({ message: 'The body ended early.' })
  }

  const reception = await connection.provider.receive?.({
    connection: connection.settings,
    sender: connection.sender,
    request: view,
    addresses: requestAddresses(app, own),
    http: { ...headOf(request), body },
    io: providerIo(app, AbortSignal.timeout(callTimeoutMs)),
  })
  if (reception === undefined) {
    return reply.code(404).send({ message: 'Not found' })
  }
  await applyObservations(app, row.envelope_id, own, reception.observations)
  const outcome =
    reception.candidates.length === 0 || reception.submission === undefined
      ? undefined
      : await submitCandidates(app, {
          envelopeId: row.envelope_id,
          requestId: own.id,
          submission: reception.submission,
          candidates: reception.candidates,
        })

  return sendHttpReply(reply, reception.reply(outcome))
}

async function applyObservations(
  app: AppContext,
  envelopeId: string,
  request: SigningRequest,
  observations: readonly Observation[],
): Promise<void> {
  for (const observation of observations) {
    if (observation.kind === 'rejected') {
      app.log.info({ provider: request.provider, code: observation.code }, 'callback rejected')
    }
    await changeEnvelope(app, envelopeId, { kind: 'observed', request: request.id, observation })
  }
}

/** The documents may come back inside (base64: four thirds), plus signatures and JSON. */
function bodyLimitOf(documents: readonly { readonly size: number }[]): number {
  const bytes = documents.reduce((sum, document) => sum + document.size, 0)

  return Math.ceil(bytes * 1.5) + callbackOverheadBytes
}

function headOf(request: CallbackRequest): HttpRequestView {
  return {
    method: request.method,
    route: request.params['*'],
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    body: new Uint8Array(),
  }
}

async function readBody(
  request: CallbackRequest,
  limit: number,
): Promise<Uint8Array | 'too-large' | 'broken'> {
  const stream = request.body
  if (!(stream instanceof Readable)) {
    return new Uint8Array()
  }
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of stream) {
      size += (chunk as Buffer).length
      if (size > limit) {
        return 'too-large'
      }
      chunks.push(chunk as Buffer)
    }
  } catch {
    return 'broken'
  }

  return Buffer.concat(chunks)
}

function discard(request: CallbackRequest): void {
  if (request.body instanceof Readable) {
    request.body.resume()
  }
}

function refuse(
  provider: Provider,
  reason: 'unknown-request' | 'too-large',
  http: HttpRequestView,
): HttpReply {
  return (
    provider.refuse?.({ reason, http }) ?? {
      status: reason === 'too-large' ? 413 : 404,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: Buffer.from(JSON.stringify({ message: reason })),
    }
  )
}

/** A call that belongs to no envelope still leaves a trace; neither token nor body is written down. */
async function recordRefusal(
  app: AppContext,
  provider: Provider,
  reason: string,
  envelopeId?: string,
): Promise<void> {
  await app.db
    .insertInto('security_events')
    .values({
      type: 'callback.refused',
      provider: provider.describe().id,
      envelope_id: envelopeId ?? null,
      data: json({ reason }),
    })
    .execute()
}

function sendHttpReply(reply: FastifyReply, answer: HttpReply): FastifyReply {
  reply.code(answer.status).headers(answer.headers)

  return answer.body instanceof Uint8Array
    ? reply.send(Buffer.from(answer.body))
    : reply.send(Readable.from(answer.body))
}
