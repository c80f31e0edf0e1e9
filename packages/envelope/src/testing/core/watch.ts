import { createHash } from 'node:crypto'
import type { ConnectionId, EnvelopeId, Instant, RequestId } from '../../ids.ts'
import type { OpenRequests, WatchedRequest, WatchItem } from '../../provider.ts'
import type { Json } from '../../words.ts'
import { providerIo, viewOf } from './core-io.ts'
import {
  type CoreState,
  changeEnvelope,
  connectionOf,
  readBytes,
  step,
  storedOf,
} from './core-state.ts'
import { CoreCrash } from './core-types.ts'

/**
 * One pass over what a connection has open. The cursor is kept only after everything before it was
 * recorded, so that a fall in between shows the same news again.
 */
export async function watch(state: CoreState, id: ConnectionId): Promise<void> {
  const { provider, connection } = connectionOf(state, id)
  if (provider.watch === undefined || watched(state, id).length === 0) {
    return
  }
  const items = provider.watch({
    connection,
    cursor: state.cursors.get(id),
    open: openRequestsOf(state, id),
    now: state.options.clock.now(),
    io: providerIo(state, id),
  })
  try {
    for await (const item of items) {
      await take(state, id, item)
    }
  } catch (error) {
    if (!(error instanceof CoreCrash)) {
      throw error
    }
  }
}

type Watched = { readonly envelope: EnvelopeId; readonly request: WatchedRequest<Json> }

function watched(state: CoreState, id: ConnectionId): readonly Watched[] {
  return [...state.stored].flatMap(([envelope, { aggregate }]) =>
    aggregate.requests.flatMap((row): readonly Watched[] =>
      row.connection === id && row.state !== 'closed' && row.state !== 'planned'
        ? [
            {
              envelope,
              request: {
                id: row.id,
                method: row.method,
                state: row.state,
                round: row.round,
                handle: row.handle,
                window: row.window,
                since: row.since,
                hintedAt: state.hinted.get(row.id),
              },
            },
          ]
        : [],
    ),
  )
}

/** The member of a handle by which the watch finds its request. */
function keyOf(handle: Json | undefined): string | undefined {
  const key =
    typeof handle === 'object' && handle !== null && 'key' in handle ? handle['key'] : undefined

  return typeof key === 'string' ? key : undefined
}

/** The open requests of a connection, as its provider may ask for them. */
export function openRequestsOf(state: CoreState, id: ConnectionId): OpenRequests<Json> {
  const now = () => watched(state, id).map(({ request }) => request)
  const lookedAt = (request: WatchedRequest<Json>) => state.looked.get(request.id) ?? request.since
  const dueAt = (request: WatchedRequest<Json>) => state.again.get(request.id) ?? request.since
  const waiting = () =>
    now()
      .filter((request) => request.state !== 'inflight')
      .toSorted((a, b) => (dueAt(a) < dueAt(b) ? -1 : 1))

  return {
    find: async (keys) => now().filter((request) => keys.includes(keyOf(request.handle) ?? '')),
    unseenSince: async (before, limit) =>
      now()
        .filter((request) => request.state !== 'inflight' && lookedAt(request) < before)
        .toSorted((a, b) => (lookedAt(a) < lookedAt(b) ? -1 : 1))
        .slice(0, limit),
    due: async (until, limit, options = {}) =>
      waiting()
        .filter((request) => dueAt(request) <= until)
        .filter(
          ({ hintedAt }) =>
            options.hintedSince === undefined ||
            (hintedAt !== undefined && hintedAt >= options.hintedSince),
        )
        .slice(0, limit),
    nextDue: async () => {
      const [first] = waiting()

      return first && dueAt(first)
    },
    view: async (request) => {
      const found = watched(state, id).find((each) => each.request.id === request)

      return found && viewOf(storedOf(state, found.envelope).aggregate, request)
    },
    ofContents: async (md5s) =>
      watched(state, id).flatMap(({ envelope, request }) =>
        viewOf(storedOf(state, envelope).aggregate, request.id).contents.some(({ sha256 }) =>
          md5s.includes(createHash('md5').update(readBytes(state, sha256)).digest('hex')),
        )
          ? [request]
          : [],
      ),
  }
}

/** Asks the service about one request, as a hint or a person wants it. */
export async function look(state: CoreState, envelope: EnvelopeId, id: RequestId): Promise<void> {
  const row = storedOf(state, envelope).aggregate.requests.find((each) => each.id === id)
  const found =
    row && watched(state, row.connection).find(({ request }) => request.id === id)?.request
  if (row === undefined || found === undefined) {
    return
  }
  const { provider, connection } = connectionOf(state, row.connection)
  const items = await provider
    .look?.({
      connection,
      request: viewOf(storedOf(state, envelope).aggregate, id),
      watched: found,
      now: state.options.clock.now(),
      io: providerIo(state, row.connection),
    })
    // The watch comes by later.
    .catch(() => [])
  for (const item of items ?? []) {
    await take(state, row.connection, item)
  }
}

async function take(state: CoreState, id: ConnectionId, item: WatchItem<Json>): Promise<void> {
  switch (item.kind) {
    case 'next':
      break
    case 'looked':
      for (const request of item.requests) {
        noteLook(state, request, item.again)
      }
      break
    case 'cursor':
      await step(state, 'before-commit', 'cursor')
      state.cursors.set(id, item.cursor)
      break
    case 'observation':
      noteLook(state, item.request, item.again)
      await hear(state, id, item)
  }
}

function noteLook(state: CoreState, request: RequestId, again: Instant | undefined): void {
  state.looked.set(request, state.options.clock.now())
  if (again !== undefined) {
    state.again.set(request, again)
  }
}

async function hear(
  state: CoreState,
  id: ConnectionId,
  item: Extract<WatchItem<Json>, { readonly kind: 'observation' }>,
): Promise<void> {
  const found = watched(state, id).find(({ request }) => request.id === item.request)
  if (found === undefined) {
    return
  }
  // A name that the service tells is proof that an unknown request is there.
  const isProof =
    found.request.state === 'unknown' &&
    item.handle !== undefined &&
    item.observation.kind !== 'exists'
  if (isProof && item.handle !== undefined) {
    await changeEnvelope(state, found.envelope, {
      kind: 'observed',
      request: item.request,
      observation: { kind: 'exists', handle: item.handle },
    })
  }
  await changeEnvelope(state, found.envelope, {
    kind: 'observed',
    request: item.request,
    observation: item.observation,
  })
}
