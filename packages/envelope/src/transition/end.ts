import type { RequestId, SigningId } from '../ids.ts'
import type { SigningRequest } from '../model.ts'
import type { ActorRef, EnvelopeState, RequestOutcome, SigningState } from '../words.ts'
import { recordAttempt } from './attempt-rows.ts'
import {
  type Change,
  findRequest,
  findSigning,
  owe,
  patchAttempt,
  patchEnvelope,
  patchRequest,
  patchSeal,
  patchSigning,
  record,
  systemActor,
} from './change.ts'
import { isDelivered, isRequestCovered } from './coverage.ts'
import { isEnvelopeFinal, isFinal } from './order.ts'

type Ending = 'superseded' | 'cancelled'

/**
 * Closes a request for good. Whatever was recorded for it but not claimed is dropped in the same step,
 * so that no worker can send for a closed request; seals still wanted go stale with it.
 */
export function closeRequest(
  change: Change,
  id: RequestId,
  outcome: RequestOutcome,
  about: { readonly actor?: ActorRef | undefined; readonly code?: string | undefined } = {},
): void {
  const request = findRequest(change, id)
  if (request === undefined || request.state === 'closed') {
    return
  }
  patchRequest(change, id, { state: 'closed', outcome, ending: undefined, since: change.now })
  dropAttempts(change, id)
  staleSeals(change, id)
  record(change, 'request.closed', {
    actor: about.actor ?? systemActor,
    signing: request.signing,
    request: id,
    data: { outcome, ...(about.code === undefined ? {} : { code: about.code }) },
  })
}

/** Drops what was recorded and never claimed. */
function dropAttempts(change: Change, request: RequestId): void {
  for (const attempt of change.aggregate.attempts) {
    if (attempt.request === request && attempt.state === 'recorded') {
      patchAttempt(change, attempt.id, {
        state: 'refused',
        code: 'request-ended',
        since: change.now,
      })
    }
  }
}

/** A seal for a request that will not be made must not be asked of a clerk any more. */
function staleSeals(change: Change, request: RequestId): void {
  for (const seal of change.aggregate.seals) {
    if (seal.request === request && (seal.state === 'wanted' || seal.state === 'planned')) {
      patchSeal(change, seal.id, { state: 'stale' })
      record(change, 'seal.stale', {
        signing: seal.signing,
        request,
        data: { seal: seal.id, purpose: seal.purpose },
      })
    }
  }
}

/**
 * Ends a request as far as we can. Only a request that nobody outside knows of, or whose closing is
 * ours alone, is closed at once. One in flight waits for its answer: closing it blindly would lose what
 * the provider made of it. One that the provider must be told about gets a cancel attempt; one that
 * cannot be stopped stays watched to its end, and what still comes is kept as evidence.
 */
export function endRequest(change: Change, id: RequestId, ending: Ending): void {
  const request = findRequest(change, id)
  if (request === undefined || request.state === 'closed') {
    return
  }
  if (canCloseNow(change, request)) {
    closeRequest(change, id, ending)
    return
  }
  patchRequest(change, id, { ending: request.ending ?? ending })
  if (request.state === 'inflight') {
    return
  }
  for (const attempt of change.aggregate.attempts) {
    if (attempt.request === id && attempt.action === 'dispatch' && attempt.state === 'recorded') {
      patchAttempt(change, attempt.id, {
        state: 'refused',
        code: 'request-ended',
        since: change.now,
      })
    }
  }
  const isAsked = change.aggregate.attempts.some(
    (attempt) => attempt.request === id && attempt.action === 'cancel',
  )
  if (request.traits.cancel === 'call' && request.handle !== undefined && !isAsked) {
    recordAttempt(change, request, { action: 'cancel' })
    record(change, 'request.cancelling', { signing: request.signing, request: id })
  }
}

function canCloseNow(change: Change, request: SigningRequest): boolean {
  if (request.state === 'planned') {
    return true
  }
  const dispatches = change.aggregate.attempts.filter(
    (attempt) => attempt.request === request.id && attempt.action === 'dispatch',
  )
  if (request.state === 'inflight') {
    return !dispatches.some((attempt) => attempt.state === 'claimed')
  }
  // A reservation whose answer was lost asked nobody for anything: there is nothing to watch.
  const isOnlyReserving =
    request.state === 'unknown' &&
    request.traits.idempotency === 'reserved' &&
    request.handle === undefined &&
    !dispatches.some((attempt) => attempt.state === 'claimed')

  return (
    isOnlyReserving || request.traits.cancel === 'local' || isDelivered(change.aggregate, request)
  )
}

/** Ends every request of a signing that is still alive. */
export function endRequests(change: Change, signing: SigningId, ending: Ending): void {
  for (const request of change.aggregate.requests) {
    if (request.signing === signing) {
      endRequest(change, request.id, ending)
    }
  }
}

export type EndInput = {
  readonly actor?: ActorRef | undefined
  readonly reason?: string | undefined
  readonly code?: string | undefined
}

/** Ends a signing otherwise than signed. Nothing leaves an end, so an ended one is left alone. */
export function endSigning(
  change: Change,
  id: SigningId,
  state: Extract<SigningState, 'declined' | 'expired' | 'voided' | 'failed'>,
  about: EndInput = {},
): void {
  const signing = findSigning(change, id)
  if (signing === undefined || isFinal(signing.state)) {
    return
  }
  patchSigning(change, id, {
    state,
    since: change.now,
    planning: false,
    ...(about.reason === undefined ? {} : { reason: about.reason }),
  })
  record(change, `signing.${state}`, {
    actor: about.actor ?? systemActor,
    signing: id,
    data: about.code === undefined ? {} : { code: about.code },
  })
  endRequests(change, id, 'cancelled')
}

/**
 * A signing is signed: its other methods are superseded, and what a person had to look at is settled
 * (the events keep it). `accepted` says which standings stand behind it.
 */
export function markSigned(
  change: Change,
  id: SigningId,
  about: {
    readonly actor?: ActorRef | undefined
    readonly standings: readonly ('accepted' | 'held')[]
  },
): void {
  patchSigning(change, id, { state: 'signed', since: change.now, planning: false })
  record(change, 'signing.signed', { actor: about.actor ?? systemActor, signing: id })
  for (const request of change.aggregate.requests) {
    if (request.signing !== id) {
      continue
    }
    if (request.attention !== undefined) {
      patchRequest(change, request.id, { attention: undefined })
    }
    if (isRequestCovered(change.aggregate, request, about.standings)) {
      closeRequest(change, request.id, 'signed')
    }
  }
  endRequests(change, id, 'superseded')
}

/**
 * Ends the envelope. What is still open in it ends with it; signatures made stay. Evidence is concluded
 * when there is something to prove.
 */
export function endEnvelope(
  change: Change,
  state: Exclude<EnvelopeState, 'draft' | 'sent'>,
  about: EndInput = {},
): void {
  if (isEnvelopeFinal(change.aggregate.envelope.state)) {
    return
  }
  patchEnvelope(change, {
    state,
    endedAt: change.now,
    ...(about.reason === undefined ? {} : { reason: about.reason }),
  })
  record(change, `envelope.${state}`, {
    actor: about.actor ?? systemActor,
    data: about.code === undefined ? {} : { code: about.code },
  })
  for (const signing of change.aggregate.signings) {
    endSigning(change, signing.id, 'voided', { actor: about.actor })
  }
  if (state === 'completed' || change.aggregate.artifacts.length > 0) {
    owe(change, { kind: 'conclude' })
  }
}
