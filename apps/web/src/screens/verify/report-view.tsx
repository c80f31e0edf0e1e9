import { type ReactNode, useId } from 'react'
import type { Report } from '../../api/report-types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { useCopy } from '../../components/toast.tsx'
import { Seal } from '../../seal/seal.tsx'
import { sealLooks, verdictSeal } from '../../seal/table.ts'
import { SignerReport } from './signer-report.tsx'
import { verdictTitle } from './verdict-words.ts'

/** A verification report for a stranger: the verdict first, readable without scrolling, printable. */
export function ReportView(props: {
  readonly report: Report
  /** Name for the downloaded JSON. */
  readonly name: string
  readonly version?: string | undefined
  /** What stands between verdict and signatures: the expected person, an acceptance. */
  readonly between?: ReactNode
  readonly command: string
}) {
  const { report } = props
  const { t, format } = useAppSpeech()
  const copy = useCopy()
  const id = useId()
  const seal = verdictSeal(report.indication)

  return (
    <>
      <section
        className={`card proof verdict report-${sealLooks[seal].tone}`}
        aria-labelledby={`${id}-verdict`}
        data-testid="verdict"
        data-indication={report.indication}
      >
        <Seal state={seal} size="xl" />
        <div>
          <h1 id={`${id}-verdict`}>{verdictTitle(t, report)}</h1>
          <p>{t(`verdict.text.${seal}`)}</p>
          <p className="code-line">
            {report.indication}
            {report.subIndication === undefined ? '' : ` / ${report.subIndication}`} ·{' '}
            {t('verdict.checked', { time: format.proofTime(report.validationTime, 'seconds') })} ·{' '}
            {t('verdict.policy', { policy: report.policy })}
            {props.version === undefined ? '' : ` · Muhr ${props.version}`}
          </p>
        </div>
        <div className="verdict-acts no-print">
          <Button icon="print" onClick={() => window.print()}>
            {t('report.print')}
          </Button>
          <Button icon="download" onClick={() => saveJson(props.name, report)}>
            JSON
          </Button>
        </div>
      </section>
      {props.between}
      <div className={report.signatures.length > 1 ? 'signers signers-two' : 'signers'}>
        {report.signatures.map((signature) => (
          <SignerReport
            key={`${signature.signer.serialNumber ?? ''} ${signature.contentDigest} ${signature.signingTime ?? ''}`}
            signature={signature}
          />
        ))}
      </div>
      <section className="card report-again" aria-labelledby={`${id}-again`}>
        <div className="grow">
          <h2 id={`${id}-again`}>{t('again.title')}</h2>
          <p className="small dim">{t('again.text')}</p>
        </div>
        <span className="command-line">
          <code className="command">{props.command}</code>
          <IconButton
            icon="copy"
            label={t('again.copy')}
            className="no-print"
            onClick={() => copy(props.command)}
          />
        </span>
      </section>
    </>
  )
}

/** The same report as data, with the codes. */
function saveJson(name: string, report: Report): void {
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(report, undefined, 2)], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = `${name}.json`
  link.click()
  URL.revokeObjectURL(url)
}
