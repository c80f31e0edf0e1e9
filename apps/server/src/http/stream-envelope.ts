import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext, Change, ChangeListener } from '../app-context.ts'
import { authenticate, type Caller } from '../auth/authenticate.ts'
import type { Scope } from '../auth/roles.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { presentEnvelope } from '../envelopes/present-envelope.ts'
import { openEventStream } from './event-stream.ts'
import { Problem } from './problems.ts'

type Snapshot = { readonly id: string; readonly body: unknown }

/**
 * Sends a snapshot now and after every change. Changes that come while one is being read or sent are
 * merged, so a slow reader gets the newest state, never a queue of old ones. The stream ends when
 * there is nothing to read any more (the session ended) or when changes may have been missed; the
 * reader then comes back with `Last-Event-ID`.
 */
export async function streamSnapshots(
  app: AppContext,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  input: {
    /** Which changes it is about: `refresh` looks again. */
    readonly listen: (refresh: () => void) => Pick<ChangeListener, 'onChange' | 'onOrder'>
    readonly event: string
    readonly read: () => Promise<Snapshot | undefined>
  },
): Promise<FastifyReply> {
  const first = await input.read()
  if (first === undefined) {
    throw new Problem('request.not-found', 'There is nothing of that name to follow.')
  }
  const known = http.request.headers['last-event-id']
  const stream = openEventStream(http.reply)
  let last = typeof known === 'string' ? known : undefined
  let isRunning = false
  let isWanted = false
  const push = async (snapshot: Snapshot | undefined): Promise<void> => {
    if (snapshot === undefined) {
      stream.end()
    } else if (snapshot.id !== last) {
      last = snapshot.id
      await stream.send(input.event, snapshot.id, snapshot.body)
    }
  }
  const refresh = async (): Promise<void> => {
    isWanted = true
    if (isRunning) {
      return
    }
    isRunning = true
    try {
      while (isWanted && !stream.isClosed()) {
        isWanted = false
        await push(await input.read())
      }
    } catch (error) {
      app.log.warn({ reason: (error as Error).name }, 'a stream could not read what it shows')
      stream.end()
    } finally {
      isRunning = false
    }
  }
  const unsubscribe = app.changes.subscribe({
    ...input.listen(() => void refresh()),
    onGap: stream.end,
  })
  stream.onClose(unsubscribe)
  await push(first)
  // What changed between reading `first` and subscribing is caught by one more look.
  await refresh()

  return http.reply
}

/** Whether who opened a stream may still read: a session ends, a key is revoked. */
export async function mayStillRead(
  app: AppContext,
  request: FastifyRequest,
  organisationId: string,
  scope: Scope = 'envelopes:read',
): Promise<boolean> {
  const caller = await callerNow(app, request)

  return caller?.organisationId === organisationId && caller.scopes.includes(scope)
}

async function callerNow(app: AppContext, request: FastifyRequest): Promise<Caller | undefined> {
  return authenticate(app, request).catch((error: unknown) => {
    if (error instanceof Problem) {
      return undefined
    }
    throw error
  })
}

/** `GET /v1/envelopes/{id}/stream`: the whole envelope, `id` its version. */
export function streamEnvelope(
  app: AppContext,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  who: { readonly envelopeId: string; readonly organisationId: string },
): Promise<FastifyReply> {
  return streamSnapshots(app, http, {
    listen: (refresh) => ({
      onChange: ({ envelope }) => {
        if (envelope === who.envelopeId) {
          refresh()
        }
      },
    }),
    event: 'envelope',
    read: async () => {
      const caller = await callerNow(app, http.request)
      if (
        caller?.organisationId !== who.organisationId ||
        !caller.scopes.includes('envelopes:read')
      ) {
        return undefined
      }
      const aggregate = await loadAggregate(app.db, {
        envelope: who.envelopeId,
        organisation: who.organisationId,
      })

      if (aggregate === undefined) {
        return undefined
      }
      const body = await presentEnvelope(app, aggregate, caller)

      // The time-stamp of the evidence comes after the last version.
      return {
        id: `${aggregate.envelope.version}${body.evidence.timestamped ? 't' : ''}`,
        body,
      }
    },
  })
}

/** How long a look at who reads the list serves, ms. */
const readerCheckMs = 5_000

/**
 * `GET /v1/envelopes/stream`: which envelopes of the organisation changed; of several changes of one
 * envelope a slow reader gets the last. There is nothing to resume: a reader that was away reads its
 * list anew.
 */
export function streamEnvelopeList(
  app: AppContext,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  organisationId: string,
): FastifyReply {
  const stream = openEventStream(http.reply)
  const pending = new Map<string, Pick<Change, 'version' | 'state'>>()
  let isRunning = false
  let checkedAt = Date.now()
  const pump = async (): Promise<void> => {
    if (isRunning) {
      return
    }
    isRunning = true
    try {
      for (const [id, { version, state }] of pending) {
        pending.delete(id)
        if (Date.now() - checkedAt > readerCheckMs) {
          checkedAt = Date.now()
          if (!(await mayStillRead(app, http.request, organisationId))) {
            stream.end()
          }
        }
        await stream.send('changed', undefined, { id, state, version })
      }
    } catch (error) {
      app.log.warn({ reason: (error as Error).name }, 'a stream could not look at its reader')
      stream.end()
    } finally {
      isRunning = false
    }
  }
  const unsubscribe = app.changes.subscribe({
    onChange: ({ organisation, envelope, version, state }) => {
      if (organisation === organisationId) {
        pending.set(envelope, { version, state })
        void pump()
      }
    },
    onGap: stream.end,
  })
  stream.onClose(unsubscribe)

  return http.reply
}
