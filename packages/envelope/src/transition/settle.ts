import type { Instant } from '../ids.ts'
import type { EnvelopeAggregate, Signing, SigningRequest } from '../model.ts'
import { instantAfter, isDue } from '../time.ts'
import { raiseAttention } from './attention.ts'
import { type Change, owe, record } from './change.ts'
import { hasPending, isCovered, isDelivered } from './coverage.ts'
import { closeRequest, endEnvelope, endSigning } from './end.ts'
import { isFinal } from './order.ts'
import { wayOf } from './plan.ts'
import { completeOrContinue, planNextRound } from './progress.ts'
import { maxAutomaticRounds, tickSlackMs } from './schedules.ts'
import { replaceableSeals, replaceStaleSeals } from './stale-seals.ts'

/** When a request is overdue: the end of its window and of the service's grace after it. */
export function closesAt(request: SigningRequest): Instant | undefined {
  return request.window === undefined
    ? undefined
    : instantAfter(request.window.expiresAt, request.traits.graceMs ?? 0)
}

/**
 * Lets time do what it has done already. Runs before and after every input, so that what may still
 * happen never depends on whether the tick job or the poll was faster.
 */
export function settleTime(change: Change): void {
  for (let before: EnvelopeAggregate | undefined; before !== change.aggregate; ) {
    before = change.aggregate
    closeWindows(change)
    replaceStaleSeals(change)
    settleStranded(change)
    settleDeadline(change)
  }
}

/**
 * A window closes by our clock only where closing is ours alone. A service that we watch has the last
 * word: it may hold a signature that was made in time while we did not look (our server was down), and
 * closing first would lose it. Such a request stays watched until the service has delivered or said its
 * end; a person is told that it is overdue.
 */
function closeWindows(change: Change): void {
  for (const request of change.aggregate.requests) {
    const end = closesAt(request)
    if (request.state !== 'open' || end === undefined || !isDue(end, change.now)) {
      continue
    }
    if (request.traits.cancel !== 'local' && !isDelivered(change.aggregate, request)) {
      flagOverdue(change, request)
    } else if (!hasPending(change.aggregate, request)) {
      // A signature that came in time is judged first: its request must not read `expired` after it won.
      closeRequest(change, request.id, 'expired')
    }
  }
}

function flagOverdue(change: Change, request: SigningRequest): void {
  if (request.attention === undefined) {
    raiseAttention(change, request, { kind: 'provider', code: 'overdue' })
  }
}

/**
 * A started signing with nothing alive, nothing planned and nothing to judge. What happens to it is in
 * how its last requests ended: certainly absent ones are asked again, on-demand ones wait for somebody
 * to ask, the rest end the signing and with it the envelope.
 */
function settleStranded(change: Change): void {
  for (const signing of change.aggregate.signings) {
    if (change.aggregate.envelope.state !== 'sent' || !isStranded(change.aggregate, signing)) {
      continue
    }
    const last = lastRequests(change.aggregate, signing)
    if (last.some((request) => request.outcome === 'absent')) {
      if (signing.round < maxAutomaticRounds) {
        planNextRound(change, signing.id)
        record(change, 'signing.renewed', { signing: signing.id, data: { cause: 'absent' } })
      }
    } else if (last.some(isRenewable)) {
      // Waits for `renew` or the deadline.
    } else if (last.some((request) => request.outcome === 'refused')) {
      const code = refusalOf(change.aggregate, last)
      endSigning(change, signing.id, 'failed', { code, reason: code })
      endEnvelope(change, 'failed', { code, reason: code })
    } else if (last.length > 0) {
      endSigning(change, signing.id, 'expired')
      endEnvelope(change, 'expired')
    }
  }
}

/** Refused by us before they left: not what the service said. */
const ownCodes: readonly (string | undefined)[] = ['request-ended', 'opened-already', 'seal-stale']

/** The code of the refusal: the service's own, told to a call or later, else why nothing could be sealed. */
function refusalOf(aggregate: EnvelopeAggregate, requests: readonly SigningRequest[]): string {
  const refused = aggregate.attempts.find(
    (attempt) =>
      attempt.state === 'refused' &&
      !ownCodes.includes(attempt.code) &&
      requests.some((request) => request.id === attempt.request),
  )
  const flagged = requests.find(
    ({ attention }) => attention?.kind === 'seal' || attention?.kind === 'provider',
  )

  return refused?.code ?? flagged?.attention?.code ?? 'provider.refused'
}

/** The newest requests of each way to sign: a later round may have left a way alone. */
function lastRequests(aggregate: EnvelopeAggregate, signing: Signing): readonly SigningRequest[] {
  const mine = aggregate.requests.filter((request) => request.signing === signing.id)

  return [...Map.groupBy(mine, wayOf).values()].flatMap((requests) => {
    const round = Math.max(...requests.map((request) => request.round))

    return requests.filter((request) => request.round === round)
  })
}

function isRenewable(request: SigningRequest): boolean {
  return (
    request.traits.renewal === 'on-demand' &&
    (request.outcome === 'expired' || request.outcome === 'superseded')
  )
}

function isStranded(aggregate: EnvelopeAggregate, signing: Signing): boolean {
  return (
    signing.round > 0 &&
    !signing.planning &&
    !isFinal(signing.state) &&
    !aggregate.requests.some(
      (request) => request.signing === signing.id && request.state !== 'closed',
    ) &&
    !isCovered(aggregate, signing.id, ['accepted', 'held', 'pending'])
  )
}

/**
 * The deadline ends what is open, but not a signing whose signatures came in time and are not judged
 * yet: the recipient did their part. A held one is waited for only while the envelope can still be
 * completed by it.
 */
function settleDeadline(change: Change): void {
  const { envelope } = change.aggregate
  if (
    envelope.state !== 'sent' ||
    envelope.deadline === undefined ||
    !isDue(envelope.deadline, change.now)
  ) {
    return
  }
  for (const signing of change.aggregate.signings) {
    if (!isCovered(change.aggregate, signing.id, ['accepted', 'held', 'pending'])) {
      endSigning(change, signing.id, 'expired', { code: 'deadline' })
    }
  }
  const isDoomed = change.aggregate.signings.some((signing) => signing.state === 'expired')
  for (const signing of change.aggregate.signings) {
    if (isDoomed && !isCovered(change.aggregate, signing.id, ['accepted', 'pending'])) {
      endSigning(change, signing.id, 'expired', { code: 'deadline' })
    }
  }
  completeOrContinue(change)
}

/** Every moment at which time alone will change something. */
export function dueMoments(aggregate: EnvelopeAggregate): readonly Instant[] {
  const { envelope } = aggregate
  const windows = aggregate.requests
    .filter((request) => request.state === 'open')
    .map(closesAt)
    .filter((due) => due !== undefined)
  const seals = replaceableSeals(aggregate)
    .map((seal) => seal.due)
    .filter((due) => due !== undefined)
  const deadline =
    envelope.state === 'sent' && envelope.deadline !== undefined ? [envelope.deadline] : []

  return [...new Set([...windows, ...seals, ...deadline])].sort()
}

/**
 * Owes a `tick` for every due moment that this transition set, and once more for one that a tick job
 * met too early: clocks of processes and of the job engine differ by a little, and a moment must not be
 * lost to that.
 */
export function oweTicks(
  change: Change,
  options: { readonly before: EnvelopeAggregate; readonly isTick: boolean },
): void {
  const known = new Set(dueMoments(options.before))
  for (const at of dueMoments(change.aggregate)) {
    const isNew = !known.has(at)
    const isNear = options.isTick && at > change.now && at <= instantAfter(change.now, tickSlackMs)
    if (isNew || isNear) {
      owe(change, { kind: 'tick', at })
    }
  }
}
