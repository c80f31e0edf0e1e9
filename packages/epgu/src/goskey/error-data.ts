import type { Violation } from './rules.ts'

/** The typed particulars of each code under `goskey.`. Names, limits and rules only: never a value. */
export type GoskeyErrorData = {
  /** Something that was to be built breaks rules: all of them, in the order they were looked at. */
  readonly 'goskey.rules-broken': { readonly violations: readonly Violation[] }
  /** A document gave other octets, or another number of them, than when it was measured. */
  readonly 'goskey.source-changed': { readonly file: string }
}
