import { createHash } from 'node:crypto'
import type { EnvelopeAggregate } from '@muhr/envelope'
import { layOutBundle } from '@muhr/evidence'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { tellChange } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { takeTimeStamp } from '../verification/take-time-stamp.ts'
import { loadEvidence } from './load-evidence.ts'

/**
 * Fixes the evidence of an ended envelope: lays its bundle out, takes an RFC 3161 time-stamp over the
 * manifest and keeps both digests, so that the same bundle can be written at any time later. With no
 * time-stamp service the manifest is fixed without one and the job fails, to be tried again.
 */
export async function concludeEnvelope(app: AppContext, envelopeId: string): Promise<void> {
  const aggregate = await loadAggregate(app.db, envelopeId)
  if (aggregate === undefined || aggregate.envelope.endedAt === undefined) {
    return
  }
  const source = await loadEvidence(app, aggregate)
  const known = await app.db
    .selectFrom('evidence')
    .selectAll()
    .where('envelope_id', '=', envelopeId)
    .executeTakeFirst()
  const judgedSince = aggregate.artifacts.some(
    (artifact) => artifact.verdict !== undefined && artifact.standing === 'late',
  )
  if (known?.timestamp_sha256 !== undefined && known.timestamp_sha256 !== null && !judgedSince) {
    return
  }

  const { manifestBytes } = layOutBundle(source)
  const manifestSha256 = createHash('sha256').update(manifestBytes).digest('hex')
  if (known?.manifest_sha256 === manifestSha256 && known.timestamp_sha256 !== null) {
    return
  }
  const policy = await policyOf(app, aggregate)
  const token = await takeTimeStamp(app, policy, manifestBytes)
  const stored = token === undefined ? undefined : await app.store.put(token)
  await app.db.transaction().execute(async (tx) => {
    const row = {
      envelope_id: envelopeId,
      organisation_id: aggregate.envelope.organisation,
      manifest_sha256: manifestSha256,
      timestamp_sha256: stored?.sha256 ?? null,
      last_event: source.events.at(-1)?.seq ?? 0,
      created_at: app.now(),
    }
    await tx
      .insertInto('evidence')
      .values(row)
      .onConflict((conflict) => conflict.column('envelope_id').doUpdateSet(row))
      .execute()
    await tellChange(tx, aggregate)
  })
  if (token === undefined) {
    throw new Error('no time-stamp service answered; the evidence waits for its time-stamp')
  }
}

/** The policy of the connection that the signatures came by also names whose time is believed. */
async function policyOf(app: AppContext, aggregate: EnvelopeAggregate): Promise<string> {
  const request = aggregate.requests.at(-1)
  const connection =
    request === undefined ? undefined : await loadConnection(app, request.connection)

  return connection?.policy ?? 'kz-1187'
}
