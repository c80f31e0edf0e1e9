import type { VerificationReport } from '@muhr/pki'
import type { ChainedEvent } from './event-chain.ts'

/** Everything that an evidence bundle is made from: data, and a way to stored bytes by digest. */
export type EvidenceSource = {
  readonly envelope: {
    readonly id: string
    readonly title: string
    readonly state: string
    readonly organisation: string
    readonly bin?: string | undefined
    /** ISO 8601, UTC, as the other times. */
    readonly createdAt: string
    readonly sentAt?: string | undefined
    readonly endedAt?: string | undefined
    readonly sandbox: boolean
  }
  readonly documents: readonly {
    readonly id: string
    readonly title: string
    readonly fileName: string
    readonly mediaType: string
    readonly sha256: string
  }[]
  readonly contents: readonly {
    readonly id: string
    readonly document: string
    readonly derivation: string
    readonly sha256: string
  }[]
  readonly signatures: readonly {
    readonly id: string
    readonly content: string
    readonly sha256: string
    readonly format: 'CMS' | 'XMLDSig' | 'raw' | 'PAdES'
    readonly detached: boolean
    /** Name of the recipient that it was asked from. */
    readonly recipient: string
    /** `accepted` and `held` ones count; `refused` and `late` ones are kept because they happened. */
    readonly standing: string
    readonly acceptedBy?:
      | { readonly actor: string; readonly reason: string; readonly at: string }
      | undefined
    readonly report: VerificationReport
  }[]
  /** Digests of stored DER objects that the reports rest on. */
  readonly material: {
    readonly certificates: readonly string[]
    readonly ocsp: readonly string[]
    readonly crls: readonly string[]
    readonly timestamps: readonly string[]
  }
  readonly events: readonly ChainedEvent[]
  /** Reads stored bytes by their SHA-256 (hex). */
  readonly read: (sha256: string) => Promise<Uint8Array>
}
