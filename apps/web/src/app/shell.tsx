import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { countsQuery, sessionQuery } from '../api/queries.ts'
import { request } from '../api/request.ts'
import { sealsQuery } from '../api/settings-queries.ts'
import type { Session } from '../api/types.ts'
import { LiveRegion } from '../components/live-region.tsx'
import { Strip } from '../components/strip.tsx'
import { sandboxPhones } from '../services/registry.ts'
import { useProviderText } from './app-context.tsx'
import { SideNav } from './side-nav.tsx'
import { useAppSpeech } from './use-app-speech.ts'
import { useNarrowBar } from './use-narrow-bar.ts'

/** Side bar and page of somebody who is logged in. */
export function Shell() {
  const { t } = useAppSpeech()
  const text = useProviderText()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const waiting = useWaiting()
  const seals = useWaitingSeals(session)
  const navigate = useNavigate()
  const client = useQueryClient()
  const bar = useNarrowBar()
  const logout = async () => {
    await request('/v1/session/logout', { method: 'POST' }).catch(() => undefined)
    client.clear()
    await navigate({ to: '/login', search: { reason: 'left' } })
  }

  return (
    <LiveRegion>
      <a className="skip-link" href="#main">
        {t('app.skip')}
      </a>
      {session.mode === 'sandbox' ? (
        <Strip phones={sandboxPhones(text, session.sandbox?.phoneUrl)} />
      ) : null}
      <div className={bar.isNarrow ? 'shell shell-narrow' : 'shell'}>
        <SideNav
          bar={bar}
          session={session}
          waiting={waiting}
          seals={seals}
          onLogout={() => void logout()}
        />
        <main className="main" id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </LiveRegion>
  )
}

/** How many envelopes need a person: the counter of the side bar and of the tab. */
export function useWaiting(): number {
  const { data } = useQuery(countsQuery)

  return data?.needsPerson ?? 0
}

/** How many seals wait for a clerk; nobody else is asked. */
export function useWaitingSeals(session: Session): number {
  const { data } = useQuery({
    ...sealsQuery,
    enabled: session.scopes.includes('envelopes:write'),
  })

  return data?.items.length ?? 0
}
