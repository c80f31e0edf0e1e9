import { type Instant, instantAfter, instantOf, type SealId } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { QueuedJob } from '../jobs/queue.ts'
import { expectedDispatches } from '../pacing/expect-dispatch.ts'
import { sealAheadMs } from './run-seal.ts'

type OwedRow = {
  readonly id: string
  readonly envelope_id: string
  readonly request_id: string
  readonly provider: string
  readonly is_paced: boolean
}

/** Most seals that one sweep takes up; the next takes the rest. */
const batch = 1_000

/**
 * Seals that are to be built, or to be signed by a key that needs nobody. Of a service that counts only
 * those whose turn is near: their window begins when they are made.
 */
export async function owedSeals(
  app: Pick<AppContext, 'db' | 'providers' | 'secrets' | 'now'>,
  before: string,
): Promise<readonly QueuedJob[]> {
  const { rows } = await sql<OwedRow>`
    select s.id, s.envelope_id, s.request_id, r.provider,
      coalesce(r.traits->>'paced', 'false') = 'true' and r.handle is null as is_paced
    from seals s join requests r on r.id = s.request_id
    where (s.state = 'planned' or (s.state = 'wanted' and s.key = 'unattended'))
      and r.state in ('planned','inflight') and r.since <= ${before}
    order by s.id limit ${batch}`.execute(app.db)
  const soon = instantAfter(instantOf(app.now()), sealAheadMs)
  const expected = new Map<string, Instant>()
  for (const provider of new Set(rows.filter((row) => row.is_paced).map((row) => row.provider))) {
    for (const [request, at] of await expectedDispatches(app, provider)) {
      expected.set(request, at)
    }
  }

  return rows
    .filter((row) => !row.is_paced || (expected.get(row.request_id) ?? soon) <= soon)
    .map((row) => ({
      envelope: row.envelope_id,
      job: { kind: 'seal', seal: row.id as SealId },
    }))
}
