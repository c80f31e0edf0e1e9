import type { Clock } from './clock.ts'
import type { FaultState } from './faults.ts'
import type { Journal } from './journal.ts'
import type { TestPki } from './pki/test-pki.ts'

/** What all simulators of one start share. */
export type World = {
  readonly clock: Clock
  readonly faults: FaultState
  readonly journal: Journal
  readonly pki: TestPki
  /** Secret of this start, for the control. */
  readonly secret: string
  readonly random: (length: number) => Uint8Array
  readonly log: (line: string) => void
}
