import type { ChainedEvent } from '@muhr/evidence'
import type { Queryable } from '../database/open-database.ts'

/** The events of an envelope in their order, of one organisation, up to one, as far as asked. */
export async function readEvents(
  db: Queryable,
  key: {
    readonly envelope: string
    readonly organisation?: string | undefined
    readonly upTo?: number | undefined
  },
): Promise<readonly ChainedEvent[]> {
  const { envelope, organisation, upTo } = key
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('envelope_id', '=', envelope)
    .$if(organisation !== undefined, (query) =>
      query.where('organisation_id', '=', organisation ?? ''),
    )
    .$if(upTo !== undefined, (query) => query.where('seq', '<=', upTo ?? 0))
    .orderBy('seq')
    .execute()

  return rows.map((row) => ({
    envelopeId: row.envelope_id,
    seq: row.seq,
    at: row.at,
    type: row.type,
    actor: row.actor,
    signingId: row.signing_id ?? undefined,
    requestId: row.request_id ?? undefined,
    artifactId: row.artifact_id ?? undefined,
    data: row.data,
    prevHash: row.prev_hash,
    hash: row.hash,
  }))
}
