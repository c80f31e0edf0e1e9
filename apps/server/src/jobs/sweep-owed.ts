import type { Job } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'

/** Age after which owed work is taken for forgotten by its job, ms. */
const patienceMs = 60_000

/**
 * Looks in the domain's own rows for work that is owed and makes jobs for it again. The rows are the
 * truth, the queue only their courier: after a crash, a lost job or a restored backup nothing waits for
 * ever. Run at start with `patience: 0` and now and then while running. A job that is made twice finds
 * its work done.
 */
export async function sweepOwed(
  app: Pick<AppContext, 'db' | 'queue' | 'now'>,
  options: { readonly patienceMs?: number } = {},
): Promise<number> {
  const before = new Date(app.now().getTime() - (options.patienceMs ?? patienceMs)).toISOString()
  const owed: { readonly envelope: string; readonly job: Job }[] = []

  const planning = await app.db
    .selectFrom('signings')
    .select(['id', 'envelope_id', 'round'])
    .where('planning', '=', true)
    .where('since', '<=', before)
    .execute()
  owed.push(
    ...planning.map((row) => ({
      envelope: row.envelope_id,
      job: { kind: 'plan', signing: row.id, round: row.round } as Job,
    })),
  )

  const attempts = await app.db
    .selectFrom('attempts')
    .select(['id', 'envelope_id', 'action'])
    .where('state', 'in', ['recorded', 'claimed'])
    .where('since', '<=', before)
    .execute()
  owed.push(
    ...attempts.map((row) => ({
      envelope: row.envelope_id,
      job: { kind: 'attempt', attempt: row.id, action: row.action } as Job,
    })),
  )

  const pending = await app.db
    .selectFrom('artifacts')
    .select(['id', 'envelope_id'])
    .where((where) =>
      where.or([
        where('standing', '=', 'pending'),
        where.and([where('standing', '=', 'late'), where('verdict', 'is', null)]),
      ]),
    )
    .where('received_at', '<=', before)
    .execute()
  owed.push(
    ...pending.map((row) => ({
      envelope: row.envelope_id,
      job: { kind: 'verify', artifact: row.id } as Job,
    })),
  )

  const ended = await app.db
    .selectFrom('envelopes as e')
    .leftJoin('evidence as v', 'v.envelope_id', 'e.id')
    .select('e.id')
    .where('e.ended_at', 'is not', null)
    .where('e.ended_at', '<=', before)
    .where('v.timestamp_sha256', 'is', null)
    .where(sql<boolean>`exists (select 1 from artifacts a where a.envelope_id = e.id)`)
    .execute()
  owed.push(...ended.map((row) => ({ envelope: row.id, job: { kind: 'conclude' } as Job })))

  for (const { envelope, job } of owed) {
    await app.db.transaction().execute((tx) => app.queue.enqueue(tx, envelope, [job]))
  }

  return owed.length
}
