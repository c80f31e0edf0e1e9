import type { Report, StoredReport } from '../../api/report-types.ts'
import type { Envelope, Indication } from '../../api/types.ts'

/** One document of a package with the report that stands for its signature. */
export type DocumentReport = {
  readonly id: string
  readonly fileName: string
  readonly report: Report | undefined
}

const worstFirst: readonly Indication[] = ['TOTAL-FAILED', 'INDETERMINATE', 'TOTAL-PASSED']
const standings = ['accepted', 'held', 'pending', 'late', 'refused']

/** The documents of an envelope, each with the report on its best signature of one signing. */
export function documentReports(
  stored: StoredReport,
  { documents }: Pick<Envelope, 'documents'>,
): readonly DocumentReport[] {
  return documents.map(({ id, fileName }) => {
    const mine = (stored.history ?? [])
      .filter(({ artifact }) => artifact?.document === id)
      .toSorted((a, b) => rank(a.artifact?.standing) - rank(b.artifact?.standing))
    const best = mine[0]?.artifact?.standing

    // Of several reports on the same signature the last one stands.
    return {
      id,
      fileName,
      report: mine.findLast(({ artifact }) => artifact?.standing === best)?.report,
    }
  })
}

function rank(standing: string | undefined): number {
  const place = standings.indexOf(standing ?? '')

  return place < 0 ? standings.length : place
}

/** The worst of a package speaks for all of it (ui.md §15); a document without a report comes first. */
export function worstOf(reports: readonly DocumentReport[]): DocumentReport | undefined {
  const place = ({ report }: DocumentReport) =>
    report === undefined ? -1 : worstFirst.indexOf(report.indication)

  return reports.toSorted((a, b) => place(a) - place(b))[0]
}
