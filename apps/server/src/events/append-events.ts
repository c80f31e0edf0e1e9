import type { DomainEvent } from '@muhr/envelope'
import { chainHash, genesisHash } from '@muhr/evidence'
import { json, type Tx } from '../database/open-database.ts'

/**
 * Appends events to the envelope's chain, in the transaction that changed it. The envelope row is
 * already locked by its compare-and-set, so that no two writers continue the same link.
 */
export async function appendEvents(
  tx: Tx,
  envelope: { readonly id: string; readonly organisation: string },
  events: readonly DomainEvent[],
  at: string,
): Promise<number> {
  const last = await tx
    .selectFrom('events')
    .select(['seq', 'hash'])
    .where('envelope_id', '=', envelope.id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  let seq = last?.seq ?? 0
  let hash = last?.hash ?? genesisHash
  const rows = events.map((event) => {
    seq += 1
    const previousHash = hash
    hash = chainHash(previousHash, {
      envelopeId: envelope.id,
      seq,
      at,
      type: event.type,
      actor: event.actor,
      signingId: event.signing,
      requestId: event.request,
      artifactId: event.artifact,
      data: event.data,
    })

    return {
      envelope_id: envelope.id,
      seq,
      organisation_id: envelope.organisation,
      at,
      type: event.type,
      actor: json(event.actor),
      signing_id: event.signing ?? null,
      request_id: event.request ?? null,
      artifact_id: event.artifact ?? null,
      data: json(event.data),
      prev_hash: previousHash,
      hash,
    }
  })
  if (rows.length > 0) {
    await tx.insertInto('events').values(rows).execute()
  }

  return seq
}
