import type { RequestId } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'

/** A request of which there may be news. */
export type Hinted = { readonly envelope: string; readonly request: RequestId }

/**
 * Something hinted at news of these: their service is asked about each once, soon, and more often for a
 * while. Of one that waits to be asked already nothing more is made.
 *
 * @param restMs one at which something hinted within so long is left alone: for hints that anybody can give,
 * as often as they like
 */
export async function hintRequests(
  { db, queue, now }: Pick<AppContext, 'db' | 'queue' | 'now'>,
  hinted: readonly Hinted[],
  { restMs = 0 }: { readonly restMs?: number } = {},
): Promise<void> {
  if (hinted.length === 0) {
    return
  }
  const at = now()
  const before = new Date(at.getTime() - restMs).toISOString()
  const { rows } = await sql<{ request_id: string }>`
    update request_looks set hinted_at = ${at.toISOString()}
    where request_id = any(${hinted.map(({ request }) => request)}::text[])
      and (${restMs === 0} or hinted_at is null or hinted_at <= ${before})
    returning request_id`.execute(db)
  const fresh = new Set(rows.map((row) => row.request_id))
  await queue.enqueueOwed(
    db,
    hinted
      // A request whose call is in the air has no row yet, and news of it all the same.
      .filter(({ request }) => restMs === 0 || fresh.has(request))
      .map(({ envelope, request }) => ({ envelope, job: { kind: 'look', request } })),
  )
}
