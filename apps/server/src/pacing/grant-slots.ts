import type { AttemptId, QuotaBucket } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { Tx } from '../database/open-database.ts'
import type { QueuedJob } from '../jobs/queue.ts'
import { assignSlots } from './assign-slots.ts'
import { bucketsOf, loadQuotas, readBuckets } from './load-buckets.ts'
import { readWaiting, waitingCall } from './waiting-calls.ts'

export type Granter = Pick<AppContext, 'db' | 'providers' | 'secrets' | 'now' | 'queue'>

/** Attempts that ended before they were claimed: no call was made under their slot. */
const neverCalled = ['request-ended', 'opened-already', 'seal-stale'] as const

/** Providers whose service counts what is asked of it. */
export function pacedProviders(app: Pick<AppContext, 'providers'>): readonly string[] {
  return [...app.providers.values()]
    .map((provider) => provider.describe())
    .filter((capabilities) => capabilities.traits.paced === true)
    .map((capabilities) => capabilities.id)
}

/**
 * Gives the free slots of a service to the calls that wait for them, fair between organisations, then
 * between envelopes. The buckets are locked while it is counted and granted, so that processes take
 * turns; a trigger refuses what would break a quota. Owes the jobs of the calls that may leave now.
 * @returns how many slots were granted
 */
export async function grantSlots(app: Granter, provider: string): Promise<number> {
  const waiting = await readWaiting(app.db, { provider, now: app.now(), ready: true })
  if (waiting.length === 0) {
    return 0
  }
  const quotas = await loadQuotas(app, waiting)
  const buckets = bucketsOf(quotas)
  if (buckets.length === 0) {
    return 0
  }

  return app.db.transaction().execute(async (tx) => {
    await lockBuckets(tx, provider, buckets)
    const now = app.now()
    const granted = assignSlots({
      buckets: await readBuckets(tx, { provider, buckets, now, guess: false }),
      waiting: (await readWaiting(tx, { provider, now, ready: true })).map((row) =>
        waitingCall(row, quotas),
      ),
      now: now.getTime(),
    })
    const jobs: QueuedJob[] = []
    for (const { call, bucket } of granted) {
      const attempt = call.attempt ?? ''
      await tx
        .insertInto('quota_slots')
        .values({
          attempt_id: attempt,
          provider,
          bucket,
          organisation_id: call.organisation,
          envelope_id: call.envelope,
          granted_at: now.toISOString(),
        })
        .execute()
      jobs.push({
        envelope: call.envelope,
        job: { kind: 'attempt', attempt: attempt as AttemptId, action: 'dispatch' },
      })
    }
    await app.queue.enqueueOwed(tx, jobs)

    return jobs.length
  })
}

/** In one order, so that two granters never wait for each other. Slots of calls never made are freed. */
export async function lockBuckets(
  tx: Tx,
  provider: string,
  buckets: readonly QuotaBucket[],
): Promise<void> {
  for (const bucket of buckets) {
    await sql`insert into quota_buckets (provider, id, slots, window_ms)
      values (${provider}, ${bucket.id}, ${bucket.limit}, ${bucket.windowMs})
      on conflict (provider, id) do update set slots = excluded.slots, window_ms = excluded.window_ms`.execute(
      tx,
    )
  }
  const ids = buckets.map((bucket) => bucket.id)
  await sql`delete from quota_slots s using attempts a
    where a.id = s.attempt_id and s.provider = ${provider} and s.bucket = any(${ids}::text[])
      and a.state = 'refused' and a.code = any(${[...neverCalled]}::text[])`.execute(tx)
}

/** Grants whatever is free at every service that counts. */
export async function grantAll(app: Granter): Promise<number> {
  let granted = 0
  for (const provider of pacedProviders(app)) {
    granted += await grantSlots(app, provider)
  }

  return granted
}

/** The bucket of a call's slot; undefined while it has none. */
export async function slotOf(
  app: Pick<AppContext, 'db'>,
  attempt: AttemptId,
): Promise<string | undefined> {
  const row = await app.db
    .selectFrom('quota_slots')
    .select('bucket')
    .where('attempt_id', '=', attempt)
    .executeTakeFirst()

  return row?.bucket
}

/** In the transaction that puts a call off: its slot is free again, or its bucket closed for a while. */
export async function releaseSlot(
  tx: Tx,
  slot: { readonly attempt: AttemptId; readonly exhaustedUntil?: string | undefined },
): Promise<void> {
  const rows = await tx
    .deleteFrom('quota_slots')
    .where('attempt_id', '=', slot.attempt)
    .returning(['provider', 'bucket'])
    .execute()
  for (const { provider, bucket } of rows) {
    if (slot.exhaustedUntil !== undefined) {
      await sql`update quota_buckets set blocked_until =
          greatest(coalesce(blocked_until, ${slot.exhaustedUntil}::timestamptz), ${slot.exhaustedUntil}::timestamptz)
        where provider = ${provider} and id = ${bucket}`.execute(tx)
    }
  }
}

/** Slots that hold nothing any more are forgotten; kept a day for whoever asks what happened. */
export async function forgetSlots(app: Pick<AppContext, 'db' | 'now'>): Promise<void> {
  const now = app.now().toISOString()
  await sql`delete from quota_slots s using attempts a, quota_buckets b
    where a.id = s.attempt_id and b.provider = s.provider and b.id = s.bucket
      and a.state in ('done','refused','unknown')
      and a.since + b.window_ms * interval '1 ms' < ${now}::timestamptz - interval '1 day'`.execute(
    app.db,
  )
  await sql`delete from quota_other_slots
    where held_until < ${now}::timestamptz - interval '1 day'`.execute(app.db)
}
