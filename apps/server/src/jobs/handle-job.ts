import type { AppContext } from '../app-context.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { concludeEnvelope } from '../evidence/conclude-envelope.ts'
import { runSeal } from '../seals/run-seal.ts'
import { verifyArtifact } from '../verification/verify-artifact.ts'
import { lookAtRequest } from '../watching/look-at-request.ts'
import { collectRequest } from './collect-request.ts'
import { planSigning } from './plan-signing.ts'
import type { QueuedJob } from './queue.ts'
import { runAttempt, seekSlot } from './run-attempt.ts'

/**
 * Does one job. Every kind bears being run again at any moment: what it changes goes through the one
 * door, which finds the state moved.
 */
export async function handleJob(app: AppContext, { envelope, job }: QueuedJob): Promise<void> {
  switch (job.kind) {
    case 'plan':
      return planSigning(app, envelope, job)
    case 'attempt':
      return job.slot === 'wanted'
        ? seekSlot(app, envelope, job.attempt)
        : runAttempt(app, envelope, job.attempt)
    case 'verify':
    case 'recheck':
      return verifyArtifact(app, envelope, job.artifact)
    case 'collect':
      return collectRequest(app, envelope, job.request)
    case 'look':
      return lookAtRequest(app, envelope, job.request)
    case 'tick':
      await changeEnvelope(app, envelope, { kind: 'tick' })

      return
    case 'conclude':
      return concludeEnvelope(app, envelope)
    case 'seal':
      return runSeal(app, envelope, job.seal)
  }
}
