import type { ProcessIdentity } from './process-identity.js'

/** What the owner of a lock lets others know about itself: a phase, an address. Never a secret. */
export type LockInfo = Readonly<Record<string, string | number>>

export type HeldLock = {
  /** Changes what others are told. */
  readonly update: (info: LockInfo) => void
  readonly release: () => void
}

export type LockOwner = { readonly owner: ProcessIdentity; readonly info: LockInfo }

export type LockAttempt =
  | { readonly held: true; readonly lock: HeldLock }
  | ({ readonly held: false } & LockOwner)

export type WaitOptions = {
  readonly info?: LockInfo
  readonly waitMs: number
  readonly signal?: AbortSignal | undefined
  readonly onWait?: (owner: LockOwner) => void
}

export function tryLock(dir: string, info?: LockInfo): LockAttempt
export function waitForLock(dir: string, options: WaitOptions): Promise<LockAttempt>
export function readLockOwner(dir: string): LockOwner | undefined
export function registerProcess(dir: string): { readonly release: () => void }
export function listProcesses(dir: string): readonly ProcessIdentity[]
