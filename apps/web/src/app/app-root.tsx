import { type QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { sessionQuery } from '../api/queries.ts'
import { request } from '../api/request.ts'
import { Toasts } from '../components/toast.tsx'
import type { Locale } from '../i18n/message.ts'
import { langOf, SpeechProvider } from '../i18n/text-context.tsx'
import { AppContextProvider, type AppContextValue } from './app-context.tsx'
import { type AppTexts, loadAppTexts } from './load-texts.ts'
import { storedLocale, storeLocale } from './preferences.ts'
import type { createAppRouter } from './router.tsx'

type AppRootProps = {
  readonly client: QueryClient
  readonly router: ReturnType<typeof createAppRouter>
  readonly texts: AppTexts
}

/** Languages, data and addresses around everything. */
export function AppRoot(props: AppRootProps) {
  return (
    <QueryClientProvider client={props.client}>
      <Spoken {...props} />
    </QueryClientProvider>
  )
}

function Spoken({ client, router, texts: firstTexts }: AppRootProps) {
  const [texts, setTexts] = useState(firstTexts)
  const show = useCallback(async (locale: Locale) => {
    const loaded = await loadAppTexts(locale)
    document.documentElement.lang = langOf(locale)
    setTexts(loaded)
  }, [])
  const chooseLocale = useCallback(
    (locale: Locale) => {
      storeLocale(locale)
      void show(locale)

      // The choice follows the person to the next machine; it stands here even if that fails.
      if (client.getQueryData(sessionQuery.queryKey) !== undefined) {
        void request('/v1/session', { method: 'PATCH', body: { locale } }).catch(() => undefined)
      }
    },
    [client, show],
  )
  const { data: userLocale } = useQuery({
    ...sessionQuery,
    enabled: false,
    select: (session) => session.user.locale,
  })

  useEffect(() => {
    if (userLocale !== undefined && storedLocale() === undefined) void show(userLocale)
  }, [userLocale, show])

  const app = useMemo(
    (): AppContextValue => ({
      chooseLocale,
      providerTexts: texts.providers,
      mode: document.documentElement.dataset['mode'] === 'sandbox' ? 'sandbox' : 'live',
    }),
    [chooseLocale, texts.providers],
  )

  return (
    <SpeechProvider locale={texts.locale} catalogue={texts.catalogue}>
      <AppContextProvider value={app}>
        <Toasts>
          <RouterProvider router={router} />
        </Toasts>
      </AppContextProvider>
    </SpeechProvider>
  )
}
