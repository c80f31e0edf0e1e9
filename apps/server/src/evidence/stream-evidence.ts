import { layOutBundle, writeBundle } from '@muhr/evidence'
import type { FastifyReply } from 'fastify'
import type { AppContext } from '../app-context.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { Problem } from '../http/problems.ts'
import { contentDisposition } from '../http/send-bytes.ts'
import { loadEvidence } from './load-evidence.ts'

/**
 * `GET /v1/envelopes/{id}/evidence`: the bundle, with the time-stamp over its manifest once the envelope
 * has ended. While it goes on, the bundle of what there is.
 */
export async function streamEvidence(
  app: AppContext,
  reply: FastifyReply,
  envelopeId: string,
  organisationId: string,
): Promise<FastifyReply> {
  const aggregate = await loadAggregate(app.db, envelopeId, organisationId)
  if (aggregate === undefined) {
    throw new Problem('request.not-found', 'There is no such envelope.')
  }
  if (!aggregate.artifacts.some((artifact) => artifact.verdict !== undefined)) {
    throw new Problem('evidence.not-ready', 'No signature of this envelope was checked yet.')
  }
  const fixed = await app.db
    .selectFrom('evidence')
    .selectAll()
    .where('envelope_id', '=', envelopeId)
    .executeTakeFirst()
  const source = await loadEvidence(app, aggregate, fixed?.last_event)
  const layout = layOutBundle(source)
  const manifestTimestamp =
    fixed?.timestamp_sha256 === undefined || fixed.timestamp_sha256 === null
      ? undefined
      : await app.store.read(fixed.timestamp_sha256 as never)

  return reply
    .header('content-type', 'application/zip')
    .header('content-disposition', contentDisposition('attachment', `${envelopeId}.zip`))
    .header('cache-control', 'private, no-store')
    .send(writeBundle(layout, { read: source.read, manifestTimestamp }))
}
