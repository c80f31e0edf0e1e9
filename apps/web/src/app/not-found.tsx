import { Link } from '@tanstack/react-router'
import { Empty } from '../components/empty.tsx'
import { useAppSpeech } from './use-app-speech.ts'
import { useTitle } from './use-title.ts'

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useAppSpeech()
  useTitle(t('notFound.title'))

  return (
    <main className="main" id="main">
      <section className="card">
        <Empty
          title={t('notFound.title')}
          text={t('notFound.text')}
          action={
            <Link to="/envelopes" className="button button-primary">
              {t('notFound.action')}
            </Link>
          }
        />
      </section>
    </main>
  )
}
