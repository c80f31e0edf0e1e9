import { randomUUID } from 'node:crypto'
import type { QuotaBucket } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import type { Queryable } from '../database/open-database.ts'
import { type BucketState, nextFree } from './assign-slots.ts'
import { lockBuckets } from './grant-slots.ts'
import { readBuckets } from './load-buckets.ts'

type Taker = Pick<AppContext, 'db' | 'now' | 'log'>

/** A slot that no call of a request holds. */
export type OtherSlot =
  | {
      readonly isGranted: true
      /** The call is over: the slot is held for the window from now. */
      readonly settle: () => Promise<void>
      /** The call surely never came to the service: the slot is free again. */
      readonly release: () => Promise<void>
    }
  | { readonly isGranted: false; readonly availableAt: Date }

/** Longest that a call is thought to be in the air whose process was lost, ms. */
const callMs = 600_000

type Wanted = {
  readonly provider: string
  readonly bucket: QuotaBucket
  readonly organisation: string
}

/**
 * Takes a slot for a call that is made at once and belongs to no request, out of the same bucket as the
 * calls that wait in turn; together they never exceed it. Where there is none, tells when the first is
 * free, if nobody else is granted it.
 */
export async function takeSlot(app: Taker, wanted: Wanted): Promise<OtherSlot> {
  const { provider, bucket, organisation } = wanted
  const id = randomUUID()

  return app.db.transaction().execute(async (tx): Promise<OtherSlot> => {
    await lockBuckets(tx, provider, [bucket])
    const now = app.now()
    const state = await readBucket(tx, { ...wanted, now, guess: false })
    if (nextFree(state, now.getTime()) > now.getTime()) {
      const told = await readBucket(tx, { ...wanted, now, guess: true })

      return { isGranted: false, availableAt: new Date(nextFree(told, now.getTime())) }
    }
    await tx
      .insertInto('quota_other_slots')
      .values({
        id,
        provider,
        bucket: bucket.id,
        organisation_id: organisation,
        granted_at: now.toISOString(),
        held_until: new Date(now.getTime() + callMs + bucket.windowMs).toISOString(),
      })
      .execute()

    return {
      isGranted: true,
      settle: () => settleSlot(app, id, bucket.windowMs),
      release: () => settleSlot(app, id, undefined),
    }
  })
}

/** Calls that a bucket has room for now, and when it has room for the next one. */
export async function roomOf(
  app: Pick<AppContext, 'db' | 'now'>,
  wanted: Pick<Wanted, 'provider' | 'bucket'>,
): Promise<{ readonly free: number; readonly availableAt: Date }> {
  const now = app.now()
  const state = await readBucket(app.db, { ...wanted, now, guess: true })
  const held = state.held.filter((slot) => slot.until > now.getTime()).length
  const isBlocked = state.blockedUntil > now.getTime()

  return {
    free: isBlocked ? 0 : Math.max(0, state.limit - held),
    availableAt: new Date(nextFree(state, now.getTime())),
  }
}

async function readBucket(
  db: Queryable,
  about: Pick<Wanted, 'provider' | 'bucket'> & { readonly now: Date; readonly guess: boolean },
): Promise<BucketState> {
  const { bucket, ...rest } = about
  const [state] = await readBuckets(db, { ...rest, buckets: [bucket] })

  return state ?? { ...bucket, blockedUntil: 0, held: [] }
}

/** What cannot be written holds the slot longer than it need be: the call itself is over. */
async function settleSlot(app: Taker, id: string, windowMs: number | undefined): Promise<void> {
  const written =
    windowMs === undefined
      ? app.db.deleteFrom('quota_other_slots').where('id', '=', id).execute()
      : app.db
          .updateTable('quota_other_slots')
          .set({ held_until: new Date(app.now().getTime() + windowMs).toISOString() })
          .where('id', '=', id)
          .execute()
  await written.catch((error: unknown) => {
    app.log.warn({ reason: (error as Error).name }, 'a slot of a quota is held longer than it is')
  })
}
