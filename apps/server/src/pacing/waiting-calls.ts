import type { QuotaBucket } from '@muhr/envelope'
import { sql } from 'kysely'
import type { Queryable } from '../database/open-database.ts'
import type { WaitingCall } from './assign-slots.ts'
import { keyOfWay, type PacedWay } from './load-buckets.ts'

/** Most calls of one organisation that one look takes up; its envelopes take turns for them. */
const mostOfOrganisation = 500

export type WaitingRow = PacedWay & {
  readonly attempt: string | null
  readonly request: string
  readonly organisation: string
  readonly envelope: string
}

/**
 * First calls of a service that wait for a slot, in the order in which they were planned. `ready`: those
 * that could leave at `now`; else also those whose seal or time is still to come.
 */
export async function readWaiting(
  db: Queryable,
  input: { readonly provider: string; readonly now: Date; readonly ready: boolean },
): Promise<readonly WaitingRow[]> {
  const at = input.now.toISOString()
  const { rows } = await sql<WaitingRow>`
    with waiting as (
      select r.id, r.organisation_id, r.envelope_id, r.connection_id, r.method, a.id as attempt_id,
        row_number() over (partition by r.envelope_id order by r.id) as in_envelope
      from requests r
      left join attempts a on a.request_id = r.id and a.action = 'dispatch' and a.state = 'recorded'
      where r.provider = ${input.provider} and r.traits->>'paced' = 'true' and r.handle is null
        and r.state in ('planned','inflight','unknown') and r.ending is null
        and not exists (select from quota_slots s where s.attempt_id = a.id)
        and (not ${input.ready} or (a.id is not null and coalesce(a.not_before, ${at}) <= ${at}))
        and not exists (select from attempts c
          where c.request_id = r.id and c.action = 'dispatch' and c.state = 'claimed')
        and (r.state <> 'unknown' or a.id is not null)
    ), placed as (
      select *, row_number() over (partition by organisation_id order by in_envelope, id) as place
      from waiting
    )
    select attempt_id as attempt, id as request, organisation_id as organisation,
      envelope_id as envelope, connection_id as connection, method
    from placed where place <= ${mostOfOrganisation} order by id`.execute(db)

  return rows
}

/** A row with the buckets that it may draw on. */
export function waitingCall<Row extends Omit<WaitingRow, 'attempt'>>(
  row: Row,
  quotas: ReadonlyMap<string, readonly QuotaBucket[]>,
): Row & WaitingCall {
  return { ...row, buckets: (quotas.get(keyOfWay(row)) ?? []).map((bucket) => bucket.id) }
}
