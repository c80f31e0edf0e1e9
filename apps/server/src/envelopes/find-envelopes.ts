import { sql } from 'kysely'
import type { Database } from '../database/open-database.ts'
import type { EnvelopeSummaryBody } from '../http/schemas/envelope-schemas.ts'
import { loadSummaries } from './load-summaries.ts'
import { needsPerson } from './needs-person.ts'
import { foldText } from './search-text.ts'

export type EnvelopeQuery = {
  readonly state?: string | undefined
  readonly provider?: string | undefined
  readonly q?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Where the next page begins: after which id, among those that need a person or after them. */
type Cursor = { readonly urgent: boolean; readonly after: string | undefined }

function readCursor(text: string | undefined): Cursor {
  const [, kind, after] = /^([pn])\.(.*)$/.exec(text ?? '') ?? []

  return kind === undefined
    ? { urgent: true, after: undefined }
    : { urgent: kind === 'p', after: after === '' ? undefined : after }
}

/**
 * A page of envelopes: those that need a person first (ui §4), then the others, both newest first. Ids
 * sort by time.
 */
export async function findEnvelopes(
  { db, now }: { readonly db: Database; readonly now: () => Date },
  organisationId: string,
  query: EnvelopeQuery,
): Promise<{
  items: EnvelopeSummaryBody[]
  nextCursor?: string
  counts: { needsPerson: number; open: number; all: number }
}> {
  const at = now()
  const isUrgent = needsPerson(at)
  const mine = db.selectFrom('envelopes').where('organisation_id', '=', organisationId)
  const narrowed = narrow(mine, query)
  const cursor = readCursor(query.cursor)
  const take = (urgent: boolean, after: string | undefined, limit: number) =>
    narrowed
      .select('id')
      .where(urgent ? isUrgent : sql<boolean>`not ${isUrgent}`)
      .$if(after !== undefined, (q) => q.where('id', '<', after ?? ''))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()

  // One more than asked for tells whether there is a next page.
  const wanted = query.limit + 1
  const urgent = cursor.urgent ? await take(true, cursor.after, wanted) : []
  const others =
    query.state === 'attention' || urgent.length >= wanted
      ? []
      : await take(false, cursor.urgent ? undefined : cursor.after, wanted - urgent.length)
  const shown = [...urgent, ...others].slice(0, query.limit)
  const last = shown.at(-1)
  const hasMore = urgent.length + others.length > query.limit
  const nextCursor =
    last === undefined || !hasMore ? undefined : nextOf(last.id, shown.length <= urgent.length)
  const counts = await mine
    .select([
      sql<number>`count(*)::int`.as('all'),
      sql<number>`count(*) filter (where state = 'sent')::int`.as('open'),
      sql<number>`count(*) filter (where ${isUrgent})::int`.as('needsPerson'),
    ])
    .executeTakeFirstOrThrow()
  const items = await loadSummaries(
    db,
    shown.map(({ id }) => id),
    at,
  )

  return { items, ...(nextCursor === undefined ? {} : { nextCursor }), counts }
}

const nextOf = (id: string, isUrgent: boolean): string => `${isUrgent ? 'p' : 'n'}.${id}`

type Mine = ReturnType<typeof rowsOf>
const rowsOf = (db: Database) => db.selectFrom('envelopes').where('organisation_id', '=', '')

function narrow(mine: Mine, query: EnvelopeQuery): Mine {
  const text = foldText(query.q ?? '')
  const like = `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`

  return mine
    .$if(query.state !== undefined && query.state !== 'attention', (q) =>
      q.where('envelopes.state', '=', query.state ?? ''),
    )
    .$if(text !== '', (q) => q.where('envelopes.search', 'like', like))
    .$if(query.provider !== undefined, (q) =>
      q.where((where) =>
        where.exists(
          where
            .selectFrom('recipients')
            .select('recipients.id')
            .whereRef('recipients.envelope_id', '=', 'envelopes.id')
            .where(
              sql<boolean>`recipients.methods @> ${JSON.stringify([{ provider: query.provider }])}::jsonb`,
            ),
        ),
      ),
    )
}
