/** A process, named so that a later one with the same number is not taken for it. */
export type ProcessIdentity = {
  readonly pid: number
  /** Clock ticks between boot and start; null where the system does not tell. */
  readonly startTicks: number | null
  readonly boot: string | null
  readonly namespace: string | null
}

export const unseenOwnerMs: number
export function describeSelf(): ProcessIdentity
export function isAlive(
  identity: ProcessIdentity,
  options: { readonly lastBeatMs: number; readonly nowMs?: number },
): boolean
export function startTicksOf(pid: number): number | null
export function isIdentity(value: unknown): value is ProcessIdentity
