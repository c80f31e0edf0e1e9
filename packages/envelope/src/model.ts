import type {
  ArtifactId,
  AttemptId,
  ConnectionId,
  ContentId,
  DocumentId,
  EnvelopeId,
  Instant,
  OrganisationId,
  RecipientId,
  RequestId,
  SealId,
  Sha256Hex,
  SigningId,
} from './ids.ts'
import type {
  ActorRef,
  AttemptAction,
  AttemptState,
  Contact,
  Derivation,
  EnvelopeState,
  Json,
  Locale,
  LocalisedText,
  MethodName,
  NationalIdentifiers,
  ProviderId,
  RequestOutcome,
  RequestState,
  SigningState,
  Verdict,
} from './words.ts'

/** Documents + recipients + rules, sent as one. `version` is the compare-and-set of the whole. */
export type Envelope = {
  readonly id: EnvelopeId
  readonly organisation: OrganisationId
  readonly title: string
  readonly state: EnvelopeState
  readonly version: number
  readonly createdAt: Instant
  readonly createdBy: ActorRef
  readonly sentAt?: Instant | undefined
  readonly deadline?: Instant | undefined
  readonly endedAt?: Instant | undefined
  /** Why it ended otherwise than completed, in the words of who ended it. */
  readonly reason?: string | undefined
}

export type MetaPair = { readonly name: string; readonly value: string }

/** Immutable bytes named by SHA-256. */
export type EnvelopeDocument = {
  readonly id: DocumentId
  /** Position in the envelope, from 0. */
  readonly position: number
  readonly sha256: Sha256Hex
  /** Bytes. */
  readonly size: number
  readonly mediaType: string
  readonly fileName: string
  readonly title: LocalisedText
  readonly meta: readonly MetaPair[]
}

/** One way that a recipient is allowed to sign. */
export type AllowedMethod = {
  readonly provider: ProviderId
  readonly method: MethodName
  readonly connection: ConnectionId
}

export type Recipient = {
  readonly id: RecipientId
  /** As people call it; shown, never compared. */
  readonly name: string
  readonly locale: Locale
  /** Recipients of a group sign in any order; the next group waits for all of them. From 1. */
  readonly orderGroup: number
  readonly identifiers: NationalIdentifiers
  readonly contact?: Contact | undefined
  readonly methods: readonly AllowedMethod[]
}

/** One recipient's duty in one envelope. */
export type Signing = {
  readonly id: SigningId
  readonly recipient: RecipientId
  readonly state: SigningState
  readonly since: Instant
  /** Last round of requests planned for it; 0 before the first. */
  readonly round: number
  /** True while a plan job is owed. */
  readonly planning: boolean
  readonly reason?: string | undefined
  /** Set when a named person accepted a held artifact (design rule 1); shown for ever. */
  readonly acceptedBy?:
    | { readonly actor: ActorRef; readonly reason: string; readonly at: Instant }
    | undefined
}

/** The exact bytes that a signature covers, stored before they are shown to anyone. */
export type Content = {
  readonly id: ContentId
  readonly document: DocumentId
  readonly derivation: Derivation
  readonly sha256: Sha256Hex
  readonly size: number
}

/** What a person must look at; a flag, never an end. */
export type Attention = {
  /**
   * `provider`: a call whose outcome is not known (and is never made again), a service that is silent.
   * `seal`: a signer key that fails, a seal that nobody confirms.
   */
  readonly kind: 'content' | 'person' | 'verifier' | 'format' | 'provider' | 'seal'
  readonly since: Instant
  /** Stable code of the cause (`HASH_FAILURE`, `changed-id`, …). */
  readonly code: string
  readonly artifact?: ArtifactId | undefined
}

export type RequestWindow = { readonly opensAt: Instant; readonly expiresAt: Instant }

/** One try of a signing at a provider. */
export type SigningRequest = {
  readonly id: RequestId
  readonly signing: SigningId
  readonly provider: ProviderId
  readonly method: MethodName
  readonly connection: ConnectionId
  readonly round: number
  readonly state: RequestState
  readonly outcome?: RequestOutcome | undefined
  readonly contents: readonly ContentId[]
  /** The provider's own memory of this request; opaque to the core. */
  readonly handle?: Json | undefined
  readonly window?: RequestWindow | undefined
  readonly attention?: Attention | undefined
  /** What its provider has said already, so that a poll that repeats itself changes nothing. */
  readonly seen: readonly SeenMark[]
  /**
   * Set when we want it ended but cannot close it ourselves: it stays watched, and this becomes its
   * outcome when the provider confirms.
   */
  readonly ending?: 'superseded' | 'cancelled' | undefined
  /** Copied from the capabilities when planned, so that transitions stay pure. */
  readonly traits: RequestTraits
  /** The quota bucket under which its first call left; the adapter's own name, never a secret. */
  readonly bucket?: string | undefined
  readonly since: Instant
}

export type SeenMark = 'opened' | 'fetched' | 'said-signed'

export type RequestTraits = {
  /** `local`: closing it is ours alone. `call`: the provider is told. `none`: it cannot be stopped. */
  readonly cancel: 'local' | 'call' | 'none'
  /** Taking back twice is taking back once: a cancel whose answer was lost is made again. */
  readonly cancelsAgain?: true | undefined
  /**
   * `reserved`: a call may be made again under the same reservation; the first call of such a request
   * only reserves, so that a lost answer to it asks nobody for anything. `none`: never again.
   */
  readonly idempotency: 'reserved' | 'none'
  /** `on-demand`: an expired request is replaced when somebody asks. `none`: the signing expires. */
  readonly renewal: 'on-demand' | 'none'
  /**
   * How long after its window the service may take to say how a request ended, ms; 0 when absent. Past
   * it a person is told (`overdue`): only a request whose cancel is `local` is closed by our clock.
   */
  readonly graceMs?: number | undefined
  /**
   * The service counts what is asked of it: a call that may make a request there leaves only with a slot
   * of a quota bucket (`Provider.quota`), which the claim brings.
   */
  readonly paced?: true | undefined
}

/** One outgoing call with an effect, recorded before it is made. */
export type Attempt = {
  readonly id: AttemptId
  readonly request: RequestId
  readonly action: AttemptAction
  readonly state: AttemptState
  readonly since: Instant
  readonly code?: string | undefined
  /** Not to be claimed before: a resend, a call that was deferred, a seal whose time begins later. */
  readonly at?: Instant | undefined
}

/** Whether a signer key works by itself, or waits for its clerk's confirmation. */
export type SealKey = 'unattended' | 'attended'

/** A signature by the sending organisation that a provider needs. */
export type Seal = {
  readonly id: SealId
  readonly signing: SigningId
  readonly request: RequestId
  readonly purpose: string
  /** True when its items are built when it is made; such a seal that goes stale is built again. */
  readonly built: boolean
  /** Absent while it is `planned`: what is built tells its key then. */
  readonly key?: SealKey | undefined
  /** The signer key that is to make it, by its id; absent where any of the organisation does. */
  readonly signerKey?: string | undefined
  readonly items: readonly SealItem[]
  /** After that moment it is stale; absent while it is `planned`. */
  readonly due?: Instant | undefined
  /** No call may leave with it before. */
  readonly usableFrom?: Instant | undefined
  /** `planned`: its items are to be built. `wanted`: they are there, the signatures are not. */
  readonly state: SealState
  /** Signatures made, in the order of `items`. */
  readonly artifacts: readonly Sha256Hex[]
}

export type SealState = 'planned' | 'wanted' | 'made' | 'stale'

/** Octets to sign, stored before anybody is asked to. */
export type SealItem = {
  /** As the service calls it (`req.xml`); unique in its seal. */
  readonly name: string
  readonly sha256: Sha256Hex
  /** Bytes. */
  readonly size: number
  /** What is made of it: `CMS` is a detached CMS SignedData (RFC 5652), others are the adapter's. */
  readonly format: string
}

/**
 * `pending`: not judged yet. `accepted`: proves its content. `held`: INDETERMINATE.
 * `refused`: TOTAL-FAILED, other content or other person. `late`: came after the end; evidence only.
 */
export type ArtifactStanding = 'pending' | 'accepted' | 'held' | 'refused' | 'late'

/** A signature container as received. */
export type Artifact = {
  readonly id: ArtifactId
  readonly request: RequestId
  readonly signing: SigningId
  readonly content: ContentId
  readonly sha256: Sha256Hex
  readonly size: number
  readonly format: 'CMS' | 'XMLDSig' | 'raw' | 'PAdES'
  readonly detached: boolean
  readonly receivedAt: Instant
  /** Digest of the whole submission that brought it: tells a repeat from another one. */
  readonly submission: Sha256Hex
  /** As in `Candidate`. */
  readonly vouched?: true | undefined
  readonly standing: ArtifactStanding
  readonly verdict?: Verdict | undefined
}

/** Everything that changes together, behind one version. */
export type EnvelopeAggregate = {
  readonly envelope: Envelope
  readonly documents: readonly EnvelopeDocument[]
  readonly recipients: readonly Recipient[]
  readonly signings: readonly Signing[]
  readonly contents: readonly Content[]
  readonly requests: readonly SigningRequest[]
  readonly attempts: readonly Attempt[]
  readonly seals: readonly Seal[]
  readonly artifacts: readonly Artifact[]
}
