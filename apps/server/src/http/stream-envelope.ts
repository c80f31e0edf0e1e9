import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext } from '../app-context.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { presentEnvelope } from '../envelopes/present-envelope.ts'
import { Problem } from './problems.ts'

const heartbeatMs = 15_000

export type EventStream = {
  readonly send: (event: string, id: string | undefined, data: unknown) => void
  readonly onClose: (listener: () => void) => void
}

/** Opens a stream of server-sent events (WHATWG HTML §9.2), with a comment every 15 s. */
export function openEventStream(reply: FastifyReply): EventStream {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  raw.write('retry: 2000\n\n')
  const heartbeat = setInterval(() => raw.write(': here\n\n'), heartbeatMs)
  raw.on('close', () => clearInterval(heartbeat))

  return {
    send: (event, id, data) => {
      raw.write(
        `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`,
      )
    },
    onClose: (listener) => raw.on('close', listener),
  }
}

/**
 * Sends a snapshot now and after every change. Changes that come while one is being read are merged,
 * so a slow reader gets the newest state, never a queue of old ones.
 */
export async function streamSnapshots(
  app: AppContext,
  reply: FastifyReply,
  input: {
    readonly envelopeId: string
    readonly event: string
    /** Version that the client already has (`Last-Event-ID`). */
    readonly known: string | undefined
    readonly read: () => Promise<{ readonly id: string; readonly body: unknown } | undefined>
  },
): Promise<FastifyReply> {
  const first = await input.read()
  if (first === undefined) {
    throw new Problem('request.not-found', 'There is no such envelope.')
  }
  const stream = openEventStream(reply)
  let last = input.known
  let running = false
  let again = false
  let closed = false
  const push = (snapshot: { readonly id: string; readonly body: unknown } | undefined) => {
    if (snapshot !== undefined && snapshot.id !== last && !closed) {
      last = snapshot.id
      stream.send(input.event, snapshot.id, snapshot.body)
    }
  }
  const refresh = async (): Promise<void> => {
    if (running) {
      again = true

      return
    }
    running = true
    try {
      do {
        again = false
        push(await input.read())
      } while (again && !closed)
    } catch (error) {
      app.log.warn({ reason: (error as Error).name }, 'a stream could not read its envelope')
    } finally {
      running = false
    }
  }
  const unsubscribe = app.changes.subscribe((change) => {
    if (change.envelope === input.envelopeId) {
      void refresh()
    }
  })
  stream.onClose(() => {
    closed = true
    unsubscribe()
  })
  push(first)
  // What changed between reading `first` and subscribing is caught by one more look.
  await refresh()

  return reply
}

/** `GET /v1/envelopes/{id}/stream`. */
export function streamEnvelope(
  app: AppContext,
  request: FastifyRequest,
  reply: FastifyReply,
  who: { readonly envelopeId: string; readonly organisationId: string },
): Promise<FastifyReply> {
  const known = request.headers['last-event-id']

  return streamSnapshots(app, reply, {
    envelopeId: who.envelopeId,
    event: 'envelope',
    known: typeof known === 'string' ? known : undefined,
    read: async () => {
      const aggregate = await loadAggregate(app.db, who.envelopeId, who.organisationId)

      return aggregate === undefined
        ? undefined
        : {
            id: String(aggregate.envelope.version),
            body: await presentEnvelope(app, aggregate),
          }
    },
  })
}

/** `GET /v1/envelopes/stream`: ids of envelopes of the organisation that changed. */
export function streamEnvelopeList(
  app: AppContext,
  reply: FastifyReply,
  organisationId: string,
): FastifyReply {
  const stream = openEventStream(reply)
  const unsubscribe = app.changes.subscribe((change) => {
    if (change.organisation === organisationId) {
      stream.send('changed', undefined, { id: change.envelope, version: change.version })
    }
  })
  stream.onClose(unsubscribe)

  return reply
}
