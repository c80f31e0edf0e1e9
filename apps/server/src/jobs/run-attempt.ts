import {
  type AttemptId,
  type CallResult,
  type Input,
  instantOf,
  type Json,
  mayCall,
  requestView,
} from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { providerIo } from '../envelopes/provider-io.ts'

/** Longest that a call to a provider may take, ms. */
export const callTimeoutMs = 60_000

/**
 * Makes one outgoing call, at most once. The attempt is claimed by compare-and-set first; a job that
 * comes again and finds it claimed makes the request `unknown` and sends nothing (design §3 rule 2).
 */
export async function runAttempt(
  app: AppContext,
  envelopeId: string,
  attemptId: AttemptId,
): Promise<void> {
  const claimed = await changeEnvelope(app, envelopeId, { kind: 'claim', attempt: attemptId })
  if (claimed.kind !== 'changed' || !mayCall(claimed, attemptId)) {
    return
  }
  const attempt = claimed.next.attempts.find((candidate) => candidate.id === attemptId)
  const request = claimed.next.requests.find((candidate) => candidate.id === attempt?.request)
  if (attempt === undefined || request === undefined) {
    return
  }
  const connection = await loadConnection(app, request.connection)
  const view = requestView(claimed.next, request.id)
  if (connection === undefined || view === undefined) {
    await changeEnvelope(app, envelopeId, {
      kind: 'attempt-refused',
      attempt: attemptId,
      code: 'connection-unusable',
    })

    return
  }

  const io = providerIo(app, AbortSignal.timeout(callTimeoutMs))
  if (attempt.action === 'cancel') {
    const result =
      (await connection.provider
        .cancel?.({ connection: connection.settings, request: view, io })
        .catch(() => 'unknown' as const)) ?? 'unsupported'
    await changeEnvelope(app, envelopeId, { kind: 'cancel-done', attempt: attemptId, result })

    return
  }

  const step = connection.provider.advance({
    connection: connection.settings,
    sender: connection.sender,
    request: view,
    now: instantOf(app.now()),
    deadline: claimed.next.envelope.deadline,
  })
  const result: CallResult<Json> =
    step.kind === 'call'
      ? await step.run(io).catch(() => ({ kind: 'unknown' as const, code: 'call-failed' }))
      : step.kind === 'expose'
        ? // After its seals a request may open without any call.
          { kind: 'opened', handle: step.handle, window: step.window }
        : { kind: 'refused', code: 'nothing-to-call' }
  await changeEnvelope(app, envelopeId, outcomeOf(attemptId, result))
}

function outcomeOf(attempt: AttemptId, result: CallResult<Json>): Input {
  switch (result.kind) {
    case 'opened':
      return { kind: 'attempt-opened', attempt, handle: result.handle, window: result.window }
    case 'reserved':
      return { kind: 'attempt-reserved', attempt, handle: result.handle }
    case 'refused':
      return { kind: 'attempt-refused', attempt, code: result.code }
    case 'unknown':
      return { kind: 'attempt-unknown', attempt, code: result.code }
  }
}
