import { type Instant, instantOf } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import type { Queryable } from '../database/open-database.ts'
import { expectDispatches } from './assign-slots.ts'
import { bucketsOf, loadQuotas, readBuckets } from './load-buckets.ts'
import { readWaiting, type WaitingRow, waitingCall } from './waiting-calls.ts'

/** A request that is not in the queue yet, or may not be seen there. */
export type WantedCall = Omit<WaitingRow, 'attempt'>

/**
 * When the waiting first calls of a service are expected to leave, by request. `more` are taken to join
 * the queue at its end, as a new envelope would. Requests that leave at once have the time of now; those
 * that no quota can serve are absent.
 */
export async function expectedDispatches(
  app: Pick<AppContext, 'providers' | 'secrets' | 'now'> & { readonly db: Queryable },
  provider: string,
  more: readonly WantedCall[] = [],
): Promise<ReadonlyMap<string, Instant>> {
  const now = app.now()
  const rows = await readWaiting(app.db, { provider, now, ready: false })
  const known = new Set(rows.map((row) => row.request))
  const waiting = [...rows, ...more.filter((call) => !known.has(call.request))]
  if (waiting.length === 0) {
    return new Map()
  }
  const quotas = await loadQuotas(app, waiting)
  const expected = expectDispatches({
    buckets: await readBuckets(app.db, {
      provider,
      buckets: bucketsOf(quotas),
      now,
      guess: true,
    }),
    waiting: waiting.map((row) => waitingCall(row, quotas)),
    now: now.getTime(),
  })

  return new Map([...expected].map(([request, at]) => [request, instantOf(new Date(at))] as const))
}
