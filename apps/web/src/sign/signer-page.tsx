import { useCallback, useEffect, useRef, useState } from 'react'
import { useRenewal } from '../api/renewal.ts'
import { useLive } from '../api/use-live.ts'
import { Languages } from '../components/languages.tsx'
import { useSay } from '../components/live-region.tsx'
import { Note } from '../components/note.tsx'
import { Strip } from '../components/strip.tsx'
import type { Locale } from '../i18n/message.ts'
import { Rich } from '../i18n/text-context.tsx'
import { Logo } from '../seal/seal.tsx'
import { findProvider, showsCode } from '../services/registry.ts'
import { ActPart } from './act-part.tsx'
import type { SignerApi } from './api.ts'
import { DeclineWays } from './decline.tsx'
import { TrustPart } from './trust-part.tsx'
import { useSignSpeech } from './use-sign-speech.ts'
import { isOver, type SignerView, signerPhase } from './view.ts'

/** Kazakh first: the languages of the countries whose citizens open this page. */
export const signerLocales: readonly Locale[] = ['kk', 'ru', 'uz', 'en']

/** The whole signer page over one view, kept fresh by a stream. */
export function SignerPage(props: {
  readonly first: SignerView
  readonly api: SignerApi
  readonly text: (key: string) => string
  readonly onLocale: (locale: Locale) => void
}) {
  const { api } = props
  const { t, format } = useSignSpeech()
  const [view, setView] = useState(props.first)
  const [isRenewing, setRenewing] = useState(false)
  const isFresh = useSpokenChange(view)
  const phase = signerPhase(view)
  const live = useLive(isOver(phase) ? undefined : api.streamUrl, {
    events: ['view', 'message'],
    onMessages: (messages) => {
      const [last] = messages
        .map(({ data }) => data)
        .filter(isView)
        .slice(-1)

      if (last !== undefined) setView(last)
    },
  })
  const code = view.request?.id ?? view.request?.presentation?.qr
  const renew = useCallback(async () => {
    setRenewing(true)

    try {
      const next = await api.renew(`renew:${code ?? 'first'}`)
      setView(isView(next) ? next : await api.view())
    } catch {
      // The old code stays on the page with its own "new code" button.
    } finally {
      setRenewing(false)
    }
  }, [api, code])
  // An app that finds its signer has no code; asking for another request would be refused.
  const hasCode = showsCode(findProvider(view.request?.provider ?? ''))
  const { isStale } = useRenewal({
    requestId: hasCode && (phase === 'ready' || phase === 'opened') ? code : undefined,
    expiresAt: view.request?.presentation?.expiresAt,
    isInUse: phase === 'opened',
    side: 'signer',
    renew: () => void renew(),
  })

  useEffect(() => {
    document.title = `${t('sign.tab')} · Muhr`
  }, [t])

  return (
    <>
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      {view.mode === 'sandbox' ? <Strip /> : null}
      <header className="topbar">
        <span className="brand">
          <Logo />
          <b>Muhr</b>
        </span>
        <Languages order={signerLocales} onChoose={props.onLocale} />
      </header>
      <main className="signer" id="main">
        {live.isStale ? (
          <Note kind="warn" icon="refresh" testId="stale">
            <Rich text={t('live.lost', { time: format.clock(live.freshAt) })} />
          </Note>
        ) : null}
        <div className="signer-two">
          <TrustPart
            view={view}
            api={api}
            ways={
              isOver(phase) ? null : (
                <DeclineWays
                  view={view}
                  decline={async (reason) => {
                    const next = await api.decline(reason)
                    setView(isView(next) ? next : await api.view())
                  }}
                />
              )
            }
          />
          <ActPart
            view={view}
            api={api}
            text={props.text}
            isStale={isStale}
            isRenewing={isRenewing}
            isFresh={isFresh}
            onRenew={() => void renew()}
          />
        </div>
        <p className="signer-foot">
          {view.request === undefined ? null : <span>{props.text('signer.privacy')}</span>}
          <a href="/verify">{t('sign.verify')}</a>
        </p>
      </main>
    </>
  )
}

function isView(value: unknown): value is SignerView {
  return typeof value === 'object' && value !== null && 'state' in value && 'documents' in value
}

/** Speaks a change of state; tells whether the signature was proved while somebody watched. */
function useSpokenChange(view: SignerView): boolean {
  const { t } = useSignSpeech()
  const say = useSay()
  const before = useRef(view.state)
  const [isFresh, setFresh] = useState(false)

  useEffect(() => {
    if (before.current === view.state) return

    before.current = view.state

    if (view.state === 'signed') setFresh(true)
    if (view.state === 'viewed') say(t('sign.say.viewed'))
    if (view.state === 'received') say(t('sign.checking'))
    if (
      view.state === 'signed' ||
      view.state === 'declined' ||
      view.state === 'expired' ||
      view.state === 'voided' ||
      view.state === 'failed'
    ) {
      say(t(`sign.${view.state}`))
    }
  }, [view.state, say, t])

  return isFresh
}
