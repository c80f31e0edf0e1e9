import { Readable } from 'node:stream'
import {
  type HttpReply,
  type HttpRequestView,
  type Observation,
  type Provider,
  type Reception,
  requestView,
  type SigningRequest,
  type SubmissionOutcome,
} from '@muhr/envelope'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext } from '../app-context.ts'
import { type LoadedConnection, loadConnection } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { providerIo } from '../envelopes/provider-io.ts'
import { requestAddresses } from '../envelopes/request-addresses.ts'
import { hashToken } from '../instance/tokens.ts'
import { submitCandidates } from '../verification/submit-candidates.ts'
import { hintRequests } from '../watching/hint-requests.ts'
import { readCallbackBody } from './read-callback-body.ts'
import type { RefusalJournal } from './refusal-journal.ts'

const callTimeoutMs = 120_000
/** What a callback may weigh beside the documents that it returns. */
const callbackOverheadBytes = 50 * 1024 * 1024

export type CallbackRequest = { Params: { provider: string; token: string; '*'?: string } }

type Http = FastifyRequest<CallbackRequest>
export type Door = { readonly app: AppContext; readonly journal: RefusalJournal }

/** One call of a service, from its token to its answer. */
export async function handleCallback(
  { app, journal }: Door,
  request: Http,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const provider = app.providers.get(request.params.provider)
  const called = provider?.receive === undefined ? undefined : await findCalled(app, request)
  if (provider === undefined || called === undefined) {
    await journal.record({
      provider: provider?.describe().id ?? 'unknown',
      reason: 'unknown-request',
    })

    return sendHttpReply(reply, refuse(provider, 'unknown-request', headOf(request)))
  }
  const { envelopeId, own } = called
  const body = await readCallbackBody(request.body, {
    limit: called.bodyLimit,
    announced: Number(request.headers['content-length'] ?? Number.NaN),
  })
  if (body === 'too-large' || body === 'broken') {
    await journal.record({
      provider: own.provider,
      reason: body === 'broken' ? 'broken-body' : body,
      envelopeId,
    })

    return sendHttpReply(
      reply,
      // Whoever broke off hears nothing any more.
      body === 'too-large'
        ? refuse(provider, body, headOf(request))
        : message(400, 'The body ended early.'),
    )
  }

  const reception = await called.connection.provider.receive?.({
    connection: called.connection.settings,
    sender: called.connection.sender,
    request: called.view,
    addresses: requestAddresses(app, own),
    http: { ...headOf(request), body },
    io: providerIo(app, called.connection, AbortSignal.timeout(callTimeoutMs)),
  })
  if (reception === undefined) {
    return sendHttpReply(reply, refuse(provider, 'unknown-request', headOf(request)))
  }
  await applyObservations(app, called, reception.observations)
  if (reception.look === true) {
    await hintRequests(app, [{ envelope: envelopeId, request: own.id }])
  }

  return sendHttpReply(reply, reception.reply(await submit(app, called, reception)))
}

type Called = {
  readonly envelopeId: string
  readonly own: SigningRequest
  readonly view: NonNullable<ReturnType<typeof requestView>>
  readonly connection: LoadedConnection
  readonly bodyLimit: number
}

/** The request that a token names, with all that its provider needs. */
async function findCalled(app: AppContext, request: Http): Promise<Called | undefined> {
  const { provider, token } = request.params
  const callbackHash = hashToken(token)
  const aggregate = await loadAggregate(app.db, { callbackHash, provider })
  const own = aggregate?.requests.find(({ id }) => app.hashes.callback(id).equals(callbackHash))
  const view = aggregate && own && requestView(aggregate, own.id)
  const connection = own && (await loadConnection(app, own.connection))
  if (aggregate === undefined || own === undefined || view === undefined) {
    return undefined
  }
  // The documents may come back inside (base64: four thirds), plus signatures and JSON.
  const bytes = aggregate.documents.reduce((sum, document) => sum + document.size, 0)

  return connection === undefined
    ? undefined
    : {
        envelopeId: aggregate.envelope.id,
        own,
        view,
        connection,
        bodyLimit: Math.ceil(bytes * 1.5) + callbackOverheadBytes,
      }
}

async function applyObservations(
  app: AppContext,
  { envelopeId, own }: Called,
  observations: readonly Observation[],
): Promise<void> {
  for (const observation of observations) {
    if (observation.kind === 'rejected') {
      app.log.info({ provider: own.provider, code: observation.code }, 'callback rejected')
    }
    await changeEnvelope(app, envelopeId, { kind: 'observed', request: own.id, observation })
  }
}

/**
 * Gives the signatures to the core. When it fails inside, the service is told that it may come again
 * (an undefined outcome): never that a signature was bad.
 */
async function submit(
  app: AppContext,
  { envelopeId, own }: Called,
  { candidates, submission }: Reception,
): Promise<SubmissionOutcome | undefined> {
  if (candidates.length === 0 || submission === undefined) {
    return undefined
  }
  try {
    return await submitCandidates(app, {
      envelopeId,
      requestId: own.id,
      submission,
      candidates,
    })
  } catch (error) {
    app.log.error(
      {
        envelope: envelopeId,
        request: own.id,
        name: (error as Error).name,
        stack: (error as Error).stack,
      },
      'a submission could not be taken in',
    )

    return undefined
  }
}

/** What a provider reads of a call beside its body. */
export function headOf(
  request: Pick<FastifyRequest, 'method' | 'url' | 'headers'> & { readonly params: object },
): HttpRequestView {
  return {
    method: request.method,
    route: '*' in request.params ? String(request.params['*']) : '',
    query: request.url.split('?').slice(1).join('?'),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    ),
    body: new Uint8Array(),
  }
}

function refuse(
  provider: Provider | undefined,
  reason: 'unknown-request' | 'too-large',
  http: HttpRequestView,
): HttpReply {
  return (
    provider?.refuse?.({ reason, http }) ??
    (reason === 'too-large' ? message(413, 'Too large') : message(404, 'Not found'))
  )
}

/** An answer to a call that no provider words. */
export function message(status: number, text: string): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from(JSON.stringify({ message: text })),
  }
}

/** Answers in the service's own words. */
export function sendHttpReply(reply: FastifyReply, answer: HttpReply): FastifyReply {
  reply.code(answer.status).headers(answer.headers)

  return answer.body instanceof Uint8Array
    ? reply.send(Buffer.from(answer.body))
    : reply.send(Readable.from(answer.body))
}
