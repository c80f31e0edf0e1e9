import type { Report } from '../../api/report-types.ts'
import type { FullCatalogue } from '../../app/use-app-speech.ts'
import type { Translate } from '../../i18n/message.ts'

/**
 * The verdict in one sentence. One signature speaks for itself; several are worded as a count, the
 * worst giving the seal (ui.md §15).
 */
export function verdictTitle(t: Translate<FullCatalogue>, report: Report): string {
  const [only, second] = report.signatures

  if (only === undefined) return t('verdict.none')

  if (second === undefined) {
    switch (only.indication) {
      case 'TOTAL-PASSED':
        return t('state.passed')
      case 'INDETERMINATE':
        return t('state.indeterminate')
      case 'TOTAL-FAILED':
        return t('state.refuted')
    }
  }

  const of = report.signatures.length
  const count = (indication: string) =>
    report.signatures.filter((signature) => signature.indication === indication).length
  const passed = count('TOTAL-PASSED')
  const failed = count('TOTAL-FAILED')

  if (passed === of) return t('verdict.all', { count: of })
  if (failed > 0) return t('verdict.failed', { count: failed, of })

  return t('verdict.open', { count: of - passed, of })
}
