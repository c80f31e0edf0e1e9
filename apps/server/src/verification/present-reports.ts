import type { Artifact, EnvelopeAggregate } from '@muhr/envelope'
import type { z } from 'zod'
import type { Queryable } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import type { signingReportSchema } from '../http/schemas/report-schemas.ts'
import { readReports, type StoredReport } from './report-store.ts'

const standings = ['accepted', 'held', 'refused', 'late', 'pending']

/**
 * The reports of a signing: first the one on which its best signature stands, then all of them. A later
 * report on a settled signature stands in the history and moves nothing (design §4).
 * @throws Problem `request.not-found` while nothing was judged
 */
export async function presentReports(
  db: Queryable,
  aggregate: EnvelopeAggregate,
  signing: string,
): Promise<z.infer<typeof signingReportSchema>> {
  const artifacts = aggregate.artifacts
    .filter((artifact) => artifact.signing === signing)
    .toSorted((a, b) => standings.indexOf(a.standing) - standings.indexOf(b.standing))
  const stored = await readReports(
    db,
    artifacts.map(({ id }) => id),
  )
  const present = (artifact: Artifact, report: StoredReport) => ({
    report: report.body,
    at: report.at,
    sha256: report.sha256,
    artifact: {
      id: artifact.id,
      sha256: artifact.sha256,
      format: artifact.format,
      detached: artifact.detached,
      standing: artifact.standing,
      receivedAt: artifact.receivedAt,
      document: aggregate.contents.find(({ id }) => id === artifact.content)?.document,
    },
  })
  const first = artifacts
    .flatMap((artifact) => {
      const mine = stored.filter(({ artifactId }) => artifactId === artifact.id)
      const standing = mine.find(({ sha256 }) => sha256 === artifact.verdict?.report) ?? mine.at(-1)

      return standing === undefined ? [] : [present(artifact, standing)]
    })
    .at(0)
  if (first === undefined) {
    throw new Problem('request.not-found', 'No signature of this signing was checked yet.')
  }
  const history = stored.flatMap((report) => {
    const artifact = artifacts.find(({ id }) => id === report.artifactId)

    return artifact === undefined ? [] : [present(artifact, report)]
  })

  return { ...first, history, envelope: aggregate.envelope.id }
}
