import { sql } from 'kysely'
import type { Queryable } from '../database/open-database.ts'

/** What names an envelope: its id, a signing of it, or the hash of a token that was handed out. */
export type EnvelopeKey =
  | { readonly envelope: string; readonly organisation?: string | undefined }
  | { readonly signing: string; readonly organisation: string }
  | { readonly signerHash: Buffer }
  | { readonly callbackHash: Buffer; readonly provider: string }

/** A row as JSON has it: `timestamptz` with an offset and up to six fraction digits. */
type JsonRow = { readonly [column: string]: unknown }

export type AggregateRows = {
  readonly envelope: JsonRow
  readonly documents: readonly JsonRow[]
  readonly recipients: readonly JsonRow[]
  readonly signings: readonly JsonRow[]
  readonly contents: readonly JsonRow[]
  readonly requests: readonly JsonRow[]
  readonly attempts: readonly JsonRow[]
  readonly seals: readonly JsonRow[]
  readonly artifacts: readonly JsonRow[]
  /** End of the audit chain. */
  readonly head: { readonly seq: number; readonly hash: string } | null
}

const parts = sql`
  select
    to_json(e) as envelope,
    (select coalesce(json_agg(json_build_object('id', d.id, 'position', l.position, 'sha256', d.sha256,
        'size', d.size, 'media_type', d.media_type, 'file_name', d.file_name, 'title', l.title,
        'meta', l.meta) order by l.position), '[]')
      from envelope_documents l join documents d on d.id = l.document_id
      where l.envelope_id = e.id) as documents,
    (select coalesce(json_agg(r order by r.position), '[]')
      from recipients r where r.envelope_id = e.id) as recipients,
    (select coalesce(json_agg(s order by r.position), '[]')
      from signings s join recipients r on r.id = s.recipient_id
      where s.envelope_id = e.id) as signings,
    (select coalesce(json_agg(c order by c.id), '[]')
      from contents c where c.envelope_id = e.id) as contents,
    (select coalesce(json_agg(r order by r.id), '[]')
      from requests r where r.envelope_id = e.id) as requests,
    (select coalesce(json_agg(a order by a.id), '[]')
      from attempts a where a.envelope_id = e.id) as attempts,
    (select coalesce(json_agg(s order by s.id), '[]')
      from seals s where s.envelope_id = e.id) as seals,
    (select coalesce(json_agg(a order by a.id), '[]')
      from artifacts a where a.envelope_id = e.id) as artifacts,
    (select json_build_object('seq', v.seq, 'hash', v.hash)
      from events v where v.envelope_id = e.id order by v.seq desc limit 1) as head
  from envelopes e`

function whereOf(key: EnvelopeKey) {
  if ('signing' in key) {
    return sql`where e.id = (select envelope_id from signings where id = ${key.signing})
      and e.organisation_id = ${key.organisation}`
  }
  if ('signerHash' in key) {
    return sql`where e.id = (select envelope_id from signings where signer_hash = ${key.signerHash})`
  }
  if ('callbackHash' in key) {
    return sql`where e.id = (select envelope_id from requests
      where callback_hash = ${key.callbackHash} and provider = ${key.provider})`
  }

  return key.organisation === undefined
    ? sql`where e.id = ${key.envelope}`
    : sql`where e.id = ${key.envelope} and e.organisation_id = ${key.organisation}`
}

/**
 * Everything of one envelope in one statement: one round trip, and one moment, so that no reader ever
 * sees half of another's change.
 */
export async function queryAggregate(
  db: Queryable,
  key: EnvelopeKey,
): Promise<AggregateRows | undefined> {
  const { rows } = await sql<AggregateRows>`${parts} ${whereOf(key)}`.execute(db)

  return rows[0]
}
