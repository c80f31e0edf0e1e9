import type { Queryable } from '../database/open-database.ts'
import { chainHash, genesisHash, type StoredEvent } from './append-events.ts'

export type ChainedEvent = StoredEvent & { readonly prevHash: string; readonly hash: string }

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

/** Computes the chain again. `brokenAt` is the `seq` of the first event that does not continue it. */
export function checkChain(events: readonly ChainedEvent[]): {
  readonly intact: boolean
  readonly brokenAt?: number
} {
  let hash = genesisHash
  for (const [index, event] of events.entries()) {
    const { prevHash, hash: stored, ...rest } = event
    if (event.seq !== index + 1 || prevHash !== hash || chainHash(hash, rest) !== stored) {
      return { intact: false, brokenAt: event.seq }
    }
    hash = stored
  }

  return { intact: true }
}
