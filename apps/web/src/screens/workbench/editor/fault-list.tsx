import { Fault } from '../../../components/fault.tsx'
import { Icon } from '../../../components/icon.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import type { XmlCheck } from './use-xml-check.ts'

const shownAtMost = 100

/** What the check found, each line a way to its place. */
export function FaultList(props: {
  readonly check: XmlCheck
  readonly hasSchema: boolean
  readonly onGo: (line: number) => void
}) {
  const { t } = useBenchSpeech()
  const { check, hasSchema } = props
  const { faults, problem, phase } = check

  return (
    <div className="bench-faults" data-testid="faults" data-phase={phase}>
      <div className="bench-faults-head small">
        <b>{t(hasSchema ? 'bench.check.schema' : 'bench.check.plain')}</b>
        {phase === 'checking' ? <span className="faint">{t('bench.check.running')}</span> : null}
        {phase === 'done' && faults.length === 0 ? (
          <span className="chip tone-ok" data-testid="xml-valid">
            <Icon name="check" />
            {t('bench.check.none')}
          </span>
        ) : null}
        {faults.length > 0 ? (
          <span className="chip tone-bad">{t('bench.check.count', { count: faults.length })}</span>
        ) : null}
      </div>
      {problem === undefined ? null : (
        <div className="bench-faults-fault">
          <Fault problem={problem} onRetry={check.retry} />
        </div>
      )}
      <ol>
        {faults.slice(0, shownAtMost).map((fault, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same fault may stand twice on a line
          <li key={index} className="bench-fault small" data-testid="xml-fault">
            <Icon name="cross" />
            <div className="wrap-anywhere">
              <button type="button" className="link-button" onClick={() => props.onGo(fault.line)}>
                {t('bench.check.line', { line: fault.line })}
              </button>{' '}
              <b>
                {t(`bench.fault.${fault.kind}`)}
                {fault.element === undefined ? '' : `: ${fault.element}`}
              </b>
              <div className="dim" lang="en">
                {fault.message}
              </div>
            </div>
          </li>
        ))}
      </ol>
    </div>
  )
}
