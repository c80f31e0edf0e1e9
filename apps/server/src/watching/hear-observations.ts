import type { Instant, Json, RequestId, WatchItem } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'

export type HeardItem = Extract<WatchItem<Json>, { readonly kind: 'observation' }>

/** Envelopes that are changed at the same time. */
const atOnce = 8

type Found = { readonly envelope_id: string; readonly state: string }

/**
 * Records what a watch observed, each through the one door; of one request in the order in which it was
 * said. Requests of other connections, whatever the service says of them, are left alone.
 */
export async function hearObservations(
  app: AppContext,
  connection: string,
  items: readonly HeardItem[],
): Promise<void> {
  if (items.length === 0) {
    return
  }
  const found = await findRequests(app, connection, [...new Set(items.map((item) => item.request))])
  const waiting = [...Map.groupBy(items, (item) => item.request)]
  const takeTurns = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [request, said] = next
      const row = found.get(request)
      for (const item of row === undefined ? [] : said) {
        await hear(app, row as Found, item)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, takeTurns))
}

async function findRequests(
  app: Pick<AppContext, 'db'>,
  connection: string,
  ids: readonly RequestId[],
): Promise<ReadonlyMap<string, Found>> {
  const { rows } = await sql<Found & { readonly id: string }>`
    select id, envelope_id, state from requests
    where id = any(${[...ids]}::text[]) and connection_id = ${connection}`.execute(app.db)

  return new Map(rows.map((row) => [row.id, row]))
}

/** A name that the service tells is proof that an unknown request is there. */
async function hear(app: AppContext, row: Found, item: HeardItem): Promise<void> {
  const { request, handle, observation } = item
  if (row.state === 'unknown' && handle !== undefined && observation.kind !== 'exists') {
    await changeEnvelope(app, row.envelope_id, {
      kind: 'observed',
      request,
      observation: { kind: 'exists', handle },
    })
  }
  await changeEnvelope(app, row.envelope_id, { kind: 'observed', request, observation })
}

export type Look = {
  readonly request: RequestId
  /** When it is due again; as before when absent. */
  readonly again?: Instant | undefined
}

/** These were looked at: they are the last to be paged again, and due when their provider said. */
export async function noteLooks(
  app: Pick<AppContext, 'db' | 'now'>,
  looks: readonly Look[],
): Promise<void> {
  if (looks.length > 0) {
    await sql`update request_looks l
      set looked_at = ${app.now().toISOString()}, due_at = coalesce(n.again, l.due_at)
      from unnest(${looks.map(({ request }) => request)}::text[],
        ${looks.map(({ again }) => again ?? null)}::timestamptz[]) n(request_id, again)
      where l.request_id = n.request_id`.execute(app.db)
  }
}
