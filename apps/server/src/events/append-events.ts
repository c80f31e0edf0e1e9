import { createHash } from 'node:crypto'
import type { DomainEvent } from '@muhr/envelope'
import { json, type Tx } from '../database/open-database.ts'

/** Hash before the first event of an envelope. */
export const genesisHash = '0'.repeat(64)

export type StoredEvent = {
  readonly envelopeId: string
  readonly seq: number
  readonly at: string
  readonly type: string
  readonly actor: unknown
  readonly signingId?: string | undefined
  readonly requestId?: string | undefined
  readonly artifactId?: string | undefined
  readonly data: unknown
}

/** JSON with object keys in code-point order, so that the same event always gives the same bytes. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`
  }

  return JSON.stringify(value ?? null)
}

/** One link of the chain: SHA-256 (hex) over the previous hash, a line feed and the event. */
export function chainHash(previousHash: string, event: StoredEvent): string {
  return createHash('sha256')
    .update(`${previousHash}\n${canonicalJson(event)}`)
    .digest('hex')
}

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
    const stored: StoredEvent = {
      envelopeId: envelope.id,
      seq,
      at,
      type: event.type,
      actor: event.actor,
      signingId: event.signing,
      requestId: event.request,
      artifactId: event.artifact,
      data: event.data,
    }
    const previousHash = hash
    hash = chainHash(previousHash, stored)

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
