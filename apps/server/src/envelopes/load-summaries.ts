import type { Recipient, Seal } from '@muhr/envelope'
import { sql } from 'kysely'
import type { Queryable } from '../database/open-database.ts'
import type { EnvelopeSummaryBody } from '../http/schemas/envelope-schemas.ts'
import { attentionOf, displayState } from './display-state.ts'
import { envelopeOf, requestOf, signingOf } from './load-aggregate.ts'
import { needsPerson } from './needs-person.ts'

const instant = (at: Date | string | null | undefined): string | undefined =>
  at === null || at === undefined ? undefined : new Date(at).toISOString()

/** What a list shows of each envelope, in the order of `ids`; seven queries, however many there are. */
export async function loadSummaries(
  db: Queryable,
  ids: readonly string[],
  now: Date,
): Promise<EnvelopeSummaryBody[]> {
  if (ids.length === 0) {
    return []
  }
  const envelopes = await db
    .selectFrom('envelopes')
    .selectAll()
    .select(needsPerson(now).as('needs_person'))
    .where('id', 'in', ids)
    .execute()
  const documents = await db
    .selectFrom('envelope_documents')
    .select(['envelope_id', (where) => where.fn.countAll<number>().as('count')])
    .where('envelope_id', 'in', ids)
    .groupBy('envelope_id')
    .execute()
  const recipients = await db
    .selectFrom('recipients')
    .select(['id', 'envelope_id', 'name', 'methods'])
    .where('envelope_id', 'in', ids)
    .orderBy('position')
    .execute()
  const signings = await db
    .selectFrom('signings')
    .selectAll()
    .where('envelope_id', 'in', ids)
    .execute()
  const requests = await db
    .selectFrom('requests')
    .selectAll()
    .where('envelope_id', 'in', ids)
    .where((where) =>
      where.or([
        where('attention', 'is not', null),
        where('state', '=', 'unknown'),
        where(
          'id',
          'in',
          where
            .selectFrom('seals')
            .select('request_id')
            .where('envelope_id', 'in', ids)
            .where('state', '=', 'wanted')
            .where('key', '=', 'attended'),
        ),
      ]),
    )
    .execute()
  const seals = await db
    .selectFrom('seals')
    .select(['request_id as request', 'state', 'key', 'envelope_id'])
    .where('envelope_id', 'in', ids)
    .where('state', '=', 'wanted')
    .where('key', '=', 'attended')
    .execute()

  const windows = await db
    .selectFrom('requests')
    .innerJoin('signings', 'signings.id', 'requests.signing_id')
    .select(['requests.envelope_id', (where) => where.fn.min('requests.expires_at').as('ends')])
    .where('requests.envelope_id', 'in', ids)
    .where('requests.state', '=', 'open')
    .whereRef('requests.round', '=', 'signings.round')
    .where('signings.state', 'not in', ['signed', 'declined', 'expired', 'voided', 'failed'])
    // A code that is replaced by a new one ends nothing.
    .where(sql<boolean>`requests.traits ->> 'renewal' = 'none'`)
    .groupBy('requests.envelope_id')
    .execute()

  return ids.flatMap((id) => {
    const row = envelopes.find((candidate) => candidate.id === id)
    if (row === undefined) {
      return []
    }
    const envelope = envelopeOf(row)
    const flagged = requests.filter((request) => request.envelope_id === id).map(requestOf)
    const wanted = seals.filter((seal) => seal.envelope_id === id) as unknown as Seal[]
    const mine = signings.filter((signing) => signing.envelope_id === id).map(signingOf)

    return [
      {
        id,
        title: envelope.title,
        state: envelope.state,
        createdAt: envelope.createdAt,
        sentAt: envelope.sentAt,
        deadline: envelope.deadline,
        windowEndsAt: instant(windows.find((entry) => entry.envelope_id === id)?.ends),
        needsPerson: row.needs_person,
        documents: documents.find((entry) => entry.envelope_id === id)?.count ?? 0,
        signings: recipients
          .filter((recipient) => recipient.envelope_id === id)
          .flatMap((recipient) => {
            const signing = mine.find((candidate) => candidate.recipient === recipient.id)
            if (signing === undefined) {
              return []
            }
            const flag = flagged.find(
              (request) => request.signing === signing.id && request.round === signing.round,
            )

            return [
              {
                id: signing.id,
                state: signing.state,
                name: recipient.name,
                provider: (recipient.methods as Recipient['methods'])[0]?.provider,
                reason: signing.reason,
                attention: flag === undefined ? undefined : attentionOf(flag, wanted),
              },
            ]
          }),
        display: displayState({ envelope, signings: mine, requests: flagged, seals: wanted }),
      },
    ]
  })
}
