import { planChunks } from '@muhr/epgu'
import { sql } from 'kysely'
import type { Queryable } from '../database/open-database.ts'
import { liveFiles, type OrderFileRow } from './order-files.ts'
import type { OrderRow } from './orders.ts'

/** One part of a package on its way to the portal. */
export type PushPart = {
  /** 0-based. */
  readonly index: number
  readonly fileName: string
  readonly size: number
  /** HTTP status of the last answer to it; null while there is none. */
  readonly status: number | null
}

/** How a package is cut, and what the portal answered to each part of the last sending; none before it is built. */
export async function partsOf(
  db: Queryable,
  order: OrderRow,
  content: {
    readonly files: readonly OrderFileRow[]
    /** `chunkBytes` and the time of the last sending. */
    readonly sending: { readonly at: string; readonly chunkBytes: number | undefined } | undefined
  },
): Promise<readonly PushPart[]> {
  const [file] = liveFiles(content.files, 'package')
  if (file === undefined) {
    return []
  }
  const { sending } = content
  const isOneShot = order.order_number === null && order.state !== 'sent'
  const chunks = isOneShot
    ? [{ index: 0, start: 0, end: file.size, fileName: 'archive.zip' }]
    : planChunks(file.size, { name: 'archive', chunkBytes: sending?.chunkBytes })
  const statuses = sending === undefined ? new Map() : await statusesOf(db, order, sending.at)

  return chunks.map(({ index, start, end, fileName }) => ({
    index,
    fileName,
    size: end - start,
    status: statuses.get(index) ?? null,
  }))
}

async function statusesOf(
  db: Queryable,
  order: OrderRow,
  since: string,
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ part: number; status: number }>`
    select coalesce((select (f->>'value')::int from jsonb_array_elements(c.request->'fields') f
      where f->>'name' = 'chunk'), 0) as part, c.status
    from workbench_calls c
    where c.order_id = ${order.id} and c.organisation_id = ${order.organisation_id}
      and c.operation in ('push','push-chunk') and c.at >= ${since} and c.status is not null
    order by c.id`.execute(db)

  return new Map(rows.map(({ part, status }) => [part, status]))
}
