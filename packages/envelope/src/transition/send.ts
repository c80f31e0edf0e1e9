import type { Input } from '../inputs.ts'
import { isDue } from '../time.ts'
import { type Change, patchEnvelope, record } from './change.ts'
import { isEnvelopeFinal } from './order.ts'
import { startGroup } from './progress.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'

type InputOf<Kind extends Input['kind']> = Extract<Input, { readonly kind: Kind }>

/** Sends a draft: its first order group starts. A second send finds it sent and does nothing. */
export function send(change: Change, input: InputOf<'send'>): TransitionRefusal | undefined {
  const { envelope } = change.aggregate
  if (isEnvelopeFinal(envelope.state)) {
    return refuse('envelope.ended', 'envelope')
  }
  if (envelope.state === 'sent') {
    return undefined
  }
  // Checked again here though it was checked at creation: a draft may lie until its deadline is past.
  if (envelope.deadline !== undefined && isDue(envelope.deadline, change.now)) {
    return refuse('envelope.deadline-passed', 'deadline')
  }
  patchEnvelope(change, { state: 'sent', sentAt: change.now })
  record(change, 'envelope.sent', { actor: input.actor })
  startGroup(change)

  return undefined
}
