import type { ConnectionId, ContentId, DocumentId, Instant, RequestId, Sha256Hex } from './ids.ts'
import type { Observation } from './inputs.ts'
import type {
  Artifact,
  EnvelopeDocument,
  Recipient,
  RequestTraits,
  RequestWindow,
  SealItem,
  SealKey,
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
  /**
   * Longest that one `run`, `collect` or `cancel` may take, ms; 60,000 when absent. After it the signal of
   * its `ProviderIo` aborts, and the call counts as lost.
   */
  readonly callTimeoutMs?: number | undefined
  /**
   * A SNILS is taken only as it is written on paper, `000-000-000 00`: of a number in digits alone the
   * service finds nobody, so whoever typed it so is to look at it again.
   */
  readonly writtenSnils?: true | undefined
  /** The service knows people by phone and e-mail: a recipient may have these alone. */
  readonly contacts?: true | undefined
  /**
   * What a service shows under the name of a file may yet become right: a request whose signatures were
   * all refused is collected again for so long after the first of them, ms.
   */
  readonly recollectMs?: number | undefined
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
/**
 * A seal that a request needs before its first call. Over contents by position, since nothing is derived
 * yet; or `built`: its items are named by `Provider.prepareSeal` when it is made.
 */
export type PlannedSeal =
  | {
      readonly purpose: string
      readonly key: SealKey
      /** As in `PreparedSeal`. */
      readonly signerKey?: string | undefined
      readonly due: Instant
      readonly items: readonly {
        readonly content: number
        readonly name: string
        readonly format: string
      }[]
    }
  | { readonly purpose: string; readonly items: 'built' }

/** What a seal is over, built when it is made. */
export type PreparedSeal =
  | {
      readonly kind: 'prepared'
      /**
       * Id of the signer key, where the connection's settings name one; else the key that was chosen for
       * the connection makes it. The key tells whether a clerk must confirm.
       */
      readonly signerKey?: string | undefined
      /** In the order in which they are signed; names are unique. */
      readonly items: readonly PreparedItem[]
      /** After it the seal is stale and built anew, unless the call has left by then. */
      readonly due: Instant
      /** The first call leaves not before it (a window that may begin at most so early). */
      readonly usableFrom?: Instant | undefined
    }
  /** It cannot be built: the request ends as refused, and nothing has left. */
  | { readonly kind: 'refused'; readonly code: string }

export type PreparedItem = {
  readonly name: string
  readonly format: string
} & (
  | { readonly bytes: Uint8Array }
  /** The content of that position, which is stored already. */
  | { readonly content: number }
)

export type PrepareSealInput<Connection, Handle> = {
  readonly connection: Connection
  readonly sender: SenderView
  readonly request: RequestView<Handle>
  readonly purpose: string
  readonly now: Instant
  /** When the first call is expected to leave: now, or later where a quota makes it wait. */
  readonly dispatchAt: Instant
  readonly deadline?: Instant | undefined
  readonly io: ProviderIo
}

/**
 * What a service counts: at most `limit` first calls in any `windowMs`. Of several equivalent buckets
 * (keys of several employees) each call takes one.
 */
export type QuotaBucket = {
  /** The same for every connection that draws on it; stored and shown, so never a secret. */
  readonly id: string
  readonly limit: number
  readonly windowMs: number
}

export type Plan =
  | { readonly kind: 'planned'; readonly requests: readonly PlannedRequest[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

/** A request as a provider sees it: nothing of the envelope's inner life. */
export type RequestView<Handle> = {
  readonly id: RequestId
  readonly method: MethodName
  /** From 1; one of a later round may stand beside an earlier one that was called absent. */
  readonly round: number
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
  /** The seals that hold, in the order planned: what they are over, and the signatures once made. */
  readonly seals: readonly SealView[]
  /** No call of the request left before it; absent before the envelope is sent. */
  readonly envelopeSentAt?: Instant | undefined
  /** The quota bucket of its first call (which employee's key is used); present from that call on. */
  readonly bucket?: string | undefined
}

export type SealView = {
  readonly purpose: string
  readonly items: readonly SealItem[]
  /** In the order of `items`; empty until made. */
  readonly artifacts: readonly Sha256Hex[]
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
  /** Reads stored bytes (contents, items and signatures of seals) by digest. */
  readonly read: (sha256: Sha256Hex) => Promise<Uint8Array>
  /** The same as a stream, for what is too large for memory. */
  readonly open: (sha256: Sha256Hex) => AsyncIterable<Uint8Array>
  /**
   * MD5 of stored bytes, 32 lower-case hex digits, for services that name files by it; no proof of
   * anything. Kept once computed: `OpenRequests.ofContents` finds requests by it.
   */
  readonly md5: (sha256: Sha256Hex) => Promise<string>
  /**
   * A signature over a credential of the connection that serves for a while. Kept until it has run out;
   * made at need where the key is unattended. `undefined` while a clerk must sign it first: they are
   * asked, and what needs it is to be `deferred` with `until: 'seal'`. Throws what the key says when it fails.
   */
  readonly keptSeal: (wanted: KeptSealWish) => Promise<Uint8Array | undefined>
  readonly signal: AbortSignal
}

export type KeptSealWish = {
  /** What it is for, as the clerk's page and the log call it (`esia-api-key`). */
  readonly purpose: string
  /** What it is over. Never shown or logged. */
  readonly bytes: Uint8Array
  readonly format: 'CMS'
  /** Id of the signer key; the one that was chosen for the connection when absent. */
  readonly signerKey?: string | undefined
  /** How long after its making it serves, ms. */
  readonly usableMs: number
  /** How long before its end the next one is asked for, ms; a sixth of `usableMs` when absent. */
  readonly renewBeforeMs?: number | undefined
}

export type CallResult<Handle> =
  | {
      readonly kind: 'opened'
      readonly handle: Handle
      readonly window?: RequestWindow | undefined
    }
  | { readonly kind: 'reserved'; readonly handle: Handle }
  | { readonly kind: 'refused'; readonly code: string }
  /**
   * Certainly without effect: nothing was sent, or the service said that it did nothing (429). The call is
   * made again, not before `at` (one minute when absent). `until: 'seal'`: as soon as a kept seal of the
   * connection comes. `exhausted`: the quota bucket of the request is used up, by others as well; nobody
   * draws on it before `at`.
   */
  | {
      readonly kind: 'deferred'
      readonly code: string
      readonly at?: Instant | undefined
      readonly until?: 'seal' | undefined
      readonly exhausted?: true | undefined
    }
  /** No answer, or one that does not tell whether the effect happened. Never thrown away, never repeated blindly. */
  | { readonly kind: 'unknown'; readonly code: string }

/** The next thing to do for a request. Pure and resumable: the same request gives the same step. */
export type Step<Handle> =
  | {
      readonly kind: 'call'
      /** The addresses are those of the request: what a service is told to call back. */
      readonly run: (io: ProviderIo, addresses: RequestAddresses) => Promise<CallResult<Handle>>
    }
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
  /**
   * A page of the service in which the signer signs: shown within our signer page where they want it. Its
   * origin alone may be framed there, so it is one of a configured host.
   */
  readonly frame?: string | undefined
  /**
   * Whoever has these links acts at the service without any other key: they are for the signer and for those
   * who may send, not for those who only read.
   */
  readonly isBearer?: true | undefined
  readonly expiresAt?: Instant | undefined
  /** Whom the app names as the sender, where it says so. */
  readonly sender?: string | undefined
}

/** A signature that came in, before anybody judged it. */
export type Candidate = {
  readonly content: ContentId
  readonly bytes: Uint8Array
  readonly format: Artifact['format']
  readonly detached: boolean
  /**
   * The service says that the signer is who has the phone or the e-mail of the recipient. Counts only where
   * the recipient has no national identifier, and is shown with the report.
   */
  readonly vouched?: true | undefined
}

export type HttpRequestView = {
  readonly method: string
  /** What stands behind the token in the path (`mgovSign`, `documents`). */
  readonly route: string
  /** What stands behind the `?`, undecoded; empty when there is none. */
  readonly query: string
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
  /** The call tells nothing that counts, but there may be news: `Provider.look` is asked at once. */
  readonly look?: true | undefined
  /** Called once, after the core has judged; without candidates the outcome is undefined. */
  readonly reply: (outcome: SubmissionOutcome | undefined) => HttpReply
}

/** A call that is about a connection, not about one request. */
export type NoticeInput<Connection, Handle> = {
  readonly connection: Connection
  readonly http: HttpRequestView
  readonly open: OpenRequests<Handle>
  readonly io: ProviderIo
}

/** What a notice may be about, and its answer. */
export type Notice = {
  /** `Provider.look` is asked of each of these at once. */
  readonly requests: readonly RequestId[]
  readonly reply: HttpReply
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

/** A request that its service may still say something about, as the watch is shown it. */
export type WatchedRequest<Handle> = {
  readonly id: RequestId
  readonly method: MethodName
  readonly state: 'inflight' | 'open' | 'unknown'
  /** As in `RequestView`; 1 when absent. */
  readonly round?: number | undefined
  readonly handle: Handle | undefined
  readonly window: RequestWindow | undefined
  /** Since when it is in its state. */
  readonly since: Instant
  /** When something last hinted at news of it: its sending, a push, its signer at our page, a person's question. */
  readonly hintedAt?: Instant | undefined
  /** When this look of a watch was due; absent where something else asks. */
  readonly dueAt?: Instant | undefined
}

/**
 * The open requests of a connection, however many: found by what the service names, or paged by how long
 * nobody looked. A handle is found by its own member `key` (text), so those of a watched provider have one.
 */
export type OpenRequests<Handle> = {
  /** Those with one of these handle keys; unknown keys are left out. At most 10,000 at a time. */
  readonly find: (keys: readonly string[]) => Promise<readonly WatchedRequest<Handle>[]>
  /** Those not looked at since `before`, longest unseen first. */
  readonly unseenSince: (
    before: Instant,
    limit: number,
  ) => Promise<readonly WatchedRequest<Handle>[]>
  /**
   * Those whose next look is due at `now`, longest due first; with `hintedSince` of those alone at which
   * something hinted since then.
   */
  readonly due: (
    now: Instant,
    limit: number,
    options?: { readonly hintedSince?: Instant | undefined },
  ) => Promise<readonly WatchedRequest<Handle>[]>
  /** When the next look of any is due, where one is open. */
  readonly nextDue: () => Promise<Instant | undefined>
  /** One of them as `look` is shown it; undefined when it is closed meanwhile. */
  readonly view: (id: RequestId) => Promise<RequestView<Handle> | undefined>
  /** Those over a content with one of these MD5s (32 lower-case hex digits). At most 10,000. */
  readonly ofContents: (md5s: readonly string[]) => Promise<readonly WatchedRequest<Handle>[]>
}

export type WatchInput<Connection, Handle> = {
  readonly connection: Connection
  /** As yielded last; undefined at the first watch. */
  readonly cursor: Json | undefined
  readonly open: OpenRequests<Handle>
  readonly now: Instant
  readonly io: ProviderIo
}

export type WatchItem<Handle> =
  /** Goes through the one door; repeated ones change nothing. Counts as a look. */
  | {
      readonly kind: 'observation'
      readonly request: RequestId
      readonly handle?: Handle | undefined
      readonly observation: Observation
      /** As in `looked`. */
      readonly again?: Instant | undefined
    }
  /**
   * These were looked at and nothing is new: they go to the end of `unseenSince`, and are `due` again
   * at `again`.
   */
  | {
      readonly kind: 'looked'
      readonly requests: readonly RequestId[]
      readonly again?: Instant | undefined
    }
  /** Everything before it was said: kept once the observations before it are recorded. */
  | { readonly kind: 'cursor'; readonly cursor: Json }
  /** When to look again; in 30 s when none is yielded. */
  | { readonly kind: 'next'; readonly at: Instant }

export type LookInput<Connection, Handle> = {
  readonly connection: Connection
  readonly request: RequestView<Handle>
  /** Its state and since when, as the watch is shown it. */
  readonly watched: WatchedRequest<Handle>
  readonly now: Instant
  readonly io: ProviderIo
}

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
  /**
   * Settings that are secrets, as paths: `secret`, `apiKeys[].apiKey`. Such a setting (the whole list,
   * where it is in one) lies encrypted, and is shown masked. By convention a setting named `signerKey`,
   * at any depth, is the id of a signer key of the organisation.
   */
  readonly secretSettings?: readonly string[] | undefined
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
  /**
   * Pure: origins whose pages `present` may name as `frame`. The signer page is allowed them from its first
   * load on, since a request may open later.
   */
  readonly frames?: (connection: Connection) => readonly string[]
  readonly receive?: (input: ReceiveInput<Connection, Handle>) => Promise<Reception>
  /**
   * Builds what a seal planned as `built` is over. Called again when the last one went stale: the new
   * items replace the old. May be called for nothing, so it must have no effect outside.
   */
  readonly prepareSeal?: (input: PrepareSealInput<Connection, Handle>) => Promise<PreparedSeal>
  /**
   * Pure: the buckets that a first call of the method may draw on. For providers whose traits are
   * `paced`; asked again before every slot, so that keys may come and go.
   */
  readonly quota?: (input: {
    readonly connection: Connection
    readonly method: MethodName
  }) => readonly QuotaBucket[]
  readonly accept?: (input: {
    readonly connection: Connection
    readonly request: RequestView<Handle>
    readonly submission: SignerSubmission
  }) => Acceptance
  /**
   * One look at a connection: what changed there since the cursor, in as few calls as the service allows.
   * Called while anything of the connection is open, by one process at a time; an error (its `code`) backs
   * off and flags the connection.
   */
  readonly watch?: (input: WatchInput<Connection, Handle>) => AsyncIterable<WatchItem<Handle>>
  /**
   * One look at one request, because something hinted at news of it (a push, a return of the signer's
   * browser, a person's click). The same observations as those of `watch`.
   */
  readonly look?: (
    input: LookInput<Connection, Handle>,
  ) => Promise<readonly Extract<WatchItem<Handle>, { readonly kind: 'observation' | 'looked' }>[]>
  /** A call of the service to the address of the connection; without it there is no such address. */
  readonly notice?: (input: NoticeInput<Connection, Handle>) => Promise<Notice>
  readonly collect?: (input: {
    readonly connection: Connection
    readonly request: RequestView<Handle>
    readonly io: ProviderIo
  }) => Promise<{
    readonly submission: Sha256Hex
    readonly candidates: readonly Candidate[]
    /** The service keeps back what it says is signed: its code. A person is told, and it is asked again. */
    readonly refused?: string | undefined
    /** What a person should look at although nothing came; it is asked again all the same. */
    readonly flag?: string | undefined
  }>
  /** `cancelled-in-part`: nobody can sign there any more, and some contents were signed before: they are collected. */
  readonly cancel?: (input: {
    readonly connection: Connection
    readonly request: RequestView<Handle>
    readonly io: ProviderIo
  }) => Promise<'cancelled' | 'cancelled-in-part' | 'too-late' | 'unsupported' | 'unknown'>
  /** Answer of a callback whose token or state the core refused, in the service's own form. */
  readonly refuse?: (input: {
    readonly reason: 'unknown-request' | 'expired' | 'too-large' | 'not-allowed'
    readonly http: HttpRequestView
    readonly locale?: Locale | undefined
  }) => HttpReply
}
