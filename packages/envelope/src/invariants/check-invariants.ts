import type { EnvelopeAggregate, Signing, SigningRequest } from '../model.ts'
import { isCovered, isRequestCovered } from '../transition/coverage.ts'
import { isEnvelopeFinal, isFinal } from '../transition/order.ts'
import { standingOf } from '../transition/verify.ts'
import { checkShape } from './check-shape.ts'

/**
 * Every sentence that holds of a stored envelope at any moment, as text when it does not. An empty list
 * is a sound envelope. Pure and cheap enough for `muhr doctor` to run over a whole database: it names
 * ids and states, never a person or a document's title.
 */
export function checkInvariants(aggregate: EnvelopeAggregate): string[] {
  return [
    ...checkShape(aggregate),
    ...checkEnds(aggregate),
    ...aggregate.signings.flatMap((signing) => checkSigning(aggregate, signing)),
    ...aggregate.requests.flatMap((request) => checkRequest(aggregate, request)),
    ...checkArtifacts(aggregate),
  ]
}

/** `problem` when the condition does not hold. */
function unless(condition: boolean, problem: string): string[] {
  return condition ? [] : [problem]
}

function checkEnds(aggregate: EnvelopeAggregate): string[] {
  const { envelope, signings, requests } = aggregate
  const isAllSigned = signings.every((signing) => signing.state === 'signed')
  const isAllFinal = signings.every((signing) => isFinal(signing.state))

  return [
    ...unless(
      envelope.state !== 'completed' || isAllSigned,
      `${envelope.id} is completed though not every signing is signed`,
    ),
    ...unless(
      envelope.state === 'draft' || envelope.state === 'sent' || isAllFinal,
      `${envelope.id} is ${envelope.state} though a signing is still open`,
    ),
    ...unless(
      envelope.state !== 'sent' || !isAllFinal,
      `${envelope.id} is sent though every signing has ended`,
    ),
    ...unless(
      envelope.state === 'completed' || !isAllSigned,
      `${envelope.id} is ${envelope.state} though every signing is signed`,
    ),
    ...unless(
      isEnvelopeFinal(envelope.state) === (envelope.endedAt !== undefined),
      `${envelope.id} is ${envelope.state} and its end time does not say so`,
    ),
    ...unless(
      envelope.state !== 'draft' ||
        (requests.length === 0 && signings.every((signing) => signing.round === 0)),
      `${envelope.id} is a draft with work begun`,
    ),
    ...unless(
      envelope.state === 'draft' || envelope.state === 'voided' || envelope.sentAt !== undefined,
      `${envelope.id} is ${envelope.state} and was never sent`,
    ),
  ]
}

function checkSigning(aggregate: EnvelopeAggregate, signing: Signing): string[] {
  const { id, state } = signing
  const groupOf = (each: Signing) =>
    aggregate.recipients.find((recipient) => recipient.id === each.recipient)?.orderGroup ?? 0
  const earlier = aggregate.signings.filter((other) => groupOf(other) < groupOf(signing))
  const isAccepted = signing.acceptedBy !== undefined

  return [
    ...unless(
      state !== 'signed' ||
        isCovered(aggregate, id, isAccepted ? ['accepted', 'held'] : ['accepted']),
      `${id} is signed without a verified artifact over each document`,
    ),
    ...unless(
      !isAccepted || (state === 'signed' && signing.acceptedBy?.reason.trim() !== ''),
      `${id} was accepted by a person without being signed or without a reason`,
    ),
    ...unless(
      signing.round === 0 || earlier.every((other) => other.state === 'signed'),
      `${id} was started before an earlier order group had signed`,
    ),
    ...unless(
      !signing.planning ||
        (signing.round > 0 && !isFinal(state) && aggregate.envelope.state === 'sent'),
      `${id} plans though it is not open`,
    ),
    ...unless(
      signing.round === 0 || state !== 'waiting' || signing.planning,
      `${id} was started, and neither plans nor waits for anybody`,
    ),
    ...unless(
      isFinal(state) || !isForgotten(aggregate, signing),
      `${id} is ${state} with nothing alive, nothing planned and nothing to judge`,
    ),
  ]
}

/**
 * Nothing is lost: an open signing is planned for, asked for, being judged, or waits for a person where
 * only a person can go on (a renewal; requests that turned out absent time and again).
 */
function isForgotten(aggregate: EnvelopeAggregate, signing: Signing): boolean {
  const mine = aggregate.requests.filter((request) => request.signing === signing.id)
  const isWaitingForPerson = mine.some(
    (request) => request.traits.renewal === 'on-demand' || request.outcome === 'absent',
  )

  return (
    signing.round > 0 &&
    !signing.planning &&
    mine.every((request) => request.state === 'closed') &&
    !isWaitingForPerson &&
    !isCovered(aggregate, signing.id, ['accepted', 'held', 'pending'])
  )
}

function checkRequest(aggregate: EnvelopeAggregate, request: SigningRequest): string[] {
  const { id, state } = request
  const signing = aggregate.signings.find((each) => each.id === request.signing)
  const attempts = aggregate.attempts.filter((attempt) => attempt.request === id)
  const dispatches = attempts.filter((attempt) => attempt.action === 'dispatch')
  const seals = aggregate.seals.filter((seal) => seal.request === id)
  const isEnded = signing === undefined || isFinal(signing.state)
  const isSealing = seals.some((seal) => seal.state === 'wanted' || seal.state === 'planned')
  // Dropped before it was claimed: its seal had run out.
  const isCalled = dispatches.some(
    (each) => each.state !== 'recorded' && each.code !== 'seal-stale',
  )

  return [
    ...unless(
      (state === 'closed') === (request.outcome !== undefined),
      `${id} is ${state} and its outcome does not say so`,
    ),
    ...unless(
      state !== 'closed' ||
        (attempts.every((attempt) => attempt.state !== 'recorded') &&
          seals.every((seal) => seal.state !== 'wanted' && seal.state !== 'planned')),
      `${id} is closed with work recorded that could still be done`,
    ),
    ...unless(
      state === 'closed' || !isEnded || request.ending !== undefined,
      `${id} is ${state} in an ended signing and is not being ended`,
    ),
    ...unless(
      state === 'closed' || !isEnded || state !== 'open' || request.traits.cancel !== 'local',
      `${id} is open in an ended signing though closing it is ours alone`,
    ),
    ...unless(
      request.traits.paced !== true ||
        !isCalled ||
        state === 'closed' ||
        request.bucket !== undefined,
      `${id} was called without a slot of its quota`,
    ),
    ...unless(state !== 'planned' || !isCalled, `${id} is planned though a call was made`),
    ...unless(
      state !== 'planned' ||
        dispatches.some((attempt) => attempt.state === 'recorded') ||
        isSealing,
      `${id} is planned and nobody will make it`,
    ),
    ...unless(
      state !== 'inflight' ||
        isSealing ||
        dispatches.some((each) => each.state === 'claimed' || each.state === 'recorded'),
      `${id} is in flight without an attempt`,
    ),
    ...unless(
      dispatches.filter((attempt) => attempt.state === 'claimed').length <= 1,
      `${id} is called twice at the same time`,
    ),
    ...unless(
      request.outcome !== 'signed' ||
        isRequestCovered(
          aggregate,
          request,
          signing?.acceptedBy === undefined ? ['accepted'] : ['accepted', 'held'],
        ),
      `${id} is closed as signed without a verified artifact over each content`,
    ),
    ...unless(
      request.attention === undefined ||
        signing?.state !== 'signed' ||
        request.attention.since >= signing.since,
      `${id} asks for attention that was settled when its signing was signed`,
    ),
  ]
}

function checkArtifacts(aggregate: EnvelopeAggregate): string[] {
  return aggregate.artifacts.flatMap((artifact) => {
    const { id, standing, verdict } = artifact
    const signing = aggregate.signings.find((each) => each.id === artifact.signing)
    const { deadline } = aggregate.envelope
    const isAfterEnd =
      (signing !== undefined && isFinal(signing.state) && artifact.receivedAt >= signing.since) ||
      (deadline !== undefined && artifact.receivedAt >= deadline)

    return [
      ...unless(
        standing === 'pending' || standing === 'late' || verdict !== undefined,
        `${id} is ${standing} without a verdict`,
      ),
      ...unless(standing !== 'pending' || verdict === undefined, `${id} is pending with a verdict`),
      ...unless(
        verdict === undefined || standing === 'late' || standingOf(verdict) === standing,
        `${id} is ${standing} against its verdict`,
      ),
      ...unless(standing !== 'late' || isAfterEnd, `${id} is late though it came in time`),
    ]
  })
}
