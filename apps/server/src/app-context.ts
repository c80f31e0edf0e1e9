import type { IdSource, Provider } from '@muhr/envelope'
import type { Logger } from 'pino'
import type { KeyCache } from './auth/key-cache.ts'
import type { Config } from './config/config.ts'
import type { Database } from './database/open-database.ts'
import type { TokenHashes } from './envelopes/save-aggregate.ts'
import type { OwnKind } from './instance/ids.ts'
import type { Sealer } from './instance/sealer.ts'
import type { SecretBox } from './instance/secret-box.ts'
import type { Tokens } from './instance/tokens.ts'
import type { JobQueue } from './jobs/queue.ts'
import type { SignerKeys } from './seals/signer-keys.ts'
import type { BlobStore } from './store/blob-store.ts'
import type { Trust } from './verification/trust.ts'

/** What the rooms of the server share: made once at start, passed in, never global. */
export type AppContext = {
  readonly config: Config
  readonly db: Database
  readonly store: BlobStore
  readonly queue: JobQueue
  readonly providers: ReadonlyMap<string, Provider>
  readonly trust: Trust
  readonly tokens: Tokens
  readonly sealer: Sealer
  readonly secrets: SecretBox
  readonly hashes: TokenHashes
  readonly ids: IdSource & { readonly own: (kind: OwnKind) => string }
  readonly now: () => Date
  readonly log: Logger
  /** Tells this process's streams that an envelope moved (other processes hear it by NOTIFY). */
  readonly changes: ChangeFeed
  readonly keys: KeyCache
  /** What makes seals in the name of an organisation. */
  readonly signerKeys: SignerKeys
  /** Idempotent requests that are running in this process, by caller, path and key. */
  readonly inFlight: Set<string>
}

export type Change = {
  readonly organisation: string
  readonly envelope: string
  readonly version: number
  readonly state: string
}

/** An order of the workbench that changed, or whose upload went on. */
export type OrderMove = { readonly organisation: string; readonly order: string }

/** Who wants to know that envelopes change. */
export type ChangeListener = {
  readonly onChange?: (change: Change) => void
  readonly onOrder?: (move: OrderMove) => void
  /** The connection was lost: changes may have been missed, so everything must be read anew. */
  readonly onGap: () => void
  /** Some API key was made, changed or revoked. */
  readonly onKeys?: () => void
}

export type ChangeFeed = {
  /** @returns how to stop listening */
  readonly subscribe: (listener: ChangeListener) => () => void
  /** False while changes cannot be heard. */
  readonly isHearing: () => boolean
  readonly close: () => Promise<void>
}
