import type { DomainEvent } from '@muhr/envelope'
import { chainHash, genesisHash } from '@muhr/evidence'

type JsonRow = { readonly [column: string]: unknown }

/** Rows of events that continue an envelope's chain from its end. */
export function chainEvents(
  envelope: { readonly id: string; readonly organisation: string },
  events: readonly DomainEvent[],
  from: {
    readonly head: { readonly seq: number; readonly hash: string } | undefined
    readonly at: string
  },
): readonly JsonRow[] {
  let seq = from.head?.seq ?? 0
  let hash = from.head?.hash ?? genesisHash

  return events.map((event) => {
    seq += 1
    const previousHash = hash
    hash = chainHash(previousHash, {
      envelopeId: envelope.id,
      seq,
      at: from.at,
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
      at: from.at,
      type: event.type,
      actor: event.actor,
      signing_id: event.signing,
      request_id: event.request,
      artifact_id: event.artifact,
      data: event.data,
      prev_hash: previousHash,
      hash,
    }
  })
}
