import { createHash } from 'node:crypto'
import type { EnvelopeAggregate, Sha256Hex } from '@muhr/envelope'
import { canonicalJson } from '@muhr/evidence'
import type { VerificationReport } from '@muhr/pki'
import { type Selectable, sql } from 'kysely'
import { json, type Queryable } from '../database/open-database.ts'
import type { Tables } from '../database/schema.ts'

/** Digests (SHA-256, hex) of what a judgement rested on, as stored. */
export type MaterialDigests = {
  readonly certificates: readonly string[]
  readonly ocsp: readonly string[]
  readonly crls: readonly string[]
  readonly timestamps: readonly string[]
}

export type StoredReport = {
  readonly artifactId: string
  readonly sha256: string
  readonly at: string
  readonly policy: string
  readonly body: VerificationReport
  readonly material: MaterialDigests
}

/** Digest of a report over its canonical JSON. */
export function reportDigest(report: VerificationReport): Sha256Hex {
  return createHash('sha256').update(canonicalJson(report)).digest('hex') as Sha256Hex
}

/** Keeps a report; never replaced, a later one stands beside it. */
export async function storeReport(
  db: Queryable,
  input: {
    readonly organisationId: string
    readonly envelopeId: string
    readonly artifactId: string
    readonly at: Date
    readonly report: VerificationReport
    readonly material: MaterialDigests
  },
): Promise<Sha256Hex> {
  const sha256 = reportDigest(input.report)
  await db
    .insertInto('reports')
    .values({
      organisation_id: input.organisationId,
      envelope_id: input.envelopeId,
      artifact_id: input.artifactId,
      sha256,
      at: input.at,
      policy: input.report.policy,
      indication: input.report.indication,
      body: json(input.report),
      material: json(input.material),
    })
    .execute()

  return sha256
}

const storedOf = (row: Selectable<Tables['reports']>): StoredReport => ({
  artifactId: row.artifact_id,
  sha256: row.sha256,
  at: row.at,
  policy: row.policy,
  body: row.body as VerificationReport,
  material: row.material as MaterialDigests,
})

/** All reports on some artifacts, oldest first. */
export async function readReports(
  db: Queryable,
  artifactIds: readonly string[],
): Promise<readonly StoredReport[]> {
  if (artifactIds.length === 0) {
    return []
  }
  const rows = await db
    .selectFrom('reports')
    .selectAll()
    .where('artifact_id', '=', sql<string>`any(${[...artifactIds]}::text[])`)
    .orderBy('id')
    .execute()

  return rows.map(storedOf)
}

export type ReportSummary = {
  readonly indication: string
  readonly subIndication?: string | undefined
  readonly policy: string
  readonly at: string
  readonly signer?:
    | {
        readonly name?: string | undefined
        readonly serialNumber?: string | undefined
        readonly iin?: string | undefined
        readonly bin?: string | undefined
        readonly organisation?: string | undefined
      }
    | undefined
  readonly signingTime?: string | undefined
  readonly timestamp?: string | undefined
}

/** The report on which each artifact of an envelope stands, in a few words, by the artifact's id. */
export async function readReportSummaries(
  db: Queryable,
  aggregate: EnvelopeAggregate,
): Promise<ReadonlyMap<string, ReportSummary>> {
  const stored = await readReports(
    db,
    aggregate.artifacts.map(({ id }) => id),
  )

  return new Map(
    aggregate.artifacts.flatMap((artifact) => {
      const report = stored.findLast(
        ({ artifactId, sha256 }) =>
          artifactId === artifact.id && sha256 === artifact.verdict?.report,
      )

      return report === undefined ? [] : [[artifact.id, summaryOf(report)]]
    }),
  )
}

function summaryOf({ body, at }: StoredReport): ReportSummary {
  const [signature] = body.signatures

  return {
    indication: body.indication,
    subIndication: body.subIndication,
    policy: body.policy,
    at,
    signer:
      signature === undefined
        ? undefined
        : {
            name: signature.signer.name,
            serialNumber: signature.signer.serialNumber,
            iin: signature.signer.iin,
            bin: signature.signer.bin,
            organisation: signature.signer.organisation,
          },
    signingTime: signature?.signingTime,
    timestamp: signature?.timestamps.find((stamp) => stamp.valid)?.genTime,
  }
}
