import type { ArtifactId } from '../ids.ts'
import type { Input, NewArtifact } from '../inputs.ts'
import type { Artifact, SigningRequest } from '../model.ts'
import { isDue } from '../time.ts'
import {
  addRows,
  type Change,
  findRequest,
  findSigning,
  newId,
  owe,
  providerActor,
  record,
} from './change.ts'
import { endRequest } from './end.ts'
import { isFinal } from './order.ts'
import { advanceSigning } from './progress.ts'
import { refuse, type TransitionRefusal } from './refusal.ts'

/**
 * Signatures came. They are kept whatever becomes of them: before judgement as `pending`, after the end
 * of their signing as `late` (evidence that completes nothing). A submission that came before, byte for
 * byte, is a retry of the same app and changes nothing.
 */
export function received(
  change: Change,
  input: Extract<Input, { readonly kind: 'received' }>,
): TransitionRefusal | undefined {
  const request = findRequest(change, input.request)
  if (request === undefined) {
    return refuse('request.unknown', 'request')
  }
  if (request.state === 'planned') {
    return refuse('request.not-open', 'request')
  }
  if (!input.artifacts.every((artifact) => request.contents.includes(artifact.content))) {
    return refuse('content.unknown', 'artifacts')
  }
  if (new Set(input.artifacts.map((each) => each.content)).size !== input.artifacts.length) {
    return refuse('artifact.duplicate', 'artifacts')
  }
  const isKnown = (wanted: NewArtifact) =>
    change.aggregate.artifacts.some(
      (artifact) =>
        artifact.request === request.id &&
        artifact.submission === input.submission &&
        artifact.content === wanted.content,
    )
  const fresh = input.artifacts.filter((artifact) => !isKnown(artifact))
  if (fresh.length < input.artifacts.length) {
    record(change, 'artifact.repeated', {
      actor: providerActor(request),
      signing: request.signing,
      request: request.id,
      data: { submission: input.submission },
    })
  }
  if (fresh.length > 0) {
    keep(change, request, { ...input, artifacts: fresh })
  }

  return undefined
}

function keep(
  change: Change,
  request: SigningRequest,
  input: Extract<Input, { readonly kind: 'received' }>,
): void {
  const isLate = isTooLate(change, request)
  for (const each of input.artifacts) {
    const artifact: Artifact = {
      id: newId<ArtifactId>(change, 'artifact'),
      request: request.id,
      signing: request.signing,
      receivedAt: change.now,
      submission: input.submission,
      standing: isLate ? 'late' : 'pending',
      ...each,
    }
    addRows(change, 'artifacts', [artifact])
    record(change, isLate ? 'artifact.late' : 'artifact.received', {
      actor: providerActor(request),
      signing: request.signing,
      request: request.id,
      artifact: artifact.id,
      data: { content: each.content, sha256: each.sha256, submission: input.submission },
    })
    owe(change, { kind: 'verify', artifact: artifact.id })
  }
  if (isLate && request.ending !== undefined) {
    endRequest(change, request.id, request.ending)
  }
  if (!isLate) {
    advanceSigning(change, request.signing, 'received', providerActor(request))
  }
}

/** An envelope may outlive its deadline only for what came before it. */
function isTooLate(change: Change, request: SigningRequest): boolean {
  const { deadline } = change.aggregate.envelope
  const signing = findSigning(change, request.signing)

  return (
    signing === undefined ||
    isFinal(signing.state) ||
    (deadline !== undefined && isDue(deadline, change.now))
  )
}
