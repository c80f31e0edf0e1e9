import type { ReactNode } from 'react'
import type { Envelope } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { Seal } from '../../seal/seal.tsx'
import { signingSeal } from '../../seal/table.ts'

/** The three steps. The last one bears a seal, because only there something is proved. */
export function WelcomeSteps(props: {
  readonly services: readonly string[]
  readonly envelope: Envelope | undefined
  readonly recipient: string
  /** The open code of the signing, while there is one. */
  readonly code: ReactNode
  readonly isSending: boolean
  readonly isPressed: boolean
  readonly onSend: () => void
}) {
  const { t } = useAppSpeech()
  const { envelope } = props
  const signing = envelope?.signings[0]
  const seal = signing === undefined ? 'waiting' : signingSeal(signing)
  const isEnded = envelope !== undefined && envelope.state !== 'sent' && seal !== 'signed'

  return (
    <section className="card" aria-labelledby="welcome-steps">
      <header className="card-head">
        <h2 id="welcome-steps">{t('welcome.steps')}</h2>
        <span className="small faint">
          {t('welcome.done', {
            done: 1 + (envelope === undefined ? 0 : 1) + (seal === 'signed' ? 1 : 0),
          })}
        </span>
      </header>
      <ol>
        <li className="welcome-step">
          <Tick isDone />
          <div>
            <b>{t('welcome.running')}</b>
            <p className="small dim">
              {t('welcome.services', { services: props.services.join(', ') })}
            </p>
          </div>
        </li>
        <li className="welcome-step">
          <Tick isDone={envelope !== undefined && !isEnded} />
          <div>
            <b>{t('welcome.send')}</b>
            <p className="small dim">{t('welcome.send.text', { name: props.recipient })}</p>
          </div>
          {envelope === undefined || isEnded ? (
            <Button
              kind="primary"
              busy={props.isSending}
              onClick={props.onSend}
              data-testid="send-sample"
            >
              {t('welcome.send.button')}
            </Button>
          ) : (
            <ButtonLink size="s" href={`/envelopes/${envelope.id}`}>
              {t('welcome.open')}
            </ButtonLink>
          )}
        </li>
        <li className="welcome-step" data-testid="welcome-sign" data-state={seal}>
          <Seal state={seal} size="m" pressed={props.isPressed} label={t(`state.${seal}`)} />
          <div>
            <b>{t(seal === 'signed' ? 'welcome.signed' : 'welcome.sign')}</b>
            <p className="small dim">
              {seal === 'signed' || envelope === undefined
                ? t('welcome.sign.text')
                : t(`state.${seal}`)}
            </p>
            {props.code === undefined || isEnded ? null : (
              <div className="welcome-code">{props.code}</div>
            )}
          </div>
        </li>
      </ol>
    </section>
  )
}

function Tick({ isDone }: { readonly isDone: boolean }) {
  return (
    <span className={isDone ? 'tick tick-done' : 'tick'} aria-hidden="true">
      {isDone ? <Icon name="check" /> : null}
    </span>
  )
}
