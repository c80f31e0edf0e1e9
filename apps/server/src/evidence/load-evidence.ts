import type { EnvelopeAggregate } from '@muhr/envelope'
import type { EvidenceSource } from '@muhr/evidence'
import type { AppContext } from '../app-context.ts'
import { readEvents } from '../events/read-events.ts'
import { type MaterialDigests, readReport } from '../verification/report-store.ts'

/**
 * Gathers what the evidence of an envelope is made from: documents, contents, every signature that was
 * judged (accepted, held, refused and late ones: all of it happened), what the judgements rest on, and
 * the audit journal up to `lastEvent`.
 */
export async function loadEvidence(
  app: Pick<AppContext, 'db' | 'store'>,
  aggregate: EnvelopeAggregate,
  lastEvent?: number,
): Promise<EvidenceSource> {
  const { envelope } = aggregate
  const organisation = await app.db
    .selectFrom('organisations')
    .select(['name', 'bin', 'sandbox'])
    .where('id', '=', envelope.organisation)
    .executeTakeFirstOrThrow()
  const judged = []
  for (const artifact of aggregate.artifacts) {
    const stored = await readReport(app.db, artifact.id, artifact.verdict?.report)
    if (stored !== undefined) {
      judged.push({ artifact, stored })
    }
  }

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
    signatures: judged.map(({ artifact, stored }) => {
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
        acceptedBy:
          artifact.standing === 'accepted' && stored.body.indication !== 'TOTAL-PASSED'
            ? acceptedBy(signing?.acceptedBy)
            : undefined,
        report: stored.body,
      }
    }),
    material: mergeMaterial(judged.map(({ stored }) => stored.material)),
    events: await readEvents(app.db, envelope.id, lastEvent),
    read: (sha256) => app.store.read(sha256 as never),
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
