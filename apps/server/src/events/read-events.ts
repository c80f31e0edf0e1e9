import type { ChainedEvent } from '@muhr/evidence'
import type { Queryable } from '../database/open-database.ts'

/** All events of an envelope in their order. */
export async function readEvents(
  db: Queryable,
  envelopeId: string,
  upTo?: number,
): Promise<readonly ChainedEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('envelope_id', '=', envelopeId)
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
