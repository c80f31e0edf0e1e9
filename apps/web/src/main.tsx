import './styles/app.css'
import { QueryCache, QueryClient } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ProblemError } from './api/problem.ts'
import { sessionQuery } from './api/queries.ts'
import { AppRoot } from './app/app-root.tsx'
import { loadAppTexts } from './app/load-texts.ts'
import { initialLocale } from './app/preferences.ts'
import { createAppRouter } from './app/router.tsx'
import { langOf } from './i18n/text-context.tsx'

/** A refusal will be a refusal again; only a lost answer is worth asking twice more. */
const shouldRetry = (failures: number, error: unknown) =>
  failures < 2 && !(error instanceof ProblemError && error.status >= 400 && error.status < 500)

async function start(): Promise<void> {
  const root = document.getElementById('root')

  if (root === null) return

  const client: QueryClient = new QueryClient({
    defaultOptions: { queries: { retry: shouldRetry, refetchOnWindowFocus: false } },
    queryCache: new QueryCache({ onError: (error) => leaveWhenOver(error) }),
  })
  const router = createAppRouter(client)
  const leaveWhenOver = (error: unknown) => {
    const wasHere = client.getQueryData(sessionQuery.queryKey) !== undefined

    if (error instanceof ProblemError && error.status === 401 && wasHere) {
      client.removeQueries({ queryKey: sessionQuery.queryKey })
      void router.navigate({ to: '/login', search: { reason: 'expired' } })
    }
  }
  const locale = initialLocale()
  const texts = await loadAppTexts(locale)
  document.documentElement.lang = langOf(locale)
  createRoot(root).render(
    <StrictMode>
      <AppRoot client={client} router={router} texts={texts} />
    </StrictMode>,
  )
}

void start()
