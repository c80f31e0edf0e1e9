import { type Instant, instantOf, type RequestId, requestView } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { providerIo } from '../envelopes/provider-io.ts'
import { callTimeoutOf } from '../jobs/run-attempt.ts'
import { hearObservations, noteLooks } from './hear-observations.ts'

/**
 * Asks the service about one request that may have news: a push came for it, its signer returned, a
 * person wants to know. What it says goes through the same door as what a watch hears. Where the
 * question fails the watch comes by in its own time.
 */
export async function lookAtRequest(
  app: AppContext,
  envelopeId: string,
  requestId: RequestId,
): Promise<void> {
  const aggregate = await loadAggregate(app.db, { envelope: envelopeId })
  const request = aggregate?.requests.find((candidate) => candidate.id === requestId)
  const view = aggregate && requestView(aggregate, requestId)
  const connection = request && (await loadConnection(app, request.connection))
  if (
    request === undefined ||
    view === undefined ||
    connection?.provider.look === undefined ||
    request.state === 'closed' ||
    request.state === 'planned'
  ) {
    return
  }
  const { id, method, state, round, handle, window, since } = request
  const items = await connection.provider.look({
    connection: connection.settings,
    request: view,
    watched: {
      id,
      method,
      state,
      round,
      handle,
      window,
      since,
      hintedAt: await hintOf(app, id),
    },
    now: instantOf(app.now()),
    io: providerIo(app, connection, AbortSignal.timeout(callTimeoutOf(connection.provider))),
  })
  // Of this request alone, whatever a provider says of others.
  const heard = items.flatMap((item) =>
    item.kind === 'observation' && item.request === id ? [item] : [],
  )
  await hearObservations(app, connection.id, heard)
  await noteLooks(
    app,
    items.flatMap(({ again }) => (again === undefined ? [] : [{ request: id, again }])),
  )
}

async function hintOf({ db }: Pick<AppContext, 'db'>, id: RequestId): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('request_looks')
    .select('hinted_at')
    .where('request_id', '=', id)
    .executeTakeFirst()

  return (row?.hinted_at ?? undefined) as Instant | undefined
}
