import { Link } from '@tanstack/react-router'
import type { Envelope } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { ButtonLink, IconButton } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { useCopy } from '../../components/toast.tsx'
import { Rich } from '../../i18n/text-context.tsx'

/** What the first envelope led to, and what comes next. */
export function WelcomeNext({ envelope }: { readonly envelope: Envelope }) {
  const { t } = useAppSpeech()
  const copy = useCopy()
  const signing = envelope.signings[0]
  const example = apiExample(location.origin)

  return (
    <>
      <section className="card mt-5" aria-labelledby="welcome-proof" data-testid="welcome-proof">
        <header className="card-head">
          <h2 id="welcome-proof">{t('welcome.proof')}</h2>
        </header>
        <div className="card-body stack">
          <p>{t('welcome.proof.text')}</p>
          <div className="row row-wrap">
            {signing === undefined ? null : (
              <Link
                to="/verify/$id"
                params={{ id: signing.id }}
                className="button button-primary"
                data-testid="welcome-report"
              >
                <Icon name="shield" />
                {t('welcome.report')}
              </Link>
            )}
            <ButtonLink icon="download" href={`/v1/envelopes/${envelope.id}/evidence`} download>
              {t('evidence.download')}
            </ButtonLink>
          </div>
        </div>
      </section>
      <section className="card mt-5" aria-labelledby="welcome-next">
        <header className="card-head">
          <h2 id="welcome-next">{t('welcome.next')}</h2>
        </header>
        <div className="card-body">
          <h3>{t('welcome.api')}</h3>
          <p className="small dim">
            <Rich text={t('welcome.api.text')} />
          </p>
          <div className="example">
            <pre className="command">{example}</pre>
            <IconButton icon="copy" label={t('action.copy')} onClick={() => copy(example)} />
          </div>
        </div>
        <div className="card-body">
          <h3>{t('welcome.real')}</h3>
          <p className="small dim">
            <Rich text={t('welcome.real.text')} />
          </p>
        </div>
      </section>
    </>
  )
}

/** The main job in ten lines of shell. */
function apiExample(origin: string): string {
  return [
    `KEY='Authorization: Bearer muhr_…'; AT=${origin}/v1`,
    `DOC=$(curl -s -H "$KEY" -H "Idempotency-Key: $(uuidgen)" --data-binary @contract.pdf \\`,
    `  -H 'content-type: application/octet-stream' \\`,
    `  "$AT/documents?fileName=contract.pdf&mediaType=application/pdf" | jq -r .id)`,
    `curl -s -H "$KEY" -H "Idempotency-Key: $(uuidgen)" -H 'content-type: application/json' \\`,
    `  "$AT/envelopes" -d '{"title":"Contract","send":true,`,
    `  "documents":[{"id":"'$DOC'"}],`,
    `  "recipients":[{"name":"Үлгіұлы Сынақ","identifiers":{"iin":"000140000012"},`,
    `    "methods":[{"provider":"egov-mobile","method":"CMS_WITH_DATA"}]}]}' \\`,
    `  | jq -r '.signings[0].signerUrl'`,
  ].join('\n')
}
