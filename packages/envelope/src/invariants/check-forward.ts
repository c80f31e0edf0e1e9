import type {
  Artifact,
  ArtifactStanding,
  Attempt,
  EnvelopeAggregate,
  Seal,
  SealState,
  Signing,
  SigningRequest,
} from '../model.ts'
import { isEnvelopeFinal, isFinal, signingRank } from '../transition/order.ts'
import type { AttemptState, EnvelopeState, RequestState } from '../words.ts'

/**
 * What holds of two states of one envelope that follow each other, as text when it does not: nothing
 * goes back, nothing that was written once changes, nothing disappears.
 */
export function checkForward(previous: EnvelopeAggregate, next: EnvelopeAggregate): string[] {
  if (previous === next) {
    return []
  }

  return [
    ...checkEnvelope(previous, next),
    ...checkRows(previous.signings, next.signings, checkSigning),
    ...checkRows(previous.requests, next.requests, checkRequest),
    ...checkRows(previous.attempts, next.attempts, checkAttempt),
    ...checkRows(previous.seals, next.seals, checkSeal),
    ...checkRows(previous.artifacts, next.artifacts, checkArtifact),
    ...checkRows(previous.contents, next.contents, (before, after) =>
      unless(before === after, `${before.id} was changed`),
    ),
  ]
}

function unless(condition: boolean, problem: string): string[] {
  return condition ? [] : [problem]
}

function checkRows<Row extends { readonly id: string }>(
  previous: readonly Row[],
  next: readonly Row[],
  check: (before: Row, after: Row) => string[],
): string[] {
  return previous.flatMap((before) => {
    const after = next.find((row) => row.id === before.id)

    return after === undefined ? [`${before.id} disappeared`] : check(before, after)
  })
}

const envelopeRank: { readonly [State in EnvelopeState]: number } = {
  draft: 0,
  sent: 1,
  completed: 2,
  declined: 2,
  expired: 2,
  voided: 2,
  failed: 2,
}

function checkEnvelope(previous: EnvelopeAggregate, next: EnvelopeAggregate): string[] {
  const before = previous.envelope
  const after = next.envelope
  const isEnded = isEnvelopeFinal(before.state)

  return [
    ...unless(
      after.version === before.version + 1,
      `${before.id} went from version ${before.version} to ${after.version}`,
    ),
    ...unless(
      envelopeRank[after.state] >= envelopeRank[before.state] &&
        (!isEnded || after.state === before.state),
      `${before.id} went from ${before.state} to ${after.state}`,
    ),
    ...unless(
      previous.documents === next.documents && previous.recipients === next.recipients,
      `${before.id} changed its documents or recipients after it was made`,
    ),
  ]
}

function checkSigning(before: Signing, after: Signing): string[] {
  const isForward =
    signingRank[after.state] > signingRank[before.state] || after.state === before.state

  return [
    ...unless(isForward, `${before.id} went from ${before.state} to ${after.state}`),
    ...unless(
      after.round >= before.round,
      `${before.id} went from round ${before.round} to ${after.round}`,
    ),
    ...unless(
      !isFinal(before.state) || before === after,
      `${before.id} changed after its end as ${before.state}`,
    ),
  ]
}

const requestSteps: { readonly [State in RequestState]: readonly RequestState[] } = {
  planned: ['inflight', 'closed'],
  inflight: ['open', 'unknown', 'closed'],
  open: ['closed'],
  unknown: ['inflight', 'open', 'closed'],
  closed: [],
}

function checkRequest(before: SigningRequest, after: SigningRequest): string[] {
  const isStep = after.state === before.state || requestSteps[before.state].includes(after.state)
  const isBlindRepeat =
    before.state === 'unknown' &&
    after.state === 'inflight' &&
    before.traits.idempotency !== 'reserved'

  return [
    ...unless(isStep, `${before.id} went from ${before.state} to ${after.state}`),
    ...unless(!isBlindRepeat, `${before.id} is sent again though its service is not idempotent`),
    ...unless(
      before.outcome === undefined || after.outcome === before.outcome,
      `${before.id} went from ${before.outcome} to ${after.outcome}`,
    ),
    ...unless(
      before.seen.every((mark) => after.seen.includes(mark)),
      `${before.id} forgot what its provider said`,
    ),
    ...unless(
      before.handle === undefined || after.handle !== undefined,
      `${before.id} forgot its handle`,
    ),
  ]
}

const attemptSteps: { readonly [State in AttemptState]: readonly AttemptState[] } = {
  recorded: ['claimed', 'refused'],
  // Back to recorded: a call that certainly had no effect and is made again later.
  claimed: ['done', 'refused', 'unknown', 'recorded'],
  unknown: ['done', 'refused'],
  done: [],
  refused: [],
}

function checkAttempt(before: Attempt, after: Attempt): string[] {
  return unless(
    after.state === before.state || attemptSteps[before.state].includes(after.state),
    `${before.id} went from ${before.state} to ${after.state}`,
  )
}

const sealSteps: { readonly [State in SealState]: readonly SealState[] } = {
  planned: ['wanted', 'stale'],
  wanted: ['made', 'stale'],
  made: ['stale'],
  stale: [],
}

function checkSeal(before: Seal, after: Seal): string[] {
  return [
    ...unless(
      after.state === before.state || sealSteps[before.state].includes(after.state),
      `${before.id} went from ${before.state} to ${after.state}`,
    ),
    ...unless(
      before.state === 'planned' || after.items === before.items,
      `${before.id} is over other items than were asked for`,
    ),
  ]
}

const standingSteps: { readonly [State in ArtifactStanding]: readonly ArtifactStanding[] } = {
  pending: ['accepted', 'held', 'refused'],
  held: ['accepted', 'refused'],
  accepted: [],
  refused: [],
  late: [],
}

function checkArtifact(before: Artifact, after: Artifact): string[] {
  const isSame =
    before.sha256 === after.sha256 &&
    before.content === after.content &&
    before.submission === after.submission &&
    before.receivedAt === after.receivedAt

  return [
    ...unless(
      after.standing === before.standing || standingSteps[before.standing].includes(after.standing),
      `${before.id} went from ${before.standing} to ${after.standing}`,
    ),
    ...unless(isSame, `${before.id} is not what was received`),
    ...unless(
      before.verdict === undefined || after.verdict !== undefined,
      `${before.id} lost its verdict`,
    ),
  ]
}
