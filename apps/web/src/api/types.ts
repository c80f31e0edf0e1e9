import type { Locale } from '../i18n/message.ts'

/*
 * Shapes of the REST API `/v1` as the web reads them. Moments are ISO 8601 in UTC, sizes are bytes,
 * digests are lower-case hex.
 */

export type EnvelopeState =
  | 'draft'
  | 'sent'
  | 'completed'
  | 'declined'
  | 'expired'
  | 'voided'
  | 'failed'

export type SigningState =
  | 'waiting'
  | 'sealing'
  | 'dispatching'
  | 'sent'
  | 'viewed'
  | 'received'
  | 'held'
  | 'signed'
  | 'declined'
  | 'expired'
  | 'voided'
  | 'failed'

export type RequestState = 'planned' | 'inflight' | 'open' | 'unknown' | 'closed'
export type Indication = 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED'
export type AttentionKind = 'content' | 'person' | 'verifier' | 'format' | 'provider' | 'seal'
export type Localised = { readonly [L in Locale]?: string | undefined }

/** Country of a national number together with the name the number has on the wire. */
export type IdentifierKind =
  | 'snils'
  | 'inn'
  | 'ogrn'
  | 'esiaOid'
  | 'rafp'
  | 'iin'
  | 'bin'
  | 'pinfl'
  | 'uzInn'
export type Identifiers = { readonly [K in IdentifierKind]?: string | undefined }

/** By which a service reaches a person, or knows one who has no national number there. */
export const contactKinds = ['phone', 'email'] as const
export type ContactKind = (typeof contactKinds)[number]
export type Contact = { readonly [K in ContactKind]?: string | undefined }

/** Everything that a recipient may be known by. */
export type RecipientKind = IdentifierKind | ContactKind
/** What a recipient is known by, all but the last signs hidden. */
export type MaskedRecipient = { readonly [K in RecipientKind]?: string | undefined }

export type Mode = 'sandbox' | 'live'

export type Organisation = {
  readonly id: string
  readonly name: string
  readonly names?: Localised | undefined
  readonly bin?: string | undefined
}

export type SandboxLinks = {
  readonly phoneUrl: string
  readonly consoleUrl?: string | undefined
  /** Test persons whose keys the simulated phones hold, when the server tells them. */
  readonly persons?:
    | readonly { readonly name: string; readonly iin?: string; readonly bin?: string }[]
    | undefined
}

export type Session = {
  readonly user: {
    readonly id: string
    readonly name: string
    readonly role: 'owner' | 'sender' | 'viewer' | 'auditor'
    readonly locale?: Locale | undefined
  }
  readonly organisation: Organisation
  readonly mode: Mode
  readonly sandbox?: SandboxLinks | undefined
  /** What this person may do. */
  readonly scopes: readonly string[]
  readonly version: string
}

export type ProviderMethod = {
  readonly method: string
  readonly detached?: boolean | undefined
  readonly format?: string | undefined
}

export type ProviderInfo = {
  readonly id: string
  readonly country: 'RU' | 'KZ' | 'UZ'
  readonly methods: readonly ProviderMethod[]
  readonly limits?:
    | { readonly maxDocuments?: number | undefined; readonly maxBytes?: number | undefined }
    | undefined
  readonly identifiers?: readonly IdentifierKind[] | undefined
  readonly connections?:
    | readonly {
        readonly id: string
        readonly name: string
        readonly sandbox?: boolean
        /** Its service does not answer our questions about what is open. */
        readonly failing?:
          | { readonly code: string; readonly since: string; readonly retryAt: string }
          | undefined
        /** How late the question is that waits longest, where requests are asked about one by one. */
        readonly lateSeconds?: number | undefined
      }[]
    | undefined
}

export type StoredDocument = {
  readonly id: string
  readonly sha256: string
  readonly size: number
  readonly mediaType: string
  readonly fileName: string
}

export type EnvelopeDocument = StoredDocument & {
  readonly title?: Localised | undefined
  readonly signatures: number
}

export type Presentation = {
  readonly qr?: string | undefined
  readonly links: readonly { readonly kind: string; readonly url: string }[]
  readonly expiresAt?: string | undefined
  /** The page of the service, which ours may show in a frame. */
  readonly frame?: string | undefined
  /** Whom the app names as the sender. */
  readonly sender?: string | undefined
}

export type Attention = {
  readonly kind: AttentionKind
  readonly code: string
  readonly since?: string | undefined
}

export type RequestView = {
  readonly id: string
  readonly provider: string
  readonly method: string
  readonly state: RequestState
  readonly outcome?: string | undefined
  readonly round: number
  /** When it is expected to leave, while the quota of its service makes it wait. */
  readonly expectedDispatchAt?: string | undefined
  readonly window?: { readonly opensAt: string; readonly expiresAt: string } | undefined
  readonly attention?: Attention | undefined
  /** A clerk is to confirm its seal, in time. */
  readonly clerkSeal?: { readonly due?: string | undefined } | undefined
  readonly presentation?: Presentation | undefined
}

export type ReportSigner = {
  readonly name: string
  readonly serialNumber?: string | undefined
  readonly subject?: string | undefined
  readonly organisation?: string | undefined
  readonly role?: string | undefined
} & Identifiers

export type ReportSummary = {
  readonly indication: Indication
  readonly subIndication?: string | undefined
  /** When it was checked. */
  readonly at?: string | undefined
  readonly signer?: ReportSigner | undefined
  readonly signingTime?: string | undefined
  readonly timestamp?: string | undefined
}

export type ArtifactView = {
  readonly id: string
  readonly sha256: string
  readonly document: string
  readonly standing: 'pending' | 'accepted' | 'held' | 'refused' | 'late'
  readonly receivedAt: string
  readonly indication?: Indication | undefined
  readonly subIndication?: string | undefined
  readonly format: string
  readonly detached: boolean
  /** That it is the signature of this recipient is the word of the service alone. */
  readonly vouched?: true | undefined
}

export type Signing = {
  readonly id: string
  readonly state: SigningState
  readonly since: string
  readonly orderGroup: number
  readonly round: number
  readonly reason?: string | undefined
  readonly recipient: {
    readonly id: string
    readonly name: string
    readonly locale: Locale
    readonly identifiersMasked: MaskedRecipient
  }
  readonly methods: readonly { readonly provider: string; readonly method: string }[]
  readonly requests: readonly RequestView[]
  readonly signerUrl?: string | undefined
  readonly artifacts: readonly ArtifactView[]
  readonly report?: ReportSummary | undefined
  readonly acceptedBy?:
    | {
        readonly actor?:
          | { readonly id?: string | undefined; readonly name?: string | undefined }
          | undefined
        readonly name?: string | undefined
        readonly reason: string
        readonly at: string
      }
    | undefined
}

export type DisplayAttention = 'mismatch' | 'unknown' | 'seal' | 'held'
export type Display = {
  readonly state: string
  readonly attention?: DisplayAttention | null | undefined
}

export type Envelope = {
  readonly id: string
  readonly title: string
  readonly state: EnvelopeState
  readonly version: number
  readonly createdAt: string
  readonly sentAt?: string | undefined
  readonly deadline?: string | undefined
  readonly endedAt?: string | undefined
  readonly reason?: string | undefined
  readonly sandbox: boolean
  readonly documents: readonly EnvelopeDocument[]
  readonly signings: readonly Signing[]
  readonly evidence: { readonly ready: boolean; readonly proven: number; readonly of: number }
  readonly display?: Display | undefined
}

export type SigningSummary = {
  readonly id: string
  readonly state: SigningState
  readonly name: string
  readonly provider?: string | undefined
  /** Why it ended: a code of its service, or what a person wrote. */
  readonly reason?: string | undefined
  readonly attention?: DisplayAttention | null | undefined
}

export type EnvelopeSummary = {
  readonly id: string
  readonly title: string
  readonly state: EnvelopeState
  readonly version?: number | undefined
  readonly createdAt: string
  readonly sentAt?: string | undefined
  readonly updatedAt?: string | undefined
  readonly endedAt?: string | undefined
  readonly deadline?: string | undefined
  /** When the first service stops waiting for its signer, where no code is renewed. */
  readonly windowEndsAt?: string | undefined
  /** The server puts it first and counts it among those that need a person. */
  readonly needsPerson: boolean
  readonly reason?: string | undefined
  readonly documents: number
  readonly signings: readonly SigningSummary[]
  readonly display?: Display | undefined
}

/** Counters over the whole list, whatever filter is on. */
export type EnvelopeCounts = {
  readonly all?: number | undefined
  readonly needsPerson?: number | undefined
  /** Sent and not ended. */
  readonly open?: number | undefined
  readonly completed?: number | undefined
  readonly draft?: number | undefined
}

export type EnvelopePage = {
  readonly items: readonly EnvelopeSummary[]
  readonly nextCursor?: string | undefined
  readonly counts?: EnvelopeCounts | undefined
}

export type JournalEvent = {
  readonly seq: number
  readonly at: string
  readonly type: string
  readonly actor: {
    readonly kind: string
    readonly id?: string
    readonly name?: string | undefined
  }
  readonly signingId?: string | undefined
  readonly requestId?: string | undefined
  readonly artifactId?: string | undefined
  readonly data?: Readonly<Record<string, unknown>> | undefined
  readonly hash: string
}

export type Journal = {
  readonly items: readonly JournalEvent[]
  readonly chain: { readonly intact: boolean; readonly brokenAt?: number | undefined }
}

/** What `POST /v1/envelopes` and its pre-flight take. */
export type EnvelopeInput = {
  readonly title: string
  readonly documents: readonly { readonly id: string }[]
  readonly recipients: readonly {
    readonly name: string
    readonly locale?: Locale
    readonly orderGroup?: number
    readonly identifiers: Identifiers
    readonly contact?: Contact
    /** An earlier recipient, whose numbers and contacts of these kinds stand here too. */
    readonly identifiersOf?: {
      readonly recipient: string
      readonly kinds: readonly RecipientKind[]
    }
    readonly methods: readonly {
      readonly provider: string
      readonly method: string
      readonly connection?: string
    }[]
  }[]
  readonly deadline?: string
  readonly send?: boolean
}

export type FieldFinding = {
  readonly field: string
  readonly code: string
  readonly advice: string
  /** By how much it is broken, and what a parser said; English. */
  readonly detail?: string | undefined
}

export type Preflight = {
  readonly obstacles: readonly FieldFinding[]
  readonly warnings: readonly FieldFinding[]
  /** When requests would leave, sent now, at services that count what is asked of them. */
  readonly dispatches?:
    | readonly {
        /** Place among the recipients, from 0. */
        readonly recipient: number
        readonly provider: string
        readonly expectedAt: string
      }[]
    | undefined
}
