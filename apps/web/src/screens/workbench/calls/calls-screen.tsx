import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { asProblem } from '../../../api/problem.ts'
import { benchCallsQuery } from '../../../api/workbench.ts'
import { useTitle } from '../../../app/use-title.ts'
import { Fault } from '../../../components/fault.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { BenchHead } from '../bench-head.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { CallList } from './call-list.tsx'
import { CallView } from './call-view.tsx'

const everyMs = 5_000

/** The last calls to ESIA and the portal, of whatever screen, with request and answer. */
export function CallsScreen() {
  const { t } = useBenchSpeech()
  const { id } = useSearch({ from: '/shell/workbench/calls' })
  const navigate = useNavigate()
  const query = useQuery({ ...benchCallsQuery(undefined), refetchInterval: everyMs })
  const calls = query.data?.items ?? []
  const chosen = id ?? calls[0]?.id
  const choose = (next: string) => void navigate({ to: '/workbench/calls', search: { id: next } })
  useTitle(t('bench.calls.title'))

  return (
    <>
      <BenchHead title={t('bench.calls.title')} hint={t('bench.calls.hint')} />
      {query.isError ? (
        <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <SkeletonRows /> : null}
      {query.isSuccess && calls.length === 0 ? (
        <section className="card">
          <p className="card-body small dim">{t('bench.calls.empty')}</p>
        </section>
      ) : null}
      {chosen === undefined ? null : (
        <div className="bench-call-grid">
          <section className="card" aria-label={t('bench.calls.title')}>
            <CallList calls={calls} chosen={chosen} onChoose={choose} />
          </section>
          <section className="card">
            <div className="card-body">
              <CallView id={chosen} onRepeated={choose} />
            </div>
          </section>
        </div>
      )}
    </>
  )
}
