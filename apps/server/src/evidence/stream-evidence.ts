import { layOutBundle, writeBundle } from '@muhr/evidence'
import type { FastifyReply } from 'fastify'
import type { AppContext } from '../app-context.ts'
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
  key: { readonly envelope: string; readonly organisation: string },
): Promise<FastifyReply> {
  const loaded = await loadEvidence(app, key, 'fixed')
  if (loaded === undefined) {
    throw new Problem('request.not-found', 'There is no such envelope.')
  }
  const { aggregate, fixed, source } = loaded
  if (source.signatures.length === 0) {
    throw new Problem('evidence.not-ready', 'No signature of this envelope was checked yet.')
  }
  const manifestTimestamp =
    fixed?.timestampSha256 === undefined
      ? undefined
      : await app.store.read(fixed.timestampSha256 as never)

  return reply
    .header('content-type', 'application/zip')
    .header('content-disposition', contentDisposition('attachment', `${aggregate.envelope.id}.zip`))
    .header('cache-control', 'private, no-store')
    .send(
      writeBundle(layOutBundle(source), {
        read: source.read,
        manifestTimestamp,
        stampMaterial: fixed?.stampMaterial,
      }),
    )
}
