import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Icon } from '../../components/icon.tsx'
import type { FindingWords } from './finding-words.ts'

/** Everything that stands in the way, each with a link to its field; then what is worth knowing. */
export function PreflightCard(props: {
  readonly findings: readonly FindingWords[]
  readonly files: { readonly count: number; readonly max: number }
  readonly bytes: { readonly total: number; readonly max: number }
}) {
  const { t, format } = useAppSpeech()
  const obstacles = props.findings.filter(({ level }) => level === 'obstacle')
  const warnings = props.findings.filter(({ level }) => level === 'warning')

  return (
    <section className="card" aria-labelledby="preflight" id="preflight-card" tabIndex={-1}>
      <header className="card-head">
        <h2 id="preflight">{t('preflight.title')}</h2>
        {obstacles.length > 0 ? (
          <span className="chip tone-bad" data-testid="obstacle-count">
            {t('preflight.obstacles', { count: obstacles.length })}
          </span>
        ) : (
          <span className="chip tone-live">{t('preflight.clear')}</span>
        )}
      </header>
      {props.findings.length === 0 ? null : (
        <ul className="card-body findings" data-testid="findings">
          {[...obstacles, ...warnings].map((finding) => (
            <li
              key={`${finding.target} ${finding.what}`}
              className={`finding finding-${finding.level}`}
              data-testid={finding.level}
            >
              <Icon name={finding.level === 'obstacle' ? 'cross' : 'warn'} />
              <span className="wrap-anywhere">
                <a href={`#${finding.target}`} onClick={(event) => focusField(event, finding)}>
                  {finding.where}
                </a>
                : {finding.what}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="card-body card-tail stack">
        <Meter
          name={t('preflight.files')}
          value={t('preflight.of', { value: props.files.count, max: props.files.max })}
          share={props.files.count / Math.max(1, props.files.max)}
        />
        <Meter
          name={t('preflight.bytes')}
          value={t('preflight.of', {
            value: format.size(props.bytes.total),
            max: format.size(props.bytes.max),
          })}
          share={props.bytes.total / Math.max(1, props.bytes.max)}
        />
      </div>
    </section>
  )
}

/** Leads to the field itself: the address stays as it is. */
function focusField(event: { preventDefault: () => void }, finding: FindingWords): void {
  const field = document.getElementById(finding.target)

  if (field === null) return

  event.preventDefault()
  field.scrollIntoView({ block: 'center' })
  field.focus({ preventScroll: true })
}

function Meter(props: { readonly name: string; readonly value: string; readonly share: number }) {
  return (
    <div className="meter">
      <span>{props.name}</span>
      <span className="dim">{props.value}</span>
      <div className={props.share > 1 ? 'bar tone-bad' : 'bar'} aria-hidden="true">
        <i style={{ width: `${Math.min(100, props.share * 100).toFixed(1)}%` }} />
      </div>
    </div>
  )
}
