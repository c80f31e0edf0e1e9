import { randomUUID } from 'node:crypto'
import { instantAfter, instantOf, type Json } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { type ClaimedWatch, leaseMs, watchConnection } from './watch-connection.ts'

/** Connections that one process watches at the same time. */
const atOnce = 4
/** Most connections that one look takes up; the next takes the rest. */
const batch = 50

/**
 * Watches the connections that are due and have anything open. Each is claimed by one process
 * (`FOR UPDATE SKIP LOCKED`, then a lease), so that any number of processes share them; a claim whose
 * process fell runs out by itself.
 * @returns how many connections were watched
 */
export async function watchDue(app: AppContext): Promise<number> {
  const watched = [...app.providers.values()]
    .filter((provider) => provider.watch !== undefined && provider.describe().watch !== 'none')
    .map((provider) => provider.describe().id)
  if (watched.length === 0) {
    return 0
  }
  const now = instantOf(app.now())
  await sql`insert into connection_watches (connection_id, provider, due_at)
    select c.id, c.provider, ${now} from connections c
    where c.provider = any(${watched}::text[])
      and not exists (select from connection_watches w where w.connection_id = c.id)
    on conflict do nothing`.execute(app.db)
  const claimed = await claimDue(app, watched)
  const waiting = [...claimed]
  const takeTurns = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      await watchConnection(app, next)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, takeTurns))

  return claimed.length
}

type Row = {
  readonly connection_id: string
  readonly cursor: Json | null
  readonly failures: number
}

async function claimDue(
  app: Pick<AppContext, 'db' | 'now'>,
  providers: readonly string[],
): Promise<readonly ClaimedWatch[]> {
  const now = instantOf(app.now())
  const lease = randomUUID()
  // The first look of a connection is one step into an index. Asked whether there is any open request, the planner
  // reads a million of them to know it of every connection.
  const { rows } = await sql<Row>`
    with due as (
      select w.connection_id from connection_watches w
      where w.due_at <= ${now} and w.provider = any(${[...providers]}::text[])
        and (select true from request_looks l where l.connection_id = w.connection_id
          order by l.looked_at limit 1)
      order by w.due_at limit ${batch} for update skip locked
    )
    update connection_watches w set due_at = ${instantAfter(now, leaseMs)}, lease = ${lease}
    from due join connections c on c.id = due.connection_id
    where w.connection_id = due.connection_id
    returning w.connection_id, c.cursor, w.failures`.execute(app.db)

  return rows.map((row) => ({
    connection: row.connection_id,
    cursor: row.cursor ?? undefined,
    failures: row.failures,
    lease,
  }))
}
