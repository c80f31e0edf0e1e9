import { useAppSpeech } from '../../app/use-app-speech.ts'
import { SheetMark } from '../../components/sheet-mark.tsx'
import { Seal } from '../../seal/seal.tsx'
import { verdictSeal } from '../../seal/table.ts'
import type { DocumentReport } from './package-reports.ts'

/** Every document of a package with the verdict on its signature; one of them is shown below. */
export function PackagePart(props: {
  readonly reports: readonly DocumentReport[]
  readonly shown: string | undefined
  readonly onShow: (document: string) => void
}) {
  const { t } = useAppSpeech()
  const { reports } = props
  const proven = reports.filter(({ report }) => report?.indication === 'TOTAL-PASSED').length

  return (
    <section className="card report-package" aria-labelledby="package-title" data-testid="package">
      <header className="card-head">
        <h2 id="package-title">{t('package.title', { proven, of: reports.length })}</h2>
      </header>
      <ol className="package-list">
        {reports.map(({ id, fileName, report }) => {
          const seal = report === undefined ? 'waiting' : verdictSeal(report.indication)

          return (
            <li key={id} data-testid="package-document">
              <button
                type="button"
                className="package-row"
                aria-pressed={id === props.shown}
                disabled={report === undefined}
                title={t('package.show', { name: fileName })}
                onClick={() => props.onShow(id)}
              >
                <Seal state={seal} size="xs" label={t(`state.${seal}`)} />
                <SheetMark fileName={fileName} />
                <span className="wrap-anywhere">{fileName}</span>
              </button>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
