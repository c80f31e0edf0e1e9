import type { EnvelopeState, RequestState, SigningState } from '../words.ts'

/**
 * Place of a signing state on its one way forward. `held` stands before `signed`; the ends share the
 * last place, since none of them leads to another.
 */
export const signingRank: { readonly [State in SigningState]: number } = {
  waiting: 0,
  sealing: 1,
  dispatching: 2,
  sent: 3,
  viewed: 4,
  received: 5,
  held: 6,
  signed: 7,
  declined: 7,
  expired: 7,
  voided: 7,
  failed: 7,
}

const finalRank = signingRank.signed

/** True for an end of a signing: nothing leaves it. */
export function isFinal(state: SigningState): boolean {
  return signingRank[state] === finalRank
}

/** True for an end of an envelope: nothing leaves it. */
export function isEnvelopeFinal(state: EnvelopeState): boolean {
  return state !== 'draft' && state !== 'sent'
}

/** True while the provider may still say something that we must hear. */
export function isWatched(state: RequestState): boolean {
  return state === 'open' || state === 'unknown'
}
