import type { SealId } from '../ids.ts'
import type { EnvelopeAggregate, Seal, SigningRequest } from '../model.ts'
import { isDue } from '../time.ts'
import { raiseAttention } from './attention.ts'
import { addRows, type Change, newId, owe, patchAttempt, patchSeal, record } from './change.ts'
import { closeRequest } from './end.ts'
import { planNextRound } from './progress.ts'

/** Asks for a seal whose items are to be built, and owes the job that builds them. */
export function planSeal(
  change: Change,
  wanted: { readonly request: SigningRequest; readonly purpose: string },
): void {
  const { request, purpose } = wanted
  const seal: Seal = {
    id: newId<SealId>(change, 'seal'),
    signing: request.signing,
    request: request.id,
    purpose,
    built: true,
    items: [],
    state: 'planned',
    artifacts: [],
  }
  addRows(change, 'seals', [seal])
  record(change, 'seal.planned', {
    signing: request.signing,
    request: request.id,
    data: { seal: seal.id, purpose },
  })
  owe(change, { kind: 'seal', seal: seal.id })
}

/**
 * A seal past its due time would be refused by the service. One whose items were built is built again
 * for the same request; one over planned items has its request planned anew.
 */
export function replaceStaleSeals(change: Change): void {
  for (const seal of change.aggregate.seals) {
    const request = change.aggregate.requests.find((each) => each.id === seal.request)
    const isPast =
      (seal.state === 'wanted' || seal.state === 'made') &&
      seal.due !== undefined &&
      isDue(seal.due, change.now)
    if (request === undefined || !isPast) {
      continue
    }
    if (seal.built && isBefore(change.aggregate, request)) {
      buildAgain(change, request, seal)
    } else if (!seal.built && request.state === 'planned' && !hasAttempt(change, request)) {
      planAgain(change, request)
    }
  }
}

/** True while no call that carries the seals can have left: they may still be replaced. */
function isBefore(aggregate: EnvelopeAggregate, request: SigningRequest): boolean {
  return (
    (request.state === 'planned' || request.state === 'inflight') &&
    !aggregate.attempts.some(
      (attempt) =>
        attempt.request === request.id &&
        (attempt.state === 'claimed' || attempt.state === 'unknown'),
    )
  )
}

/** Seals whose due time still matters: nothing has left with them. */
export function replaceableSeals(aggregate: EnvelopeAggregate): readonly Seal[] {
  const before = new Set(
    aggregate.requests
      .filter((request) => isBefore(aggregate, request))
      .map((request) => request.id),
  )

  return aggregate.seals.filter(
    (seal) =>
      seal.state === 'wanted' || (seal.state === 'made' && seal.built && before.has(seal.request)),
  )
}

function buildAgain(change: Change, request: SigningRequest, seal: Seal): void {
  patchSeal(change, seal.id, { state: 'stale' })
  record(change, 'seal.stale', {
    signing: seal.signing,
    request: request.id,
    data: { seal: seal.id, purpose: seal.purpose },
  })
  for (const attempt of change.aggregate.attempts) {
    if (attempt.request === request.id && attempt.state === 'recorded') {
      patchAttempt(change, attempt.id, { state: 'refused', code: 'seal-stale', since: change.now })
    }
  }
  if (seal.state === 'wanted' && seal.key === 'attended') {
    raiseAttention(change, request, { kind: 'seal', code: 'seal.stale' })
  }
  planSeal(change, { request, purpose: seal.purpose })
}

function planAgain(change: Change, request: SigningRequest): void {
  for (const sibling of change.aggregate.seals) {
    if (sibling.request === request.id && sibling.state === 'made') {
      patchSeal(change, sibling.id, { state: 'stale' })
    }
  }
  closeRequest(change, request.id, 'superseded', { code: 'seal.stale' })
  planNextRound(change, request.signing)
  record(change, 'signing.renewed', { signing: request.signing, data: { cause: 'seal.stale' } })
}

function hasAttempt(change: Change, request: SigningRequest): boolean {
  return change.aggregate.attempts.some((attempt) => attempt.request === request.id)
}
