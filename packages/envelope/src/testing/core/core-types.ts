import type { NewEnvelope } from '../../create-envelope.ts'
import type {
  ConnectionId,
  EnvelopeId,
  IdSource,
  Instant,
  RequestId,
  SealId,
  Sha256Hex,
} from '../../ids.ts'
import type { DomainEvent, Input, Job } from '../../inputs.ts'
import type {
  Artifact,
  EnvelopeAggregate,
  EnvelopeDocument,
  Recipient,
  SealKey,
} from '../../model.ts'
import type { Presentation, Provider } from '../../provider.ts'
import type { TransitionRefusal } from '../../transition/refusal.ts'
import type { Json, ProviderId, Verdict } from '../../words.ts'

/** The time of a test; it goes only when told. */
export type TestClock = {
  readonly now: () => Instant
  readonly pass: (ms: number) => void
}

/** What a verifier is given: stored bytes only, and whom to expect. */
export type VerifyInput = {
  readonly artifact: Uint8Array
  readonly content: Uint8Array
  readonly format: Artifact['format']
  readonly detached: boolean
  readonly recipient: Recipient
  readonly now: Instant
}

export type Verifier = (input: VerifyInput) => Promise<Verdict>

/**
 * A place between two steps of the core, where a process may fall or another may overtake it:
 * `job-taken`, `loaded` (state read, nothing decided), `before-commit`, `after-commit`, `before-call`
 * (claimed, nothing sent), `after-call` (answered, nothing recorded: the reply is lost if it falls
 * here), `stored` (bytes are on disk, no row yet), `judged` (verdict known, not recorded),
 * `before-reply` (all recorded, the caller not told), `job-done` (all done, the job not deleted).
 */
export type CoreStep = {
  readonly point:
    | 'job-taken'
    | 'loaded'
    | 'before-commit'
    | 'after-commit'
    | 'before-call'
    | 'after-call'
    | 'stored'
    | 'judged'
    | 'before-reply'
    | 'job-done'
  /** Kind of the input or job that the step belongs to. */
  readonly of: string
}

/** Thrown by `onStep` to end the process that is at the step; whatever it had in memory is gone. */
export class CoreCrash extends Error {
  override readonly name = 'CoreCrash'
}

/** One guard of the core, taken away to show that the histories see it go. */
export type Guard = 'compare-and-set' | 'attempt-row' | 'identity-check'

export type MemoryCoreOptions = {
  readonly providers: readonly Provider[]
  readonly connections: readonly {
    readonly id: ConnectionId
    readonly provider: ProviderId
    readonly settings: Json
  }[]
  readonly verifier: Verifier
  readonly clock: TestClock
  readonly ids: IdSource
  /** Where outgoing calls go: the services on the other side. */
  readonly network: typeof fetch
  /** Called at every step; may wait (another process overtakes) or throw `CoreCrash`. */
  readonly onStep?: ((step: CoreStep) => Promise<void> | void) | undefined
  /** Guards taken away: for the tests that show why they are there. */
  readonly without?: ReadonlySet<Guard> | undefined
  /** Signs one item of a seal with the organisation's key. */
  readonly sealItem?: ((bytes: Uint8Array, format: string) => Uint8Array) | undefined
  /** Whether the organisation's signer key waits for its clerk; unattended when absent. */
  readonly sealKey?: SealKey | undefined
}

export type QueuedJob = {
  readonly id: number
  readonly envelope: EnvelopeId
  readonly job: Job
  readonly at: Instant
  readonly state: 'queued' | 'taken'
}

export type CommandResult =
  | { readonly ok: true; readonly next: EnvelopeAggregate; readonly events: readonly DomainEvent[] }
  | { readonly ok: false; readonly refusal: TransitionRefusal }

/** An outgoing call as it left: the oracle for "never a second send for one attempt". */
export type SentCall = { readonly attempt: string; readonly method: string; readonly url: string }

/**
 * An engine in memory that does what the server does: one door for change (aggregate, events and jobs
 * together, or not at all), jobs that come again after a fall, attempts claimed before a call, bytes
 * stored before rows that name them.
 */
export type MemoryCore = {
  /** Our public listener: `{publicUrl}/cb/…` (callbacks) and `{publicUrl}/s/…` (signer page). */
  readonly fetch: typeof fetch
  readonly publicUrl: string
  /** Stores the files and makes a draft; their digests and sizes are filled in. */
  readonly createEnvelope: (
    input: Omit<NewEnvelope, 'documents'> & {
      readonly files: readonly {
        readonly bytes: Uint8Array
        readonly document: Omit<EnvelopeDocument, 'id' | 'position' | 'sha256' | 'size'>
      }[]
    },
  ) => EnvelopeId
  /** What a person or an API caller does. */
  readonly command: (envelope: EnvelopeId, input: Input) => Promise<CommandResult>
  /** The clerk's plug-in signs whatever kept seals of connections wait for it. */
  readonly makeKeptSeals: () => Promise<void>
  /** The clerk's plug-in signs the items of an attended seal. */
  readonly makeSeal: (envelope: EnvelopeId, seal: SealId) => Promise<CommandResult>
  /** Takes one due job and does it; false when none is due. */
  readonly runJob: () => Promise<boolean>
  /** Runs jobs until none is due. */
  readonly settle: () => Promise<void>
  /** One watch over every open request of a connection; also reads the provider's cursor. */
  readonly watch: (connection: ConnectionId) => Promise<void>
  /** Jobs that were taken and not deleted come again: by one id, or all (after a fall). */
  readonly redeliver: (job?: number) => void
  readonly jobs: () => readonly QueuedJob[]
  readonly envelopes: () => readonly EnvelopeId[]
  readonly aggregate: (envelope: EnvelopeId) => EnvelopeAggregate
  readonly events: (envelope: EnvelopeId) => readonly DomainEvent[]
  readonly presentation: (envelope: EnvelopeId, request: RequestId) => Presentation
  readonly bytes: (sha256: Sha256Hex) => Uint8Array | undefined
  readonly sent: () => readonly SentCall[]
  /** Broken rules found at commits; always empty in a sound core. */
  readonly violations: () => readonly string[]
}
