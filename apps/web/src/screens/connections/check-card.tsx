import { useMutation } from '@tanstack/react-query'
import { asProblem } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import type { ConnectionCheck, FindingResult } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Icon, type IconName } from '../../components/icon.tsx'
import { useSay } from '../../components/live-region.tsx'
import type { SettingsKey } from '../../i18n/settings/ru.ts'
import { reasonText } from '../keys/key-words.ts'

const icons: Readonly<Record<FindingResult, IconName>> = {
  passed: 'check',
  notice: 'info',
  warning: 'warn',
  failed: 'cross',
}

type FindingKey = Extract<SettingsKey, `finding.${string}`>

const ownFindings: readonly string[] = [
  'connection.settings',
  'connection.no-signer-key',
  'connection.signer-key-ready',
  'connection.never-watched',
  'connection.watched',
  'connection.check-failed',
  'connection.unwatched',
]

/** What the doctor sees of a connection, asked now. */
export function CheckCard(props: { readonly id: string; readonly onChecked: () => void }) {
  const speech = useSettingsSpeech()
  const { t, format, locale } = speech
  const say = useSay()
  const check = useMutation({
    mutationFn: () =>
      request<ConnectionCheck>(`/v1/connections/${props.id}/check?locale=${locale}`, {
        method: 'POST',
      }),
    onSuccess: ({ result }) => {
      say(t(`connections.result.${result}`))
      props.onChecked()
    },
  })
  /** The provider's sentences come in our language; those of Muhr itself by code. */
  const text = ({ code, message, advice }: ConnectionCheck['findings'][number]) =>
    ownFindings.includes(code)
      ? t(`finding.${code}` as FindingKey)
      : reasonText(speech, code, advice === undefined ? message : `${message} ${advice}`)

  return (
    <section className="card" aria-labelledby="check-heading" data-testid="check-card">
      <header className="card-head">
        <h2 id="check-heading">{t('connections.check.title')}</h2>
      </header>
      <div className="card-body stack-tight">
        {check.data === undefined ? (
          <p className="small dim">{t('connections.check.text')}</p>
        ) : (
          <>
            <p className="small">
              <b>{t(`connections.result.${check.data.result}`)}</b>{' '}
              <span className="faint">{format.clock(check.data.at, 'seconds')}</span>
            </p>
            <ul className="stack-tight" data-testid="findings">
              {check.data.findings.map((finding) => (
                <li
                  key={`${finding.check} ${finding.code}`}
                  className={`finding finding-${finding.result}`}
                  data-result={finding.result}
                >
                  <Icon name={icons[finding.result]} />
                  <span className="sr-only">{t(`connections.result.${finding.result}`)}</span>
                  <span className="small wrap-anywhere">{text(finding)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        {check.isError ? <Fault problem={asProblem(check.error)} /> : null}
        <Button
          size="s"
          icon="refresh"
          busy={check.isPending}
          onClick={() => check.mutate()}
          data-testid="check-connection"
        >
          {t('connections.check')}
        </Button>
      </div>
    </section>
  )
}
