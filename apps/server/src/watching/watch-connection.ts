import { type Instant, instantAfter, instantOf, type Json } from '@muhr/envelope'
import { MuhrError } from '@muhr/identifiers'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { type LoadedConnection, loadConnection } from '../connections/load-connection.ts'
import { json } from '../database/open-database.ts'
import { providerIo } from '../envelopes/provider-io.ts'
import { type HeardItem, hearObservations, type Look, noteLooks } from './hear-observations.ts'
import { openRequestsOf } from './open-requests.ts'

/** A connection that this process has claimed for one look. */
export type ClaimedWatch = {
  readonly connection: string
  readonly cursor: Json | undefined
  readonly failures: number
  /** Whoever else claimed it since has another one. */
  readonly lease: string
}

/** How long a claim holds without a sign of life, ms. Longer than one look may take. */
export const leaseMs = 300_000
const lookTimeoutMs = 240_000

/** Pause after a look that does not say when to look again, ms. */
const pauseMs = 30_000
const longestBackOffMs = 900_000

/** Observations that are held in memory before they are recorded. */
const mostHeld = 1_000

/** Pause after the nth failure in a row, ms: twice as long each time, up to a quarter of an hour. */
export function backOffMs(failures: number): number {
  return Math.min(pauseMs * 2 ** Math.max(0, failures - 1), longestBackOffMs)
}

/**
 * One look at a connection: what its provider observes goes through the one door, and the cursor is kept
 * after it, so that a fall in between shows the same again. A failure keeps what was recorded, backs off
 * and flags the connection with its code.
 */
export async function watchConnection(app: AppContext, watch: ClaimedWatch): Promise<void> {
  const connection = await loadConnection(app, watch.connection)
  if (connection?.provider.watch === undefined) {
    await fail(app, watch, 'connection-unusable')

    return
  }
  try {
    const next = await look(app, connection, watch)
    await finish(app, watch, next ?? instantAfter(instantOf(app.now()), pauseMs))
  } catch (error) {
    if (error instanceof LeaseLost) {
      return
    }
    const code = error instanceof MuhrError ? error.code : 'watch.failed'
    app.log.warn({ connection: watch.connection, code }, 'a connection could not be watched')
    await fail(app, watch, code)
  }
}

/** Another process has taken over: what it records is newer. */
class LeaseLost extends Error {}

/** @returns when the provider wants to look again */
async function look(
  app: AppContext,
  connection: LoadedConnection,
  watch: ClaimedWatch,
): Promise<Instant | undefined> {
  let heard: HeardItem[] = []
  let looked: Look[] = []
  let next: Instant | undefined
  const flush = async () => {
    await hearObservations(app, watch.connection, heard)
    await noteLooks(app, [...looked, ...heard])
    heard = []
    looked = []
  }
  const items =
    connection.provider.watch?.({
      connection: connection.settings,
      cursor: watch.cursor,
      open: openRequestsOf(app.db, watch.connection),
      now: instantOf(app.now()),
      io: providerIo(app, connection, AbortSignal.timeout(lookTimeoutMs)),
    }) ?? []
  try {
    for await (const item of items) {
      switch (item.kind) {
        case 'observation':
          heard.push(item)
          break
        case 'looked':
          looked.push(...item.requests.map((request) => ({ request, again: item.again })))
          break
        case 'next':
          next = item.at
          break
        case 'cursor':
          await flush()
          await keepCursor(app, watch, item.cursor)
      }
      if (heard.length + looked.length >= mostHeld) {
        await flush()
        await stayAlive(app, watch)
      }
    }
  } catch (error) {
    // What was heard before it is true all the same.
    if (!(error instanceof LeaseLost)) await flush()
    throw error
  }
  await flush()

  return next
}

async function stayAlive(app: AppContext, watch: ClaimedWatch): Promise<void> {
  const { rows } = await sql`
    update connection_watches set due_at = ${instantAfter(instantOf(app.now()), leaseMs)}
    where connection_id = ${watch.connection} and lease = ${watch.lease}
    returning connection_id`.execute(app.db)
  if (rows.length === 0) {
    throw new LeaseLost()
  }
}

async function keepCursor(app: AppContext, watch: ClaimedWatch, cursor: Json): Promise<void> {
  await stayAlive(app, watch)
  await sql`update connections set cursor = ${json(cursor)}::jsonb
    where id = ${watch.connection} and exists (select from connection_watches w
      where w.connection_id = connections.id and w.lease = ${watch.lease})`.execute(app.db)
}

async function finish(app: AppContext, watch: ClaimedWatch, next: Instant): Promise<void> {
  const now = instantOf(app.now())
  await sql`update connection_watches
    set due_at = ${next}, lease = null, watched_at = ${now},
      failures = 0, failed_code = null, failed_since = null
    where connection_id = ${watch.connection} and lease = ${watch.lease}`.execute(app.db)
}

async function fail(app: AppContext, watch: ClaimedWatch, code: string): Promise<void> {
  const now = instantOf(app.now())
  const failures = watch.failures + 1
  await sql`update connection_watches
    set due_at = ${instantAfter(now, backOffMs(failures))}, lease = null, failures = ${failures},
      failed_code = ${code}, failed_since = coalesce(failed_since, ${now}::timestamptz)
    where connection_id = ${watch.connection} and lease = ${watch.lease}`.execute(app.db)
}
