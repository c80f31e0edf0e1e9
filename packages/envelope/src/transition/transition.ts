import type { AttemptId } from '../ids.ts'
import type { DomainEvent, Input, Job } from '../inputs.ts'
import type { EnvelopeAggregate } from '../model.ts'
import { attemptOpened, attemptRefused, attemptReserved, attemptUnknown, claim } from './attempt.ts'
import { cancelDone } from './cancel.ts'
import { beginChange, type Change, patchEnvelope, type TransitionContext } from './change.ts'
import { decline, voidEnvelope } from './decline.ts'
import { attemptDeferred, attemptWoken } from './defer.ts'
import { observed, resolveUnknown } from './observe.ts'
import { planned, planRefused } from './plan.ts'
import { received } from './receive.ts'
import type { TransitionRefusal } from './refusal.ts'
import { renew } from './renew.ts'
import { sealFailed, sealMade, sealPrepared, sealRefused } from './seal.ts'
import { send } from './send.ts'
import { oweTicks, settleTime } from './settle.ts'
import { acceptHeld, verified } from './verify.ts'

export type TransitionDone = {
  readonly ok: true
  /** The same object when nothing changed; else one version on, with untouched rows kept as they were. */
  readonly next: EnvelopeAggregate
  readonly events: readonly DomainEvent[]
  readonly jobs: readonly Job[]
}

export type TransitionResult =
  | TransitionDone
  | { readonly ok: false; readonly refusal: TransitionRefusal }

/**
 * The one door for change (design §3 rule 3). Pure: what it takes from the world is in `context`. Rows,
 * events and jobs are written in one transaction under a compare-and-set on the envelope's version.
 *
 * An input that finds the state moved (a duplicate, a late poll, the second of a race) gives
 * `next === aggregate` and no jobs; an event only where the audit must show it (`artifact.repeated`,
 * `artifact.rechecked`, `request.rejected`). Inputs that cannot be right are refused with a code.
 * Before and after the input time does what is due, so that a deadline holds whether or not its tick
 * job ran.
 */
export function transition(
  aggregate: EnvelopeAggregate,
  input: Input,
  context: TransitionContext,
): TransitionResult {
  const change = beginChange(aggregate, context)
  settleTime(change)
  const refusal = apply(change, input)
  if (refusal !== undefined) {
    return { ok: false, refusal }
  }
  settleTime(change)
  oweTicks(change, { before: aggregate, isTick: input.kind === 'tick' })
  if (change.aggregate !== aggregate) {
    patchEnvelope(change, { version: aggregate.envelope.version + 1 })
  }

  return { ok: true, next: change.aggregate, events: change.events, jobs: change.jobs }
}

function apply(change: Change, input: Input): TransitionRefusal | undefined {
  switch (input.kind) {
    case 'send':
      return send(change, input)
    case 'void':
      return voidEnvelope(change, input)
    case 'planned':
      return planned(change, input)
    case 'plan-refused':
      return planRefused(change, input)
    case 'renew':
      return renew(change, input)
    case 'seal-prepared':
      return sealPrepared(change, input)
    case 'seal-refused':
      return sealRefused(change, input)
    case 'seal-failed':
      return sealFailed(change, input)
    case 'seal-made':
      return sealMade(change, input)
    case 'claim':
      return claim(change, input)
    case 'attempt-opened':
      return attemptOpened(change, input)
    case 'attempt-reserved':
      return attemptReserved(change, input)
    case 'attempt-refused':
      return attemptRefused(change, input)
    case 'attempt-unknown':
      return attemptUnknown(change, input)
    case 'attempt-deferred':
      return attemptDeferred(change, input)
    case 'attempt-woken':
      return attemptWoken(change, input)
    case 'cancel-done':
      return cancelDone(change, input)
    case 'observed':
      return observed(change, input)
    case 'received':
      return received(change, input)
    case 'verified':
      return verified(change, input)
    case 'accept-held':
      return acceptHeld(change, input)
    case 'decline':
      return decline(change, input)
    case 'resolve-unknown':
      return resolveUnknown(change, input)
    case 'tick':
      return undefined
  }
}

/**
 * True when the claim that led from `previous` to `next` is the one that may make the call. Ask it only
 * after the change was committed; a claim that lost its compare-and-set may never send.
 */
export function mayCall(
  change: { readonly previous: EnvelopeAggregate; readonly next: EnvelopeAggregate },
  attempt: AttemptId,
): boolean {
  const stateIn = (aggregate: EnvelopeAggregate) =>
    aggregate.attempts.find((each) => each.id === attempt)?.state

  return stateIn(change.previous) === 'recorded' && stateIn(change.next) === 'claimed'
}
