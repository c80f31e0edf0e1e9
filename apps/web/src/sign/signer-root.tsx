import { useState } from 'react'
import type { ProblemError } from '../api/problem.ts'
import { Fault } from '../components/fault.tsx'
import { Languages } from '../components/languages.tsx'
import { LiveRegion } from '../components/live-region.tsx'
import { Strip } from '../components/strip.tsx'
import type { Locale } from '../i18n/message.ts'
import { langOf, SpeechProvider } from '../i18n/text-context.tsx'
import { Logo, Seal } from '../seal/seal.tsx'
import type { SignerApi } from './api.ts'
import { loadSignTexts, type SignTexts } from './load-texts.ts'
import { SignerPage, signerLocales } from './signer-page.tsx'
import { useSignSpeech } from './use-sign-speech.ts'
import type { SignerView } from './view.ts'

export type SignerStart =
  | { readonly kind: 'view'; readonly view: SignerView }
  | { readonly kind: 'problem'; readonly problem: ProblemError }

/** Holds the language of the page; a choice is remembered in the link. */
export function SignerRoot(props: {
  readonly api: SignerApi
  readonly start: SignerStart
  readonly texts: SignTexts
}) {
  const [texts, setTexts] = useState(props.texts)
  const choose = (locale: Locale) => {
    void loadSignTexts(locale).then((loaded) => {
      const url = new URL(location.href)
      url.searchParams.set('lang', locale)
      history.replaceState(null, '', url)
      document.documentElement.lang = langOf(locale)
      setTexts(loaded)
    })
  }

  return (
    <SpeechProvider locale={texts.locale} catalogue={texts.catalogue}>
      <LiveRegion>
        {props.start.kind === 'view' ? (
          <SignerPage
            first={props.start.view}
            api={props.api}
            text={texts.providerText(props.start.view.request?.provider ?? 'egov-mobile')}
            onLocale={choose}
          />
        ) : (
          <DeadLink problem={props.start.problem} onLocale={choose} />
        )}
      </LiveRegion>
    </SpeechProvider>
  )
}

/** The link leads nowhere, or the server did not answer: never a blank page. */
function DeadLink(props: {
  readonly problem: ProblemError
  readonly onLocale: (locale: Locale) => void
}) {
  const { problem } = props
  const { t } = useSignSpeech()
  const isGone = problem.status === 404 || problem.status === 410

  return (
    <>
      {document.documentElement.dataset['mode'] === 'sandbox' ? <Strip /> : null}
      <header className="topbar">
        <span className="brand">
          <Logo />
          <b>Muhr</b>
        </span>
        <Languages order={signerLocales} onChoose={props.onLocale} />
      </header>
      <main className="signer" id="main">
        {isGone ? (
          <section className="card signer-face" data-testid="dead-link">
            <Seal state="voided" size="xl" />
            <h1 className="title-s">{t('sign.dead')}</h1>
            <p className="dim">{t('sign.dead.more')}</p>
            <p className="code-line">{problem.code}</p>
          </section>
        ) : (
          <Fault problem={problem} onRetry={() => location.reload()} />
        )}
      </main>
    </>
  )
}
