import type { ConnectionId } from '../../ids.ts'
import type { KeptSealWish } from '../../provider.ts'
import { instantAfter } from '../../time.ts'
import { type CoreState, changeEnvelope, type KeptSeal } from './core-state.ts'

/** The kept signature over a credential; an unattended key makes it at once, an attended one is asked. */
export function keptSeal(
  state: CoreState,
  connection: ConnectionId,
  wish: KeptSealWish,
): Uint8Array | undefined {
  const now = state.options.clock.now()
  const isSame = (kept: KeptSeal) =>
    kept.connection === connection &&
    kept.wish.purpose === wish.purpose &&
    Buffer.from(kept.wish.bytes).equals(wish.bytes)
  const known = state.keptSeals.find(
    (kept) => isSame(kept) && kept.usableUntil !== undefined && kept.usableUntil > now,
  )
  if (known !== undefined) {
    return known.signature
  }
  if (!state.keptSeals.some((kept) => isSame(kept) && kept.signature === undefined)) {
    state.keptSeals.push({ connection, wish, signature: undefined, usableUntil: undefined })
  }
  if (state.options.sealKey === 'attended') {
    return undefined
  }
  signKept(state)

  return state.keptSeals.findLast(isSame)?.signature
}

function signKept(state: CoreState): void {
  for (const kept of state.keptSeals) {
    if (kept.signature === undefined) {
      kept.signature = state.options.sealItem?.(kept.wish.bytes, kept.wish.format)
      kept.usableUntil = instantAfter(state.options.clock.now(), kept.wish.usableMs)
    }
  }
}

/** The clerk signs what waits; calls that were put off until then go on. */
export async function makeKeptSeals(state: CoreState): Promise<void> {
  signKept(state)
  for (const [envelope, { aggregate }] of state.stored) {
    for (const attempt of aggregate.attempts) {
      if (attempt.state === 'recorded' && attempt.code !== undefined) {
        await changeEnvelope(state, envelope, { kind: 'attempt-woken', attempt: attempt.id })
      }
    }
  }
}
