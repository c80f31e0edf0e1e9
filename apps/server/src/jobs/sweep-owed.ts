import { type Instant, type Job, nextRecheck } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { json } from '../database/open-database.ts'
import { owedSeals } from '../seals/owed-seals.ts'
import type { QueuedJob } from './queue.ts'
import { callTimeoutOf } from './run-attempt.ts'
import { tickDue } from './tick-due.ts'

/** Age after which owed work is taken for forgotten by its job, ms. */
const patienceMs = 60_000

/** What a call may still be in the air for after its time, ms. */
const claimedSlackMs = 15_000

/** Since when at the latest a call must have been made that is in the air no more, by provider. */
function claimedBefore(
  app: Pick<AppContext, 'providers'>,
  ago: (ms: number) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...app.providers].map(([id, provider]) => [id, ago(callTimeoutOf(provider) + claimedSlackMs)]),
  )
}

/** Most rows of one kind that one sweep takes up; the next takes the rest. */
const batch = 1_000

type Sweeper = Pick<AppContext, 'db'>

/**
 * Looks in the domain's own rows for work that is owed and makes jobs for it again. The rows are the
 * truth, the queue only their courier: after a crash, a lost job or a restored backup nothing waits for
 * ever. Run at start with `patienceMs: 0` and now and then while running. A job that is made twice finds
 * its work done.
 * @returns how many pieces of work were owed
 */
export async function sweepOwed(
  app: AppContext,
  options: { readonly patienceMs?: number } = {},
): Promise<number> {
  const now = app.now()
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString()
  const before = ago(options.patienceMs ?? patienceMs)
  const due = await tickDue(app)
  const owed = [
    ...(await owedPlans(app, before)),
    ...(await owedAttempts(app, { recorded: before, claimed: claimedBefore(app, ago) })),
    ...(await owedSeals(app, before)),
    ...(await owedCollections(app, { before, ago })),
    ...(await owedJudgements(app, before)),
    ...(await owedRechecks(app, now)),
    ...(await owedConclusions(app, before)),
  ]
  await app.queue.enqueueOwed(app.db, owed)

  return due + owed.length
}

const queued = (envelope: string, job: Job): QueuedJob => ({ envelope, job })

async function owedPlans({ db }: Sweeper, before: string): Promise<readonly QueuedJob[]> {
  const rows = await db
    .selectFrom('signings')
    .select(['id', 'envelope_id', 'round'])
    .where('planning', '=', true)
    .where('since', '<=', before)
    .limit(batch)
    .execute()

  return rows.map((row) =>
    queued(row.envelope_id, { kind: 'plan', signing: row.id, round: row.round } as Job),
  )
}

/** One found claimed is not sent again: its job makes the request `unknown` (design §3 rule 2). */
async function owedAttempts(
  { db }: Sweeper,
  before: { readonly recorded: string; readonly claimed: Readonly<Record<string, string>> },
): Promise<readonly QueuedJob[]> {
  // One that waits for a slot is owed nothing: whoever grants the slot makes its job.
  const { rows } = await sql<{ id: string; envelope_id: string; action: string }>`
    select a.id, a.envelope_id, a.action
    from attempts a join requests r on r.id = a.request_id
    where (a.state = 'claimed'
        and a.since <= coalesce(${json(before.claimed)}::jsonb->>r.provider, ${before.recorded})::timestamptz)
      or (a.state = 'recorded' and coalesce(a.not_before, a.since) <= ${before.recorded}
        and (a.action <> 'dispatch' or r.handle is not null
          or coalesce(r.traits->>'paced', 'false') <> 'true'
          or exists (select from quota_slots s where s.attempt_id = a.id)))
    limit ${batch}`.execute(db)

  return rows.map((row) =>
    queued(row.envelope_id, { kind: 'attempt', attempt: row.id, action: row.action } as Job),
  )
}

/**
 * A service said that it is signed, and not everything was fetched. Where a person was told that it has
 * less than it should, fetching again brings no more.
 */
async function owedCollections(
  { db, providers }: Sweeper & Pick<AppContext, 'providers'>,
  { before, ago }: { readonly before: string; readonly ago: (ms: number) => string },
): Promise<readonly QueuedJob[]> {
  const again = Object.fromEntries(
    [...providers].flatMap(([id, provider]) => {
      const { recollectMs } = provider.describe()

      return recollectMs === undefined ? [] : [[id, ago(recollectMs)]]
    }),
  )
  const { rows } = await sql<{ id: string; envelope_id: string }>`
    select r.id, r.envelope_id from requests r
    where r.state = 'open' and r.seen @> array['said-signed'] and r.since <= ${before}
      and (r.attention is null or r.attention->>'kind' <> 'provider' or r.attention->>'code' in ('overdue', 'collect-refused'))
      and exists (select from unnest(r.contents) c(id)
        where not exists (select from artifacts a where a.request_id = r.id and a.content_id = c.id
          and (a.standing <> 'refused'
            or a.received_at <= coalesce(${json(again)}::jsonb->>r.provider, 'infinity')::timestamptz)))
    limit ${batch}`.execute(db)

  return rows.map((row) => queued(row.envelope_id, { kind: 'collect', request: row.id } as Job))
}

async function owedJudgements({ db }: Sweeper, before: string): Promise<readonly QueuedJob[]> {
  const rows = await db
    .selectFrom('artifacts')
    .select(['id', 'envelope_id'])
    .where((where) =>
      where.or([
        where('standing', '=', 'pending'),
        where.and([where('standing', '=', 'late'), where('verdict', 'is', null)]),
      ]),
    )
    .where('received_at', '<=', before)
    .limit(batch)
    .execute()

  return rows.map((row) => queued(row.envelope_id, { kind: 'verify', artifact: row.id } as Job))
}

/** Held ones whose last judgement is as old as their schedule allows. */
async function owedRechecks({ db }: Sweeper, now: Date): Promise<readonly QueuedJob[]> {
  const rows = await db
    .selectFrom('artifacts as a')
    .innerJoin('signings as s', 's.id', 'a.signing_id')
    .select((where) => [
      'a.id',
      'a.envelope_id',
      'a.received_at',
      where
        .selectFrom('reports as r')
        .select(sql<string>`max(r.at)`.as('at'))
        .whereRef('r.artifact_id', '=', 'a.id')
        .as('judged_at'),
    ])
    .where('a.standing', '=', 'held')
    .where('s.state', 'not in', ['signed', 'declined', 'expired', 'voided', 'failed'])
    .limit(batch)
    .execute()
  const at = now.toISOString()

  return rows
    .filter(
      (row) =>
        row.judged_at === null ||
        nextRecheck(row.received_at as Instant, row.judged_at as Instant) <= at,
    )
    .map((row) => queued(row.envelope_id, { kind: 'recheck', artifact: row.id, at } as Job))
}

/** Ended envelopes that have something to prove and no time-stamp over it. */
async function owedConclusions({ db }: Sweeper, before: string): Promise<readonly QueuedJob[]> {
  const rows = await db
    .selectFrom('envelopes as e')
    .leftJoin('evidence as v', 'v.envelope_id', 'e.id')
    .select('e.id')
    .where('e.ended_at', '<=', before)
    .where('v.timestamp_sha256', 'is', null)
    .where(sql<boolean>`exists (select 1 from artifacts a where a.envelope_id = e.id)`)
    .limit(batch)
    .execute()

  return rows.map((row) => queued(row.id, { kind: 'conclude' }))
}
