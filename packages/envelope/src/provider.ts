import type { ConnectionId, ContentId, DocumentId, Instant, RequestId, Sha256Hex } from './ids.ts'
import type { NewSeal, Observation } from './inputs.ts'
import type {
  Artifact,
  EnvelopeDocument,
  Recipient,
  RequestTraits,
  RequestWindow,
} from './model.ts'
import type {
  Derivation,
  Json,
  Locale,
  LocalisedText,
  MethodName,
  ProviderId,
  RequestOutcome,
} from './words.ts'

/** What a provider can do, as data: pages, pre-flight and the core read it, nobody asks for its name. */
export type Capabilities = {
  readonly id: ProviderId
  readonly country: 'RU' | 'KZ' | 'UZ'
  readonly methods: readonly MethodCapability[]
  /** `service`: it calls us. `watched`: we call it and watch. `browser`: our signer page signs. */
  readonly acts: 'service' | 'watched' | 'browser'
  readonly watch: 'cursor' | 'ids' | 'single' | 'none'
  readonly traits: RequestTraits
  readonly limits: {
    readonly maxDocuments: number
    /** All documents of one request together, bytes. */
    readonly maxBytes: number
  }
  /** Life of one request, ms; absent when the connection decides or nothing limits it. */
  readonly windowMs?: number | undefined
}

export type MethodCapability = {
  readonly method: MethodName
  readonly derivation: Derivation
  readonly format: Artifact['format']
  readonly detached: boolean
}

/** A plain reason with the field it is about; the same shape for clerks, API problems and doctor. */
export type Refusal = {
  readonly code: string
  /** JSON pointer-like path into the input (`recipient.identifiers.iin`). */
  readonly field: string
  readonly advice: string
}

/** The sending organisation as services show it. */
export type SenderView = {
  readonly name: LocalisedText
  readonly bin?: string | undefined
  readonly inn?: string | undefined
}

export type PlanInput<Connection> = {
  readonly connection: Connection
  readonly connectionId: ConnectionId
  readonly method: MethodName
  readonly sender: SenderView
  readonly recipient: Recipient
  readonly documents: readonly EnvelopeDocument[]
  readonly deadline?: Instant | undefined
  readonly now: Instant
}

export type PlannedRequest = {
  readonly method: MethodName
  /** In the order in which the service numbers them. */
  readonly contents: readonly { readonly document: DocumentId; readonly derivation: Derivation }[]
  readonly seals: readonly PlannedSeal[]
}
/** As `NewSeal`, but over contents by position instead of digests, since nothing is derived yet. */
export type PlannedSeal = Omit<NewSeal, 'items'> & {
  readonly items: readonly {
    readonly content: number
    readonly name: string
    readonly format: string
  }[]
}

export type Plan =
  | { readonly kind: 'planned'; readonly requests: readonly PlannedRequest[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

/** A request as a provider sees it: nothing of the envelope's inner life. */
export type RequestView<Handle> = {
  readonly id: RequestId
  readonly method: MethodName
  readonly handle: Handle | undefined
  readonly window: RequestWindow | undefined
  readonly closed: boolean
  /** Why it is closed: `signed` here, `superseded` by another method or a renewal, … */
  readonly outcome?: RequestOutcome | undefined
  /** True once an artifact over every content was accepted; a held one may still be bettered. */
  readonly accepted: boolean
  readonly title: string
  readonly recipient: Recipient
  readonly contents: readonly ContentView[]
  /** Submissions so far, oldest first: tells a repeat of the accepted one from another one. */
  readonly submissions: readonly SubmissionView[]
  /** Signatures made for the seals, in the order planned. */
  readonly seals: readonly { readonly purpose: string; readonly artifacts: readonly Sha256Hex[] }[]
}

export type ContentView = {
  readonly id: ContentId
  /** From 0; the service's own number is the adapter's business. */
  readonly position: number
  readonly document: EnvelopeDocument
  readonly sha256: Sha256Hex
  readonly size: number
}

export type SubmissionView = {
  readonly digest: Sha256Hex
  readonly outcome: 'pending' | 'accepted' | 'held' | 'refused' | 'late'
}

/** The outer world, passed in. */
export type ProviderIo = {
  readonly fetch: typeof fetch
  readonly now: () => Date
  readonly random: (bytes: number) => Uint8Array
  /** Reads stored bytes (contents, seals) by digest. */
  readonly read: (sha256: Sha256Hex) => Promise<Uint8Array>
  readonly signal: AbortSignal
}

export type CallResult<Handle> =
  | {
      readonly kind: 'opened'
      readonly handle: Handle
      readonly window?: RequestWindow | undefined
    }
  | { readonly kind: 'reserved'; readonly handle: Handle }
  | { readonly kind: 'refused'; readonly code: string }
  /** No answer, or one that does not tell whether the effect happened. Never thrown away, never repeated blindly. */
  | { readonly kind: 'unknown'; readonly code: string }

/** The next thing to do for a request. Pure and resumable: the same request gives the same step. */
export type Step<Handle> =
  | { readonly kind: 'call'; readonly run: (io: ProviderIo) => Promise<CallResult<Handle>> }
  /** Nothing is called. After seals it goes through an attempt: such traits say `reserved`. */
  | { readonly kind: 'expose'; readonly handle: Handle; readonly window: RequestWindow }
  | { readonly kind: 'await' }
  | { readonly kind: 'done' }

/** Addresses of ours that a request may hand out; made from `MUHR_PUBLIC_URL` and unguessable tokens. */
export type RequestAddresses = {
  /** `/cb/{provider}/{token}`, absolute, without a slash at the end. */
  readonly callback: string
  /** `/s/{token}`, absolute. */
  readonly signerPage: string
  /** A second secret of the same request, for a service that is given a bearer token. */
  readonly bearer: string
}

/** What the pages show so that the signer can act. */
export type Presentation = {
  /** Text of the QR code, exactly. */
  readonly qr?: string | undefined
  readonly links: readonly { readonly kind: string; readonly url: string }[]
  readonly expiresAt?: Instant | undefined
}

/** A signature that came in, before anybody judged it. */
export type Candidate = {
  readonly content: ContentId
  readonly bytes: Uint8Array
  readonly format: Artifact['format']
  readonly detached: boolean
}

export type HttpRequestView = {
  readonly method: string
  /** What stands behind the token in the path (`mgovSign`, `documents`). */
  readonly route: string
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string | undefined }
  readonly body: Uint8Array
}

export type HttpReply = {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: Uint8Array | AsyncIterable<Uint8Array>
}

/** How the core judged a submission; the provider turns it into its service's words. */
export type SubmissionOutcome =
  | { readonly kind: 'accepted' }
  /** INDETERMINATE, kept and checked again. */
  | { readonly kind: 'held'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string; readonly content?: ContentId | undefined }
  /** The signing ended before this came; kept as evidence only. */
  | { readonly kind: 'late' }

export type Reception = {
  readonly observations: readonly Observation[]
  readonly candidates: readonly Candidate[]
  /** Digest of the submission; present whenever there are candidates. */
  readonly submission?: Sha256Hex | undefined
  /** Called once, after the core has judged; without candidates the outcome is undefined. */
  readonly reply: (outcome: SubmissionOutcome | undefined) => HttpReply
}

export type ReceiveInput<Connection, Handle> = {
  readonly connection: Connection
  readonly sender: SenderView
  readonly request: RequestView<Handle>
  readonly addresses: RequestAddresses
  readonly http: HttpRequestView
  readonly io: ProviderIo
}

/** What our own signer page sent for a request that the browser signs. */
export type SignerSubmission = { readonly body: Json }

export type Acceptance =
  | {
      readonly kind: 'candidates'
      readonly candidates: readonly Candidate[]
      readonly submission: Sha256Hex
    }
  | { readonly kind: 'refused'; readonly code: string }

export type WatchItem<Handle> =
  | {
      readonly kind: 'observation'
      readonly request: RequestId
      readonly handle?: Handle | undefined
      readonly observation: Observation
    }
  | { readonly kind: 'cursor'; readonly cursor: Json }

/**
 * One national service behind one seam. Three kinds fit without special cases: the service calls us
 * (`receive`), we call it and watch (`advance` → call, `watch`, `collect`), the signer's browser signs
 * (`accept`). Verification, identity, state and audit stay in the core.
 */
export type Provider<Connection = Json, Handle extends Json = Json> = {
  readonly describe: () => Capabilities
  /** Validates a connection's settings; refusals name the field. */
  readonly parseConnection: (
    settings: Json,
  ) =>
    | { readonly ok: true; readonly connection: Connection }
    | { readonly ok: false; readonly refusals: readonly Refusal[] }
  /** Pure: splits into requests, names derivations, lists seals, or refuses. */
  readonly plan: (input: PlanInput<Connection>) => Plan
  /** Pure: what to do next for a request that is not closed. */
  readonly advance: (input: {
    readonly connection: Connection
    readonly sender: SenderView
    readonly request: RequestView<Handle>
    readonly now: Instant
    readonly deadline?: Instant | undefined
  }) => Step<Handle>
  /** Pure: what the pages show while the request is open. */
  readonly present: (input: {
    readonly connection: Connection
    readonly request: RequestView<Handle>
    readonly addresses: RequestAddresses
  }) => Presentation
  readonly receive?: (input: ReceiveInput<Connection, Handle>) => Promise<Reception>
  readonly accept?: (input: {
    readonly connection: Connection
    readonly request: RequestView<Handle>
    readonly submission: SignerSubmission
  }) => Acceptance
  readonly watch?: (input: {
    readonly connection: Connection
    readonly cursor: Json | undefined
    readonly open: readonly RequestView<Handle>[]
    readonly io: ProviderIo
  }) => AsyncIterable<WatchItem<Handle>>
  readonly collect?: (input: {
    readonly connection: Connection
    readonly request: RequestView<Handle>
    readonly io: ProviderIo
  }) => Promise<{ readonly submission: Sha256Hex; readonly candidates: readonly Candidate[] }>
  readonly cancel?: (input: {
    readonly connection: Connection
    readonly request: RequestView<Handle>
    readonly io: ProviderIo
  }) => Promise<'cancelled' | 'too-late' | 'unsupported' | 'unknown'>
  /** Answer of a callback whose token or state the core refused, in the service's own form. */
  readonly refuse?: (input: {
    readonly reason: 'unknown-request' | 'expired' | 'too-large' | 'not-allowed'
    readonly http: HttpRequestView
    readonly locale?: Locale | undefined
  }) => HttpReply
}
