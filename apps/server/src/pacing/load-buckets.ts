import type { Json, QuotaBucket } from '@muhr/envelope'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import type { Queryable } from '../database/open-database.ts'
import type { BucketState } from './assign-slots.ts'

/** A way to a service whose first calls are counted. */
export type PacedWay = { readonly connection: string; readonly method: string }

export const keyOfWay = (way: PacedWay): string => JSON.stringify([way.connection, way.method])

type Loader = Pick<AppContext, 'providers' | 'secrets'> & { readonly db: Queryable }

/** The buckets that each way may draw on now, by `keyOfWay`. A way that is unusable has none. */
export async function loadQuotas(
  app: Loader,
  ways: readonly PacedWay[],
): Promise<ReadonlyMap<string, readonly QuotaBucket[]>> {
  const quotas = new Map<string, readonly QuotaBucket[]>()
  for (const way of ways) {
    const key = keyOfWay(way)
    if (!quotas.has(key)) {
      const loaded = await loadConnection(app, way.connection)
      quotas.set(
        key,
        loaded?.provider.quota?.({ connection: loaded.settings as Json, method: way.method }) ?? [],
      )
    }
  }

  return quotas
}

/** Each bucket once, in the order in which they are locked. */
export function bucketsOf(
  quotas: ReadonlyMap<string, readonly QuotaBucket[]>,
): readonly QuotaBucket[] {
  const byId = new Map([...quotas.values()].flat().map((bucket) => [bucket.id, bucket]))

  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

type HeldRow = {
  readonly bucket: string
  readonly organisation: string
  readonly envelope: string
  readonly is_open: boolean
  readonly since: string
  /** Of a slot that no call of a request holds. */
  readonly held_until: string | null
}

/** How long a call in the air is thought to hold its slot still, where that is only guessed. */
const far = Number.MAX_SAFE_INTEGER

/**
 * What is held of the buckets: a slot from its grant until its call is over, and then for the window.
 * `guess`: a call that is not over counts as over now, for what is only told; else it holds for ever.
 */
export async function readBuckets(
  db: Queryable,
  input: {
    readonly provider: string
    readonly buckets: readonly QuotaBucket[]
    readonly now: Date
    readonly guess: boolean
  },
): Promise<readonly BucketState[]> {
  const { provider, buckets, now } = input
  const ids = buckets.map((bucket) => bucket.id)
  const { rows } = await sql<HeldRow>`
    select s.bucket, s.organisation_id as organisation, s.envelope_id as envelope,
      a.state in ('recorded','claimed') as is_open, a.since, null::timestamptz as held_until
    from quota_slots s join attempts a on a.id = s.attempt_id
    where s.provider = ${provider} and s.bucket = any(${ids}::text[])
    union all
    select o.bucket, o.organisation_id, o.id, false, o.granted_at, o.held_until
    from quota_other_slots o
    where o.provider = ${provider} and o.bucket = any(${ids}::text[])
      and o.held_until > ${now.toISOString()}`.execute(db)
  const blocked = await db
    .selectFrom('quota_buckets')
    .select(['id', 'blocked_until'])
    .where('provider', '=', provider)
    .where('blocked_until', '>', now.toISOString())
    .execute()
  const blockedUntil = new Map(
    blocked.map((row) => [row.id, Date.parse(row.blocked_until ?? '')] as const),
  )
  const untilOf = (row: HeldRow, windowMs: number): number => {
    if (row.held_until !== null) {
      return Date.parse(row.held_until)
    }
    if (row.is_open) {
      return input.guess ? now.getTime() + windowMs : far
    }

    return Date.parse(row.since) + windowMs
  }

  return buckets.map((bucket) => ({
    ...bucket,
    blockedUntil: blockedUntil.get(bucket.id) ?? 0,
    held: rows
      .filter((row) => row.bucket === bucket.id)
      .map((row) => ({
        organisation: row.organisation,
        envelope: row.envelope,
        until: untilOf(row, bucket.windowMs),
      })),
  }))
}
