import {
  type Instant,
  type Json,
  type OpenRequests,
  type RequestId,
  requestView,
  type WatchedRequest,
} from '@muhr/envelope'
import { sql } from 'kysely'
import type { Queryable } from '../database/open-database.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'

type Row = {
  readonly id: string
  readonly method: string
  readonly state: WatchedRequest<Json>['state']
  readonly round: number
  readonly handle: Json | null
  readonly opens_at: string | null
  readonly expires_at: string | null
  readonly since: string
  readonly hinted_at: string | null
  readonly due_at: string | null
}

const ownColumns = sql`r.id, r.method, r.state, r.round, r.handle, r.opens_at, r.expires_at, r.since`
const columns = sql`${ownColumns},
  (select h.hinted_at from request_looks h where h.request_id = r.id) as hinted_at, null as due_at`

/** Requests that share a key, which no service gives twice. */
const mostOfKey = 10

/** Most handle keys of one look-up. */
const mostKeys = 10_000

function watchedOf(row: Row): WatchedRequest<Json> {
  return {
    id: row.id as RequestId,
    method: row.method,
    state: row.state,
    round: row.round,
    handle: row.handle ?? undefined,
    window:
      row.opens_at === null || row.expires_at === null
        ? undefined
        : { opensAt: row.opens_at as Instant, expiresAt: row.expires_at as Instant },
    since: row.since as Instant,
    ...(row.hinted_at === null ? {} : { hintedAt: row.hinted_at as Instant }),
    ...(row.due_at === null ? {} : { dueAt: row.due_at as Instant }),
  }
}

/** The open requests of a connection as its watch may ask for them: by two indexes, never all at once. */
export function openRequestsOf(db: Queryable, connection: string): OpenRequests<Json> {
  return {
    find: async (keys) => {
      // Key by key: the planner does not know how seldom a key is, and would read the whole table.
      const { rows } = await sql<Row>`
        select ${columns} from unnest(${[...new Set(keys)].slice(0, mostKeys)}::text[]) k(key)
        cross join lateral (
          select * from requests q
          where q.connection_id = ${connection} and q.state in ('inflight','open','unknown')
            and q.handle ? 'key' and q.handle->>'key' = k.key
          limit ${mostOfKey}
        ) r`.execute(db)

      return rows.map(watchedOf)
    },
    unseenSince: async (before, limit) => {
      const { rows } = await sql<Row>`
        select ${columns} from request_looks l join requests r on r.id = l.request_id
        where l.connection_id = ${connection} and l.looked_at < ${before}
          and r.state in ('open','unknown')
        order by l.looked_at limit ${limit}`.execute(db)

      return rows.map(watchedOf)
    },
    due: async (now, limit, { hintedSince } = {}) => {
      const hinted = hintedSince === undefined ? sql`` : sql`and l.hinted_at >= ${hintedSince}`
      const { rows } = await sql<Row>`
        select ${ownColumns}, l.hinted_at, l.due_at from request_looks l join requests r on r.id = l.request_id
        where l.connection_id = ${connection} and l.due_at <= ${now} ${hinted}
          and r.state in ('open','unknown')
        order by l.due_at limit ${limit}`.execute(db)

      return rows.map(watchedOf)
    },
    nextDue: async () => {
      const { rows } = await sql<{ due_at: string | null }>`
        select min(due_at) as due_at from request_looks where connection_id = ${connection}`.execute(
        db,
      )

      return (rows[0]?.due_at ?? undefined) as Instant | undefined
    },
    view: async (id) => {
      const { rows } = await sql<{ envelope_id: string }>`
        select envelope_id from requests where id = ${id} and connection_id = ${connection}
          and state in ('inflight','open','unknown')`.execute(db)
      const [row] = rows
      const aggregate = row && (await loadAggregate(db, { envelope: row.envelope_id }))

      return aggregate && requestView(aggregate, id)
    },
    ofContents: async (md5s) => {
      const { rows } = await sql<Row>`
        select distinct ${columns} from content_md5s m
        join contents c on c.sha256 = m.sha256
        join requests r on r.envelope_id = c.envelope_id and c.id = any(r.contents)
        where m.md5 = any(${[...new Set(md5s)].slice(0, mostKeys)}::text[])
          and r.connection_id = ${connection} and r.state in ('inflight','open','unknown')
        limit ${mostKeys}`.execute(db)

      return rows.map(watchedOf)
    },
  }
}
