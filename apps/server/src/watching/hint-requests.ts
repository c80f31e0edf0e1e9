import type { RequestId } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'

/** A request of which there may be news. */
export type Hinted = { readonly envelope: string; readonly request: RequestId }

/**
 * Something hinted at news of these: their service is asked about each once, soon, and more often for a
 * while. Of one that waits to be asked already nothing more is made.
 */
export async function hintRequests(
  { db, queue, now }: Pick<AppContext, 'db' | 'queue' | 'now'>,
  hinted: readonly Hinted[],
): Promise<void> {
  if (hinted.length === 0) {
    return
  }
  await sql`update request_looks set hinted_at = ${now().toISOString()}
    where request_id = any(${hinted.map(({ request }) => request)}::text[])`.execute(db)
  await queue.enqueueOwed(
    db,
    hinted.map(({ envelope, request }) => ({ envelope, job: { kind: 'look', request } })),
  )
}
