import { useSearch } from '@tanstack/react-router'
import { PublicFrame } from '../../app/public-frame.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useTitle } from '../../app/use-title.ts'
import { IconButton } from '../../components/button.tsx'
import { Note } from '../../components/note.tsx'
import { useCopy } from '../../components/toast.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { Seal } from '../../seal/seal.tsx'

const command = 'npx muhr login'

/** There is no password: a one-time link is printed where Muhr runs. */
export function LoginScreen() {
  const { t } = useAppSpeech()
  const { reason } = useSearch({ from: '/login' })
  const copy = useCopy()
  useTitle(t('login.title'))

  return (
    <PublicFrame>
      <main className="login" id="main">
        <section className="card" aria-labelledby="login-title">
          <div className="proof login-head">
            <Seal state="waiting" size="l" />
            <h1 id="login-title">{t('login.title')}</h1>
          </div>
          <div className="card-body card-tail stack">
            {reason === undefined ? null : (
              <Note kind={reason === 'left' ? 'info' : 'warn'} testId={`login-${reason}`}>
                <Rich text={t(`login.${reason}`)} />
              </Note>
            )}
            <p>{t('login.text')}</p>
            <ol className="steps">
              <li>
                <span>{t('login.step1')}</span>
              </li>
              <li>
                <span>
                  {t('login.step2')}
                  <span className="command-line">
                    <code className="command">{command}</code>
                    <IconButton
                      icon="copy"
                      label={t('action.copy')}
                      onClick={() => copy(command)}
                    />
                  </span>
                </span>
              </li>
            </ol>
            <p className="small faint">{t('login.signer')}</p>
          </div>
        </section>
      </main>
    </PublicFrame>
  )
}
