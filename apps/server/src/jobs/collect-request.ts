import { type RequestId, requestView } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { providerIo } from '../envelopes/provider-io.ts'
import { submitCandidates } from '../verification/submit-candidates.ts'
import { callTimeoutOf } from './run-attempt.ts'

const collectTimeoutMs = 120_000

/** Fetches the signatures of a request from a provider that says it is signed, and submits them. */
export async function collectRequest(
  app: AppContext,
  envelopeId: string,
  requestId: RequestId,
): Promise<void> {
  const aggregate = await loadAggregate(app.db, { envelope: envelopeId })
  const request = aggregate?.requests.find((candidate) => candidate.id === requestId)
  const connection =
    request === undefined ? undefined : await loadConnection(app, request.connection)
  const view = aggregate === undefined ? undefined : requestView(aggregate, requestId)
  if (view === undefined || connection?.provider.collect === undefined) {
    return
  }
  const timeoutMs = Math.max(collectTimeoutMs, callTimeoutOf(connection.provider))
  const { submission, candidates, refused, flag } = await connection.provider.collect({
    connection: connection.settings,
    request: view,
    io: providerIo(app, connection, AbortSignal.timeout(timeoutMs)),
  })
  // Fetched again and still the same: it was judged already.
  const isKnown = view.submissions.some(({ digest }) => digest === submission)
  if (candidates.length > 0 && !isKnown) {
    await submitCandidates(app, { envelopeId, requestId, submission, candidates })
  }
  if (flag !== undefined) {
    await changeEnvelope(app, envelopeId, {
      kind: 'observed',
      request: requestId,
      observation: { kind: 'flagged', code: flag, attention: 'person' },
    })
  }
  if (refused !== undefined) {
    app.log.warn({ request: requestId, code: refused }, 'signatures are kept back by their service')
    await changeEnvelope(app, envelopeId, {
      kind: 'observed',
      request: requestId,
      observation: { kind: 'flagged', code: 'collect-refused', attention: 'provider' },
    })
  }
}
