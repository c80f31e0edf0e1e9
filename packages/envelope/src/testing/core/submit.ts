import type { ArtifactId, EnvelopeId, RequestId, Sha256Hex } from '../../ids.ts'
import type { Candidate, SubmissionOutcome } from '../../provider.ts'
import { submissionArtifacts, submissionOutcome } from '../../views.ts'
import {
  type CoreState,
  changeEnvelope,
  keepBytes,
  readBytes,
  step,
  storedOf,
} from './core-state.ts'

/**
 * Takes in signatures: bytes first, then rows, then judgement within the same request; the verify jobs
 * made with the rows judge what a fall left behind.
 */
export async function submitCandidates(
  state: CoreState,
  input: {
    readonly envelope: EnvelopeId
    readonly request: RequestId
    readonly submission: Sha256Hex
    readonly candidates: readonly Candidate[]
  },
): Promise<SubmissionOutcome> {
  const artifacts = input.candidates.map((candidate) => ({
    content: candidate.content,
    sha256: keepBytes(state, candidate.bytes),
    size: candidate.bytes.length,
    format: candidate.format,
    detached: candidate.detached,
    vouched: candidate.vouched,
  }))
  await step(state, 'stored', 'received')
  const received = await changeEnvelope(state, input.envelope, {
    kind: 'received',
    request: input.request,
    submission: input.submission,
    artifacts,
  })
  if (!received.ok) {
    return { kind: 'refused', code: received.refusal.code }
  }
  const { aggregate } = storedOf(state, input.envelope)
  for (const artifact of submissionArtifacts(aggregate, input.request, input.submission)) {
    if (artifact.verdict === undefined) {
      await judgeArtifact(state, input.envelope, artifact.id)
    }
  }
  const outcome = submissionOutcome(
    storedOf(state, input.envelope).aggregate,
    input.request,
    input.submission,
  )

  return outcome === undefined || outcome.kind === 'pending'
    ? { kind: 'held', code: 'TRY_LATER' }
    : outcome
}

/** Verifies one artifact over stored bytes and records the verdict. */
export async function judgeArtifact(
  state: CoreState,
  envelope: EnvelopeId,
  id: ArtifactId,
): Promise<void> {
  const { aggregate } = storedOf(state, envelope)
  const artifact = aggregate.artifacts.find((each) => each.id === id)
  const content = aggregate.contents.find((each) => each.id === artifact?.content)
  const signing = aggregate.signings.find((each) => each.id === artifact?.signing)
  const recipient = aggregate.recipients.find((each) => each.id === signing?.recipient)
  if (artifact === undefined || content === undefined || recipient === undefined) {
    throw new Error(`${envelope} has no artifact ${id}`)
  }
  const verdict = await state.options.verifier({
    artifact: readBytes(state, artifact.sha256),
    content: readBytes(state, content.sha256),
    format: artifact.format,
    detached: artifact.detached,
    recipient,
    now: state.options.clock.now(),
  })
  await step(state, 'judged', 'verified')
  await changeEnvelope(state, envelope, { kind: 'verified', artifact: id, verdict })
}
