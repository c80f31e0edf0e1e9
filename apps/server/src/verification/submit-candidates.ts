import {
  type Candidate,
  type RequestId,
  type Sha256Hex,
  type SubmissionOutcome,
  submissionArtifacts,
  submissionOutcome,
} from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { verifyArtifact } from './verify-artifact.ts'

/**
 * Takes in what a signer sent: stores the bytes durably, records the artifacts, judges them at once and
 * says how the whole submission stands. If the process dies anywhere in between, the recorded artifacts
 * are judged by the job that was made with them; a repeat of the same submission finds them there.
 */
export async function submitCandidates(
  app: AppContext,
  input: {
    readonly envelopeId: string
    readonly requestId: RequestId
    readonly submission: Sha256Hex
    readonly candidates: readonly Candidate[]
  },
): Promise<SubmissionOutcome> {
  const artifacts = await Promise.all(
    input.candidates.map(async (candidate) => {
      const stored = await app.store.put(candidate.bytes)

      return {
        content: candidate.content,
        sha256: stored.sha256,
        size: stored.size,
        format: candidate.format,
        detached: candidate.detached,
        vouched: candidate.vouched,
      }
    }),
  )
  await changeEnvelope(app, input.envelopeId, {
    kind: 'received',
    request: input.requestId,
    submission: input.submission,
    artifacts,
  })
  const received = await loadAggregate(app.db, { envelope: input.envelopeId })
  for (const artifact of received === undefined
    ? []
    : submissionArtifacts(received, input.requestId, input.submission)) {
    if (artifact.verdict === undefined) {
      await verifyArtifact(app, input.envelopeId, artifact.id)
    }
  }
  const judged = await loadAggregate(app.db, { envelope: input.envelopeId })
  const outcome =
    judged === undefined ? undefined : submissionOutcome(judged, input.requestId, input.submission)

  // Nothing recorded means that the signing had ended; unjudged means that the verifier could not say.
  return outcome === undefined
    ? { kind: 'late' }
    : outcome.kind === 'pending'
      ? { kind: 'held', code: 'TRY_LATER' }
      : outcome
}
