import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { asProblem } from '../../api/problem.ts'
import { Fault } from '../../components/fault.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { SpeechProvider, useSpeech } from '../../i18n/text-context.tsx'
import { loadBenchTexts } from './load-bench-texts.ts'
import { useBenchSpeech } from './use-bench-speech.ts'
import './workbench.css'

/** All screens of the workbench, below its title and its tabs; their texts and styles come with them. */
export function WorkbenchFrame() {
  const { locale } = useSpeech()
  const texts = useQuery({
    queryKey: ['texts', 'bench', locale],
    queryFn: async () => ({ locale, catalogue: await loadBenchTexts(locale) }),
    staleTime: Number.POSITIVE_INFINITY,
    // What is being typed stays while another language comes.
    placeholderData: (before) => before,
  })

  if (texts.isError) {
    return <Fault problem={asProblem(texts.error)} onRetry={() => void texts.refetch()} />
  }

  if (texts.data === undefined) {
    return (
      <section className="card">
        <SkeletonRows />
      </section>
    )
  }

  return (
    <SpeechProvider locale={texts.data.locale} catalogue={texts.data.catalogue}>
      <Frame />
    </SpeechProvider>
  )
}

const tabs = [
  { to: '/workbench', key: 'bench.tab.orders' },
  { to: '/workbench/statuses', key: 'bench.tab.statuses' },
  { to: '/workbench/dictionary', key: 'bench.tab.dictionary' },
  { to: '/workbench/services', key: 'bench.tab.services' },
  { to: '/workbench/accounts', key: 'bench.tab.accounts' },
] as const

function Frame() {
  const { t } = useBenchSpeech()
  const { pathname } = useLocation()
  const isOrder = pathname.startsWith('/workbench/orders') || pathname === '/workbench/new'

  return (
    <>
      <nav className="bench-tabs" aria-label={t('bench.tabs')}>
        {tabs.map(({ to, key }) => (
          <Link
            key={to}
            to={to}
            className="tab"
            activeOptions={{ exact: to === '/workbench' }}
            activeProps={{ 'aria-current': 'page' }}
            {...(isOrder && to === '/workbench' ? { 'aria-current': true } : {})}
            data-testid={`bench-${key.slice('bench.tab.'.length)}`}
          >
            {t(key)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  )
}
