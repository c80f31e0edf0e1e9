import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Languages } from '../components/languages.tsx'
import { LiveRegion } from '../components/live-region.tsx'
import { Strip } from '../components/strip.tsx'
import { locales } from '../i18n/message.ts'
import { Logo } from '../seal/seal.tsx'
import { useApp } from './app-context.tsx'
import { useAppSpeech } from './use-app-speech.ts'

/** Frame of the public pages: strip, top bar with languages, no side bar. */
export function PublicFrame(props: {
  readonly name?: string | undefined
  readonly about?: 'work' | 'report'
  readonly isSandbox?: boolean | undefined
  readonly children: ReactNode
}) {
  const { t } = useAppSpeech()
  const { chooseLocale, mode } = useApp()

  return (
    <LiveRegion>
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      {mode === 'sandbox' || props.isSandbox === true ? (
        <Strip about={props.about ?? 'work'} />
      ) : null}
      <header className="topbar">
        <Link to="/" className="brand">
          <Logo />
          <b>Muhr</b>
        </Link>
        {props.name === undefined ? null : (
          <span className="dim small only-desk">{props.name}</span>
        )}
        <Languages order={locales} onChoose={chooseLocale} />
      </header>
      {props.children}
    </LiveRegion>
  )
}
