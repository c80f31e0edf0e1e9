import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Session } from '../api/types.ts'
import { Icon, type IconName } from '../components/icon.tsx'
import { initialsOf, shortName } from '../format/texts.ts'
import { type Locale, localeNames, locales } from '../i18n/message.ts'
import { Logo } from '../seal/seal.tsx'
import { sandboxPhones } from '../services/registry.ts'
import { useApp, useProviderText } from './app-context.tsx'
import { applyTheme, storedTheme, type Theme } from './preferences.ts'
import { useAppSpeech } from './use-app-speech.ts'

type NavLink = {
  readonly to:
    | '/envelopes'
    | '/seals'
    | '/verify'
    | '/workbench'
    | '/welcome'
    | '/settings/connections'
    | '/settings/keys'
    | '/settings/trust'
  readonly icon: IconName
  readonly key:
    | 'nav.envelopes'
    | 'nav.seals'
    | 'nav.verify'
    | 'nav.workbench'
    | 'nav.welcome'
    | 'nav.keys'
    | 'nav.trust'
    | 'nav.connections'
  /** Scope without which the page has nothing to show. */
  readonly needs?: string
}

const sections: readonly NavLink[] = [
  { to: '/envelopes', icon: 'mail', key: 'nav.envelopes' },
  { to: '/seals', icon: 'stamp', key: 'nav.seals', needs: 'envelopes:write' },
  { to: '/verify', icon: 'shield', key: 'nav.verify' },
  { to: '/workbench', icon: 'bench', key: 'nav.workbench', needs: 'workbench:read' },
]

const settings: readonly NavLink[] = [
  { to: '/settings/connections', icon: 'plug', key: 'nav.connections', needs: 'settings:read' },
  { to: '/settings/keys', icon: 'key', key: 'nav.keys', needs: 'keys:read' },
  { to: '/settings/trust', icon: 'shield', key: 'nav.trust', needs: 'settings:read' },
]

/** The left bar; below 860 px a bar on top that scrolls sideways. Only pages that exist. */
export function SideNav(props: {
  readonly session: Session
  readonly waiting: number
  /** Seals that wait for a clerk. */
  readonly seals: number
  readonly bar: { readonly isNarrow: boolean; readonly toggle: () => void }
  readonly onLogout: () => void
}) {
  const { t, locale } = useAppSpeech()
  const text = useProviderText()
  const { session } = props
  const isOpen = ({ needs }: NavLink) => needs === undefined || session.scopes.includes(needs)
  const waiting: Partial<Record<NavLink['to'], number>> = {
    '/envelopes': props.waiting,
    '/seals': props.seals,
  }
  const organisation = session.organisation.names?.[locale] ?? session.organisation.name

  return (
    <nav className="side" aria-label={t('nav.label')}>
      <Link to="/envelopes" className="brand side-brand">
        <Logo />
        <span className="side-text">
          <b>Muhr</b>
          <small>{organisation}</small>
        </span>
      </Link>
      {sections.filter(isOpen).map((section) => (
        <NavItem key={section.to} link={section} waiting={waiting[section.to] ?? 0} />
      ))}
      {settings.some(isOpen) ? (
        <div className="side-head">
          <span className="side-text">{t('nav.settings')}</span>
        </div>
      ) : null}
      {settings.filter(isOpen).map((section) => (
        <NavItem key={section.to} link={section} waiting={0} />
      ))}
      {session.mode === 'sandbox' ? (
        <>
          <div className="side-head">
            <span className="side-text">{t('nav.sandbox')}</span>
          </div>
          <NavItem link={{ to: '/welcome', icon: 'flag', key: 'nav.welcome' }} waiting={0} />
          {sandboxPhones(text, session.sandbox?.phoneUrl).map(({ name, url }) => (
            <a key={url} className="side-link" href={url} target="muhr-phone" rel="noopener">
              <Icon name="phone" />
              <span className="side-text">{t('nav.phone', { name })}</span>
            </a>
          ))}
        </>
      ) : null}
      <button
        type="button"
        className="side-link side-toggle"
        aria-expanded={!props.bar.isNarrow}
        onClick={props.bar.toggle}
        data-testid="toggle-bar"
      >
        <Icon name="chevron" />
        <span className="side-text">{t(props.bar.isNarrow ? 'nav.wide' : 'nav.narrow')}</span>
      </button>
      <UserMenu session={session} onLogout={props.onLogout} />
    </nav>
  )
}

function NavItem({ link, waiting }: { readonly link: NavLink; readonly waiting: number }) {
  const { t, format } = useAppSpeech()

  return (
    <Link
      to={link.to}
      className="side-link"
      title={t(link.key)}
      activeProps={{ 'aria-current': 'page' }}
      data-testid={`nav-${link.to.slice(1).replace('/', '-')}`}
    >
      <Icon name={link.icon} />
      <span className="side-text">{t(link.key)}</span>
      {waiting > 0 ? (
        <span className="count count-warn">
          <span aria-hidden="true">{format.counter(waiting)}</span>
          <span className="sr-only">
            {t(link.to === '/seals' ? 'nav.seals.waiting' : 'nav.waiting', { count: waiting })}
          </span>
        </span>
      ) : null}
    </Link>
  )
}

const themes: readonly Theme[] = ['system', 'light', 'dark']

function UserMenu({
  session,
  onLogout,
}: {
  readonly session: Session
  readonly onLogout: () => void
}) {
  const { t, locale } = useAppSpeech()
  const { chooseLocale } = useApp()
  const [theme, setTheme] = useState(storedTheme)

  return (
    <details className="user-menu">
      <summary data-testid="user-menu">
        <span className="avatar" aria-hidden="true">
          {initialsOf(session.user.name)}
        </span>
        <span className="user-name small">
          <b>{shortName(session.user.name)}</b>
          <br />
          <span className="faint caption">{t(`role.${session.user.role}`)}</span>
        </span>
      </summary>
      <div className="user-panel">
        <label className="label" htmlFor="menu-locale">
          {t('menu.language')}
        </label>
        <select
          id="menu-locale"
          className="select"
          value={locale}
          data-testid="choose-locale"
          onChange={(event) => chooseLocale(event.target.value as Locale)}
        >
          {locales.map((each) => (
            <option key={each} value={each}>
              {localeNames[each].own}
            </option>
          ))}
        </select>
        <label className="label" htmlFor="menu-theme">
          {t('menu.theme')}
        </label>
        <select
          id="menu-theme"
          className="select"
          value={theme}
          data-testid="choose-theme"
          onChange={(event) => {
            const chosen = event.target.value as Theme
            applyTheme(chosen)
            setTheme(chosen)
          }}
        >
          {themes.map((each) => (
            <option key={each} value={each}>
              {t(`theme.${each}`)}
            </option>
          ))}
        </select>
        <button type="button" className="link-button" onClick={onLogout} data-testid="logout">
          {t('menu.logout')}
        </button>
        <p className="faint caption">Muhr {session.version}</p>
      </div>
    </details>
  )
}
