import { createHash } from 'node:crypto'
import type { EnvelopeAggregate, Sha256Hex } from '@muhr/envelope'
import { canonicalJson } from '@muhr/evidence'
import type { VerificationReport } from '@muhr/pki'
import { json, type Queryable } from '../database/open-database.ts'

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

/** The report of an artifact with this digest; without one, the last. */
export async function readReport(
  db: Queryable,
  artifactId: string,
  sha256?: string,
): Promise<StoredReport | undefined> {
  const row = await db
    .selectFrom('reports')
    .selectAll()
    .where('artifact_id', '=', artifactId)
    .$if(sha256 !== undefined, (query) => query.where('sha256', '=', sha256 ?? ''))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

  return row === undefined
    ? undefined
    : {
        artifactId,
        sha256: row.sha256,
        at: row.at,
        policy: row.policy,
        body: row.body as VerificationReport,
        material: row.material as MaterialDigests,
      }
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

/** Last report of each artifact of an envelope, in a few words. */
export async function readReportSummaries(
  db: Queryable,
  aggregate: EnvelopeAggregate,
): Promise<ReadonlyMap<string, ReportSummary>> {
  if (aggregate.artifacts.length === 0) {
    return new Map()
  }
  const rows = await db
    .selectFrom('reports')
    .select(['artifact_id', 'body', 'at'])
    .where('envelope_id', '=', aggregate.envelope.id)
    .orderBy('id')
    .execute()

  return new Map(
    rows.map((row) => {
      const report = row.body as VerificationReport
      const signature = report.signatures[0]

      return [
        row.artifact_id,
        {
          indication: report.indication,
          subIndication: report.subIndication,
          policy: report.policy,
          at: row.at,
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
        },
      ]
    }),
  )
}
