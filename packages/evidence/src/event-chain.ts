import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** One audit event of an envelope as it is chained. */
export type AuditEvent = {
  readonly envelopeId: string
  /** From 1, without gaps. */
  readonly seq: number
  /** ISO 8601, UTC. */
  readonly at: string
  readonly type: string
  readonly actor: unknown
  readonly signingId?: string | undefined
  readonly requestId?: string | undefined
  readonly artifactId?: string | undefined
  readonly data: unknown
}

export type ChainedEvent = AuditEvent & { readonly prevHash: string; readonly hash: string }

/** The hash before the first event: 64 zeros. */
export const genesisHash = '0'.repeat(64)

/** One link: SHA-256 (hex) over the previous hash, a line feed and the event's canonical JSON. */
export function chainHash(previousHash: string, event: AuditEvent): string {
  return createHash('sha256')
    .update(`${previousHash}\n${canonicalJson(event)}`)
    .digest('hex')
}

/** Computes the chain again. `brokenAt` is the `seq` of the first event that does not continue it. */
export function checkEventChain(events: readonly ChainedEvent[]): {
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
