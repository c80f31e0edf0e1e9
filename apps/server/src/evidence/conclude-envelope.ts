import { createHash } from 'node:crypto'
import type { EnvelopeAggregate } from '@muhr/envelope'
import { layOutBundle } from '@muhr/evidence'
import type { AppContext } from '../app-context.ts'
import { loadConnection } from '../connections/load-connection.ts'
import { json } from '../database/open-database.ts'
import { tellChange } from '../envelopes/tell-change.ts'
import { storeMaterial } from '../verification/material-store.ts'
import { takeTimeStamp } from '../verification/take-time-stamp.ts'
import { loadEvidence } from './load-evidence.ts'

/**
 * Fixes the evidence of an ended envelope: lays its bundle out, takes an RFC 3161 time-stamp over the
 * manifest and keeps both digests, so that the same bundle can be written at any time later. With no
 * time-stamp service the manifest is fixed without one and the job fails, to be tried again. The
 * evidence of a completed envelope is fixed once; that of another end takes in what was judged later.
 */
export async function concludeEnvelope(app: AppContext, envelopeId: string): Promise<void> {
  const loaded = await loadEvidence(app, { envelope: envelopeId }, 'now')
  if (loaded === undefined || loaded.aggregate.envelope.endedAt === undefined) {
    return
  }
  const { aggregate, fixed, source } = loaded
  const isStamped = fixed?.timestampSha256 !== undefined
  if (isStamped && aggregate.envelope.state === 'completed') {
    return
  }
  const { manifestBytes } = layOutBundle(source)
  const manifestSha256 = createHash('sha256').update(manifestBytes).digest('hex')
  if (isStamped && fixed?.manifestSha256 === manifestSha256) {
    return
  }
  const stamp = await takeTimeStamp(app, await policyOf(app, aggregate), manifestBytes)
  const stored = stamp === undefined ? undefined : await app.store.put(stamp.token)
  const row = {
    envelope_id: envelopeId,
    organisation_id: aggregate.envelope.organisation,
    manifest_sha256: manifestSha256,
    timestamp_sha256: stored?.sha256 ?? null,
    timestamp_material: stamp === undefined ? null : json(await storeMaterial(app, stamp.material)),
    last_event: source.events.at(-1)?.seq ?? 0,
    created_at: app.now(),
  }
  if (stored === undefined && isStamped) {
    throw new Error('no time-stamp service answered; the evidence stays as it was stamped')
  }
  await app.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('evidence')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .column('envelope_id')
          .doUpdateSet(row)
          // Of two that conclude at once one stamp stands, and what was handed out stays.
          .where((where) =>
            where.or([
              where('evidence.timestamp_sha256', 'is', null),
              where.and([
                where('evidence.last_event', '<', row.last_event),
                where.val(aggregate.envelope.state !== 'completed'),
              ]),
            ]),
          ),
      )
      .execute()
    await tellChange(tx, aggregate)
  })
  if (stored === undefined) {
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
