import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { asProblem } from '../../api/problem.ts'
import { Fault } from '../../components/fault.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { SpeechProvider, useSpeech } from '../../i18n/text-context.tsx'
import { BenchNav } from './bench-nav.tsx'
import { loadBenchTexts } from './load-bench-texts.ts'
import './workbench.css'

/** All screens of the workbench, beside its methods; their texts and styles come with them. */
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

function Frame() {
  return (
    <div className="bench-frame">
      <BenchNav />
      <div className="bench-main">
        <Outlet />
      </div>
    </div>
  )
}
