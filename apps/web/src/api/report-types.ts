import type { Indication, ReportSigner } from './types.ts'

/* The verification report of design.md §7, as `muhr verify --json` and the API give it. */

export type CheckResult = 'passed' | 'failed' | 'indeterminate'

export type ReportCheck = {
  readonly name: string
  readonly result: CheckResult
  readonly detail?: string | undefined
}

export type NamedAlgorithm = { readonly oid: string; readonly name: string }

export type ReportedSignature = {
  readonly indication: Indication
  readonly subIndication?: string | undefined
  readonly format: string
  readonly country: 'RU' | 'KZ' | 'UZ' | null
  readonly signatureAlgorithm: NamedAlgorithm
  readonly digestAlgorithm: NamedAlgorithm
  readonly cryptography: 'valid' | 'invalid' | 'unsupported'
  readonly contentDigest: string
  readonly level: 'qualified' | 'unqualified' | 'unknown'
  readonly signer: ReportSigner
  readonly chain: readonly {
    readonly subject: string
    readonly serialNumber: string
    readonly sha256: string
    readonly notAfter?: string | undefined
  }[]
  readonly anchor?: { readonly subject: string; readonly sha256: string } | undefined
  readonly revocation: readonly {
    readonly serialNumber: string
    readonly source: 'ocsp' | 'crl' | 'none'
    readonly status: string
    readonly thisUpdate?: string | undefined
  }[]
  readonly signingTime?: string | undefined
  readonly timestamps: readonly { readonly genTime: string; readonly valid: boolean }[]
  readonly checks: readonly ReportCheck[]
}

export type Report = {
  readonly indication: Indication
  readonly subIndication?: string | undefined
  readonly policy: string
  readonly validationTime: string
  readonly sandbox: boolean
  readonly signatures: readonly ReportedSignature[]
  /** Of an evidence bundle: what was found about it as a whole. */
  readonly bundle?:
    | {
        readonly checks: readonly ReportCheck[]
        readonly envelope?: { readonly title: string; readonly organisation: string } | undefined
      }
    | undefined
}

export type ReportedArtifact = {
  readonly sha256: string
  readonly format: string
  readonly detached: boolean
  readonly standing?: string | undefined
  readonly receivedAt?: string | undefined
  /** Id of the document that it signs. */
  readonly document?: string | undefined
}

/** `GET /v1/signings/{id}/report` */
export type StoredReport = {
  readonly report: Report
  readonly at?: string | undefined
  readonly artifact?: ReportedArtifact | undefined
  /** Every report of this signing, the one that stands first. */
  readonly history?:
    | readonly {
        readonly report: Report
        readonly at?: string | undefined
        readonly artifact?: ReportedArtifact | undefined
      }[]
    | undefined
  /** Id of the envelope it belongs to. */
  readonly envelope?: string | undefined
}
