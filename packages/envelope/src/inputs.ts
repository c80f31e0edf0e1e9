import type {
  ArtifactId,
  AttemptId,
  ConnectionId,
  ContentId,
  DocumentId,
  Instant,
  RequestId,
  SealId,
  Sha256Hex,
  SigningId,
} from './ids.ts'
import type { Attention, RequestTraits, RequestWindow, SealItem, SealKey } from './model.ts'
import type {
  ActorRef,
  AttemptAction,
  Derivation,
  Json,
  MethodName,
  ProviderId,
  Verdict,
} from './words.ts'

/** A request as `Provider.plan` wants it, with its contents already derived and stored. */
export type NewRequest = {
  readonly provider: ProviderId
  readonly method: MethodName
  readonly connection: ConnectionId
  readonly traits: RequestTraits
  /** Contents in the order that the provider numbers its documents. */
  readonly contents: readonly NewContent[]
  readonly seals: readonly NewSeal[]
  /** `expose`: nothing is called, the request opens at once with this handle and window. */
  readonly opening:
    | { readonly kind: 'call' }
    | { readonly kind: 'expose'; readonly handle: Json; readonly window: RequestWindow }
}

export type NewContent = {
  readonly document: DocumentId
  readonly derivation: Derivation
  readonly sha256: Sha256Hex
  readonly size: number
}

export type NewSeal =
  | {
      readonly purpose: string
      readonly key: SealKey
      readonly signerKey?: string | undefined
      readonly items: readonly SealItem[]
      readonly due: Instant
    }
  /** Its items do not exist yet: they are built when it is made. */
  | { readonly purpose: string; readonly items: 'built' }

export type NewArtifact = {
  readonly content: ContentId
  readonly sha256: Sha256Hex
  readonly size: number
  readonly format: 'CMS' | 'XMLDSig' | 'raw' | 'PAdES'
  readonly detached: boolean
  /** As in `Candidate`. */
  readonly vouched?: true | undefined
}

/** What a provider said, as data. Never an outcome. */
export type Observation =
  /** The signer's app or page asked for the request. */
  | { readonly kind: 'opened' }
  /** The documents were handed to the signer. */
  | { readonly kind: 'fetched' }
  /** The provider says it is signed: a reason to collect, nothing more. */
  | { readonly kind: 'said-signed' }
  | { readonly kind: 'declined'; readonly reason?: string | undefined }
  | { readonly kind: 'expired' }
  /** An unknown request was found at the provider. */
  | { readonly kind: 'exists'; readonly handle: Json; readonly window?: RequestWindow | undefined }
  /** An unknown request is certainly not at the provider. */
  | { readonly kind: 'absent' }
  /** The provider ended it for a reason of its own. */
  | { readonly kind: 'refused'; readonly code: string }
  /** What is at the provider is not as it should be: a person has to look. Said again, it changes nothing. */
  | { readonly kind: 'flagged'; readonly code: string; readonly attention: Attention['kind'] }
  /** A submission that could not become artifacts (changed ids, broken body, wrong token). */
  | {
      readonly kind: 'rejected'
      readonly code: string
      readonly attention?: Attention['kind'] | undefined
    }

/** Everything that can move an envelope; nothing else can. */
export type Input =
  | { readonly kind: 'send'; readonly actor: ActorRef }
  | { readonly kind: 'void'; readonly actor: ActorRef; readonly reason: string }
  | {
      readonly kind: 'planned'
      readonly signing: SigningId
      readonly round: number
      readonly requests: readonly NewRequest[]
    }
  | {
      readonly kind: 'plan-refused'
      readonly signing: SigningId
      readonly round: number
      readonly code: string
      readonly field?: string | undefined
    }
  | { readonly kind: 'renew'; readonly signing: SigningId; readonly actor: ActorRef }
  /** What a seal is over was built and stored; from now on it can be signed, and falls due. */
  | {
      readonly kind: 'seal-prepared'
      readonly seal: SealId
      readonly key: SealKey
      readonly signerKey: string
      readonly items: readonly SealItem[]
      readonly due: Instant
      readonly usableFrom?: Instant | undefined
    }
  /** The provider cannot build it: its request ends before anything left. */
  | { readonly kind: 'seal-refused'; readonly seal: SealId; readonly code: string }
  /** The signer key did not sign; it is tried again, and a person is told. */
  | { readonly kind: 'seal-failed'; readonly seal: SealId; readonly code: string }
  | {
      readonly kind: 'seal-made'
      readonly seal: SealId
      readonly items: readonly Sha256Hex[]
      readonly artifacts: readonly Sha256Hex[]
      readonly actor: ActorRef
    }
  /** `bucket`: the quota bucket whose slot this call takes; a paced request needs one. */
  | {
      readonly kind: 'claim'
      readonly attempt: AttemptId
      readonly bucket?: string | undefined
    }
  | {
      readonly kind: 'attempt-opened'
      readonly attempt: AttemptId
      readonly handle: Json
      readonly window?: RequestWindow | undefined
    }
  /** A number was reserved; the next call of the same request goes under it. */
  | { readonly kind: 'attempt-reserved'; readonly attempt: AttemptId; readonly handle: Json }
  | { readonly kind: 'attempt-refused'; readonly attempt: AttemptId; readonly code: string }
  | { readonly kind: 'attempt-unknown'; readonly attempt: AttemptId; readonly code: string }
  /** The call had certainly no effect and is to be made again, not before `at`. */
  | {
      readonly kind: 'attempt-deferred'
      readonly attempt: AttemptId
      readonly code: string
      readonly at: Instant
    }
  /** What a deferred call waited for is there: it may be made now. */
  | { readonly kind: 'attempt-woken'; readonly attempt: AttemptId }
  | {
      readonly kind: 'cancel-done'
      readonly attempt: AttemptId
      readonly result: 'cancelled' | 'cancelled-in-part' | 'too-late' | 'unsupported' | 'unknown'
    }
  | { readonly kind: 'observed'; readonly request: RequestId; readonly observation: Observation }
  | {
      readonly kind: 'received'
      readonly request: RequestId
      readonly submission: Sha256Hex
      readonly artifacts: readonly NewArtifact[]
    }
  | { readonly kind: 'verified'; readonly artifact: ArtifactId; readonly verdict: Verdict }
  | {
      readonly kind: 'accept-held'
      readonly signing: SigningId
      readonly actor: ActorRef
      readonly reason: string
    }
  | {
      readonly kind: 'decline'
      readonly signing: SigningId
      readonly actor: ActorRef
      readonly reason?: string | undefined
    }
  | {
      readonly kind: 'resolve-unknown'
      readonly request: RequestId
      readonly actor: ActorRef
      readonly to: 'absent' | 'exists'
      readonly handle?: Json | undefined
    }
  /** Time passed: windows, seals and the deadline are looked at. */
  | { readonly kind: 'tick' }

/** Work that a transition causes; enqueued in the same transaction. */
export type Job =
  | { readonly kind: 'plan'; readonly signing: SigningId; readonly round: number }
  /** Build the items of a seal where that is owed, and sign them where the key is unattended. */
  | { readonly kind: 'seal'; readonly seal: SealId }
  /** Claim the attempt, then call; not before `at` where it is given (a resend under a reservation). */
  | {
      readonly kind: 'attempt'
      readonly attempt: AttemptId
      readonly action: AttemptAction
      readonly at?: Instant | undefined
      /** The call needs a slot first: whoever grants it makes the job that claims. */
      readonly slot?: 'wanted' | undefined
    }
  | { readonly kind: 'verify'; readonly artifact: ArtifactId }
  /** INDETERMINATE: judge again at `at`. */
  | { readonly kind: 'recheck'; readonly artifact: ArtifactId; readonly at: Instant }
  | { readonly kind: 'collect'; readonly request: RequestId }
  /** Something hinted at news: ask the service about this request once. */
  | { readonly kind: 'look'; readonly request: RequestId }
  /** Call `tick` at `at`. */
  | { readonly kind: 'tick'; readonly at: Instant }
  /** The envelope ended: take the time-stamp over its manifest, keep the evidence. */
  | { readonly kind: 'conclude' }

/** One line of the audit chain: what happened, by whom, to what. No personal numbers, no content. */
export type DomainEvent = {
  readonly type: EventType
  readonly actor: ActorRef
  readonly signing?: SigningId | undefined
  readonly request?: RequestId | undefined
  readonly artifact?: ArtifactId | undefined
  readonly data: { readonly [key: string]: Json }
}

export const eventTypes = [
  'envelope.created',
  'envelope.sent',
  'envelope.completed',
  'envelope.declined',
  'envelope.expired',
  'envelope.voided',
  'envelope.failed',
  'envelope.concluded',
  'signing.started',
  /** A new round of requests was asked for: by a person, by a stale seal, by a certain absence. */
  'signing.renewed',
  'signing.sealing',
  'signing.dispatching',
  'signing.sent',
  'signing.viewed',
  'signing.received',
  'signing.held',
  'signing.signed',
  'signing.accepted',
  'signing.declined',
  'signing.expired',
  'signing.voided',
  'signing.failed',
  'request.planned',
  'request.claimed',
  'request.reserved',
  /** A new attempt under the same reservation was recorded. */
  'request.resent',
  /** The call had certainly no effect and is made again later. */
  'request.deferred',
  'request.opened',
  'request.unknown',
  'request.cancelling',
  'request.closed',
  'request.observed',
  'request.attention',
  'request.rejected',
  'seal.planned',
  'seal.wanted',
  'seal.made',
  'seal.stale',
  'artifact.received',
  'artifact.repeated',
  'artifact.accepted',
  'artifact.held',
  'artifact.refused',
  'artifact.late',
  /** A later report on an artifact that was judged already; changes no state. */
  'artifact.rechecked',
  'callback.refused',
] as const
export type EventType = (typeof eventTypes)[number]
