import type { Input } from '../inputs.ts'
import type { Signing } from '../model.ts'
import { type Change, findSigning } from './change.ts'
import { type EndInput, endEnvelope, endSigning } from './end.ts'
import { isEnvelopeFinal, isFinal } from './order.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'

type InputOf<Kind extends Input['kind']> = Extract<Input, { readonly kind: Kind }>

/** One refusal to sign ends the envelope for all; signatures made before it stay in the evidence. */
export function declineSigning(change: Change, signing: Signing, about: EndInput): void {
  if (isFinal(signing.state)) {
    return
  }
  endSigning(change, signing.id, 'declined', about)
  endEnvelope(change, 'declined', about)
}

/** The signer said no on our page, or somebody recorded it for them. */
export function decline(change: Change, input: InputOf<'decline'>): TransitionRefusal | undefined {
  const signing = findSigning(change, input.signing)
  if (signing === undefined) {
    return refuse('signing.unknown', 'signing')
  }
  if (change.aggregate.envelope.state === 'draft') {
    return refuse('envelope.not-sent', 'envelope')
  }
  if (signing.state === 'declined') {
    return undefined
  }
  if (isFinal(signing.state)) {
    return refuse('signing.ended', 'signing')
  }
  declineSigning(change, signing, { actor: input.actor, reason: input.reason })

  return undefined
}

/** The sender takes the envelope back. What cannot be stopped at a provider stays watched to its end. */
export function voidEnvelope(
  change: Change,
  input: InputOf<'void'>,
): TransitionRefusal | undefined {
  const { state } = change.aggregate.envelope
  if (state === 'voided') {
    return undefined
  }
  if (isEnvelopeFinal(state)) {
    return refuse('envelope.ended', 'envelope')
  }
  if (input.reason.trim() === '') {
    return refuse('reason.missing', 'reason')
  }
  endEnvelope(change, 'voided', { actor: input.actor, reason: input.reason.trim() })

  return undefined
}
