import type { EnvelopeAggregate } from '@muhr/envelope'
import type { EvidenceSource } from '@muhr/evidence'
import type { AppContext } from '../app-context.ts'
import type { Queryable } from '../database/open-database.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { readEvents } from '../events/read-events.ts'
import {
  type MaterialDigests,
  readReports,
  type StoredReport,
} from '../verification/report-store.ts'
import { judgedArtifacts } from './judged-artifacts.ts'

/** Digests that were fixed when the envelope ended. */
export type FixedEvidence = {
  readonly manifestSha256: string
  readonly timestampSha256: string | undefined
  /** What the time-stamp rests on. */
  readonly stampMaterial: MaterialDigests | undefined
  readonly lastEvent: number
}

export type LoadedEvidence = {
  readonly aggregate: EnvelopeAggregate
  readonly fixed: FixedEvidence | undefined
  readonly source: EvidenceSource
}

/**
 * Gathers, as of one moment, what the evidence of an envelope is made from: documents, contents, every
 * signature that was judged (accepted, held, refused and late ones: all of it happened), what the
 * judgements rest on, and the audit journal. `as: 'fixed'` leaves out what came after the evidence was
 * fixed, so that the bundle stays the one that was handed out.
 */
export async function loadEvidence(
  app: Pick<AppContext, 'db' | 'store'>,
  key: { readonly envelope: string; readonly organisation?: string | undefined },
  as: 'fixed' | 'now',
): Promise<LoadedEvidence | undefined> {
  return app.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const aggregate = await loadAggregate(tx, key)
      if (aggregate === undefined) {
        return undefined
      }
      const fixed = await readFixed(tx, aggregate.envelope.id)

      return {
        aggregate,
        fixed,
        source: await loadSource(tx, aggregate, {
          store: app.store,
          upTo: as === 'fixed' ? fixed?.lastEvent : undefined,
        }),
      }
    })
}

async function readFixed(db: Queryable, envelope: string): Promise<FixedEvidence | undefined> {
  const row = await db
    .selectFrom('evidence')
    .select(['manifest_sha256', 'timestamp_sha256', 'timestamp_material', 'last_event'])
    .where('envelope_id', '=', envelope)
    .executeTakeFirst()

  return row === undefined
    ? undefined
    : {
        manifestSha256: row.manifest_sha256,
        timestampSha256: row.timestamp_sha256 ?? undefined,
        stampMaterial: (row.timestamp_material ?? undefined) as MaterialDigests | undefined,
        lastEvent: row.last_event,
      }
}

async function loadSource(
  db: Queryable,
  aggregate: EnvelopeAggregate,
  options: { readonly store: AppContext['store']; readonly upTo: number | undefined },
): Promise<EvidenceSource> {
  const { envelope } = aggregate
  const organisation = await db
    .selectFrom('organisations')
    .select(['name', 'bin', 'sandbox'])
    .where('id', '=', envelope.organisation)
    .executeTakeFirstOrThrow()
  const events = await readEvents(db, { envelope: envelope.id, upTo: options.upTo })
  const judged = judgedArtifacts(events)
  const reports = await readReports(db, [...judged.keys()])
  const found = aggregate.artifacts.flatMap((artifact) => {
    const now = judged.get(artifact.id)
    const stored = reports.find(
      ({ artifactId, sha256 }) => artifactId === artifact.id && sha256 === now?.report,
    )

    return now === undefined || stored === undefined
      ? []
      : [{ artifact: { ...artifact, standing: now.standing }, stored }]
  })

  return {
    envelope: {
      id: envelope.id,
      title: envelope.title,
      state: envelope.state,
      organisation: organisation.name,
      bin: organisation.bin ?? undefined,
      createdAt: envelope.createdAt,
      sentAt: envelope.sentAt,
      endedAt: envelope.endedAt,
      sandbox: organisation.sandbox,
    },
    documents: aggregate.documents.map((document) => ({
      id: document.id,
      title: document.title.ru ?? Object.values(document.title)[0] ?? document.fileName,
      fileName: document.fileName,
      mediaType: document.mediaType,
      sha256: document.sha256,
    })),
    contents: aggregate.contents.map(({ id, document, derivation, sha256 }) => ({
      id,
      document,
      derivation,
      sha256,
    })),
    signatures: found.map((each) => signatureOf(aggregate, each)),
    material: mergeMaterial(found.map(({ stored }) => stored.material)),
    events,
    read: (sha256) => options.store.read(sha256 as never),
  }
}

function signatureOf(
  aggregate: EnvelopeAggregate,
  {
    artifact,
    stored,
  }: {
    readonly artifact: EnvelopeAggregate['artifacts'][number]
    readonly stored: StoredReport
  },
): EvidenceSource['signatures'][number] {
  const signing = aggregate.signings.find((one) => one.id === artifact.signing)
  const recipient = aggregate.recipients.find((one) => one.id === signing?.recipient)

  return {
    id: artifact.id,
    content: artifact.content,
    sha256: artifact.sha256,
    format: artifact.format,
    detached: artifact.detached,
    recipient: recipient?.name ?? '',
    standing: artifact.standing,
    // Whoever accepted a held one stands behind it for ever (design §3 rule 1).
    acceptedBy: artifact.standing === 'held' ? acceptedBy(signing?.acceptedBy) : undefined,
    report: stored.body,
  }
}

function acceptedBy(accepted: EnvelopeAggregate['signings'][number]['acceptedBy']) {
  return accepted === undefined
    ? undefined
    : {
        actor: 'id' in accepted.actor ? accepted.actor.id : accepted.actor.kind,
        reason: accepted.reason,
        at: accepted.at,
      }
}

function mergeMaterial(all: readonly MaterialDigests[]): MaterialDigests {
  const merge = (kind: keyof MaterialDigests) =>
    [...new Set(all.flatMap((material) => material[kind]))].sort()

  return {
    certificates: merge('certificates'),
    ocsp: merge('ocsp'),
    crls: merge('crls'),
    timestamps: merge('timestamps'),
  }
}
