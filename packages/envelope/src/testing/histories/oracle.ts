import type { Content, Signing, SigningRequest } from '../../model.ts'
import { isFinal } from '../../transition/order.ts'
import { viewOf } from '../core/core-io.ts'
import { fakePerson } from '../fakes/fake-subject.ts'
import { createToyVerifier } from '../fakes/toy-crypto.ts'
import type { World } from './world.ts'

/**
 * What must be true of a history, found without asking the machine that is tested: from the bytes that
 * were uploaded, the bytes that came back, the calls that left and the services' own journals.
 */
export async function judgeHistory(world: World): Promise<string[]> {
  const signed = world.aggregate().signings.filter((signing) => signing.state === 'signed')
  const proofs = await Promise.all(signed.map((signing) => proveSigned(world, signing)))

  return [
    ...world.core.violations(),
    ...proofs.flat(),
    ...judgeCompleted(world),
    ...judgeSent(world),
    ...judgeKept(world),
    ...judgeQuotas(world),
  ]
}

function judgeCompleted(world: World): string[] {
  const { envelope, signings } = world.aggregate()
  const isProven = signings.every((signing) => signing.state === 'signed')

  return envelope.state === 'completed' && !isProven ? ['completed without every signature'] : []
}

/** The bytes that must be signed, derived again from what was uploaded. */
function contentBytes(world: World, content: Content): Uint8Array {
  const { documents } = world.aggregate()
  const position = documents.findIndex((document) => document.id === content.document)
  const bytes = Buffer.from(world.documents[position] ?? [])

  return content.derivation === 'identity' ? bytes : Buffer.from(bytes.toString('base64'))
}

/** For each document: some artifact of this signing verifies, over it, by the expected person. */
async function proveSigned(world: World, signing: Signing): Promise<string[]> {
  const { artifacts, contents, documents, recipients } = world.aggregate()
  const recipient = recipients.find((each) => each.id === signing.recipient)
  if (recipient === undefined) {
    return [`${signing.id} has no recipient`]
  }
  const { verifier } = createToyVerifier()
  const proven = new Set<string>()
  for (const artifact of artifacts.filter((each) => each.signing === signing.id)) {
    const content = contents.find((each) => each.id === artifact.content)
    const bytes = world.core.bytes(artifact.sha256)
    if (content === undefined || bytes === undefined) {
      return [`${artifact.id} lost its bytes or its content`]
    }
    const verdict = await verifier({
      artifact: bytes,
      content: contentBytes(world, content),
      format: artifact.format,
      detached: artifact.detached,
      recipient,
      now: world.clock.now(),
    })
    if (verdict.indication === 'TOTAL-PASSED' && verdict.identity === 'match') {
      proven.add(content.document)
    }
  }

  return documents
    .filter((document) => !proven.has(document.id))
    .map((document) => `${signing.id} is signed without a signature over ${document.id}`)
}

/** The journals: no attempt left twice, no request asked its signer twice. */
function judgeSent(world: World): string[] {
  const attempts = world.core.sent().map((call) => call.attempt)
  const doubles = attempts.filter((attempt, index) => attempts.indexOf(attempt) !== index)
  const asked = world.aggregate().requests.flatMap((request) => {
    const { counterpart } = world.subjectOf(request.provider)
    const times = counterpart.asked?.(viewOf(world.aggregate(), request.id)) ?? 0

    return times > 1 ? [`${request.id} was asked ${times} times`] : []
  })

  return [...doubles.map((attempt) => `${attempt} was sent twice`), ...asked]
}

/** A service that counts never had to say that its quota is used up. */
function judgeQuotas(world: World): string[] {
  return ['fake-paced'].flatMap((id) => {
    const overrun = world.subjectOf(id).counterpart.overrun?.() ?? 0

    return overrun > 0 ? [`${id} was called ${overrun} times beyond its quota`] : []
  })
}

/** Nothing is lost: who was thanked is in the rows, what a service has signed was fetched. */
function judgeKept(world: World): string[] {
  const { artifacts, requests } = world.aggregate()
  const thanked = world.thanked
    .filter(({ request, person }) => {
      const name = fakePerson(person).pinfl

      return !artifacts.some(
        (artifact) =>
          artifact.request === request &&
          Buffer.from(world.core.bytes(artifact.sha256) ?? [])
            .toString()
            .includes(name),
      )
    })
    .map(({ request }) => `a signature on ${request} was thanked for and is not there`)
  const signed = requests
    .filter((request) => isSignedThere(world, request))
    .filter((request) => !artifacts.some((artifact) => artifact.request === request.id))
    .map((request) => `${request.id} is signed at its service and was not fetched`)

  return [...thanked, ...signed]
}

/** A request that a person called absent by mistake is watched no more; its attention flag says so. */
function isSignedThere(world: World, request: SigningRequest): boolean {
  const { counterpart } = world.subjectOf(request.provider)
  const view = viewOf(world.aggregate(), request.id)

  return request.outcome !== 'absent' && counterpart.isSigned?.(view) === true
}

/** After everything had time to end: no work is left, and no open signing is forgotten. */
export function judgeRest(world: World): string[] {
  const { artifacts, attempts, requests, signings } = world.aggregate()
  const now = world.clock.now()
  const jobs = world.core
    .jobs()
    .filter((each) => each.job.kind !== 'tick' || each.at <= now)
    .map((each) => `${each.job.kind} job is left`)
  const open = attempts
    .filter((attempt) => attempt.state === 'recorded' || attempt.state === 'claimed')
    .map((attempt) => `${attempt.id} is still ${attempt.state}`)
  const unjudged = artifacts
    .filter((artifact) => artifact.verdict === undefined)
    .map((artifact) => `${artifact.id} was never judged`)
  const planning = signings
    .filter((signing) => signing.planning)
    .map((signing) => `${signing.id} still plans`)
  const alive = requests
    .filter((request) => request.state === 'open' || request.state === 'inflight')
    .map((request) => `${request.id} is still ${request.state}`)
  const held = signings
    .filter((signing) => signing.state === 'held' && !isFinal(signing.state))
    .filter((signing) =>
      artifacts.some((each) => each.signing === signing.id && each.standing === 'held'),
    )
    .map((signing) => `${signing.id} is held though trust came back`)

  return [...jobs, ...open, ...unjudged, ...planning, ...alive, ...held]
}
