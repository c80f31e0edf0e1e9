import { sql } from 'kysely'
import type { Database } from '../database/open-database.ts'
import type { EnvelopeSummaryBody } from '../http/schemas/envelope-schemas.ts'
import { loadSummaries } from './load-summaries.ts'

export type EnvelopeQuery = {
  readonly state?: string | undefined
  readonly provider?: string | undefined
  readonly q?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Rows whose live requests carry an attention flag, or are unknown, or whose signing is held. */
const needsPerson = sql<boolean>`exists (
  select 1 from signings s
  where s.envelope_id = envelopes.id and envelopes.state = 'sent'
    and s.state not in ('signed','declined','expired','voided','failed')
    and (s.state = 'held' or exists (
      select 1 from requests r
      where r.signing_id = s.id and r.round = s.round
        and (r.attention is not null or r.state = 'unknown'))))`

/**
 * A page of envelopes. Those that need a person come first on the first page (ui §4), then newest
 * first; the cursor continues after the last id, which sorts by time.
 */
export async function findEnvelopes(
  db: Database,
  organisationId: string,
  query: EnvelopeQuery,
): Promise<{
  items: EnvelopeSummaryBody[]
  nextCursor?: string
  counts: { needsPerson: number; open: number; all: number }
}> {
  const mine = db.selectFrom('envelopes').where('organisation_id', '=', organisationId)
  const narrowed = mine
    .$if(query.state !== undefined && query.state !== 'attention', (q) =>
      q.where('envelopes.state', '=', query.state ?? ''),
    )
    .$if(query.state === 'attention', (q) => q.where(needsPerson))
    .$if(query.q !== undefined && query.q.trim() !== '', (q) =>
      q.where((where) => {
        const like = `%${(query.q ?? '').trim().replace(/[\\%_]/g, (c) => `\\${c}`)}%`

        return where.or([
          where('envelopes.title', 'ilike', like),
          where.exists(
            where
              .selectFrom('recipients')
              .select('recipients.id')
              .whereRef('recipients.envelope_id', '=', 'envelopes.id')
              .where('recipients.name', 'ilike', like),
          ),
        ])
      }),
    )
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

  const urgent =
    query.cursor === undefined
      ? await narrowed
          .select('id')
          .where(needsPerson)
          .orderBy('id', 'desc')
          .limit(query.limit)
          .execute()
      : []
  const page = await narrowed
    .select('id')
    .$if(query.cursor !== undefined, (q) => q.where('id', '<', query.cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .execute()
  const more = page.length > query.limit
  const shown = page.slice(0, query.limit)
  const ids = [...new Set([...urgent, ...shown].map((row) => row.id))]
  const items = await loadSummaries(db, ids)
  const counts = await mine
    .select([
      sql<number>`count(*)::int`.as('all'),
      sql<number>`count(*) filter (where state = 'sent')::int`.as('open'),
      sql<number>`count(*) filter (where ${needsPerson})::int`.as('needsPerson'),
    ])
    .executeTakeFirstOrThrow()
  const last = shown.at(-1)

  return { items, ...(more && last !== undefined ? { nextCursor: last.id } : {}), counts }
}
