import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { asProblem } from '../../../api/problem.ts'
import { useLive } from '../../../api/use-live.ts'
import { benchOrderQuery, orderStreamPath, stepOrder } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { useTitle } from '../../../app/use-title.ts'
import { Fault } from '../../../components/fault.tsx'
import { useSay } from '../../../components/live-region.tsx'
import { Note } from '../../../components/note.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { Rich } from '../../../i18n/text-context.tsx'
import { OrderCallsCard } from '../calls/order-calls-card.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { AllFilesCard } from './all-files-card.tsx'
import { FilesCard } from './files-card.tsx'
import { HistoryCard } from './history-card.tsx'
import { newerOrder } from './newer-order.ts'
import { OrderHead } from './order-head.tsx'
import { PackageCard } from './package-card.tsx'
import { SendCard } from './send-card.tsx'
import { StatusCard } from './status-card.tsx'
import { useOrderSteps } from './use-order-steps.ts'
import { isOpen, useXmlDraft } from './use-xml-draft.ts'
import { XmlCard } from './xml-card.tsx'

/** One order from its number to its results: request file, documents, package, sending, status. */
export function OrderScreen() {
  const { id } = useParams({ from: '/shell/workbench/orders/$id' })
  const { t } = useBenchSpeech()
  const query = useQuery(benchOrderQuery(id))
  useTitle(query.data?.title || (query.data?.orderNumber ?? t('nav.workbench')))

  if (query.isPending) {
    return (
      <section className="card">
        <SkeletonRows />
      </section>
    )
  }

  if (query.data === undefined) {
    return <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  }

  return <Loaded order={query.data} key={id} />
}

function Loaded({ order }: { readonly order: BenchOrderDetail }) {
  const { t, format } = useBenchSpeech()
  const live = useLiveOrder(order.id)
  const steps = useOrderSteps(order.id)
  const draft = useXmlDraft(order, steps)
  useStateSpeech(order)
  /** What a hand would press next: build, then send. */
  const send = async () => {
    if (steps.busy !== undefined || draft.check.faults.length > 0) return

    if (order.state === 'built' && !draft.isDirty) {
      await steps.run('send', () => stepOrder(order.id, 'push', {}))
    } else if (isOpen(order) && (await draft.save())) {
      await steps.run('package', () => stepOrder(order.id, 'build'))
    }
  }

  return (
    <>
      <OrderHead order={order} />
      {live.isStale ? (
        <Note kind="warn" icon="refresh" testId="stale">
          <Rich text={t('live.lost', { time: format.clock(live.freshAt) })} />
        </Note>
      ) : null}
      <div className="bench-grid">
        <div className="stack-loose">
          <XmlCard order={order} draft={draft} steps={steps} onSend={() => void send()} />
          <FilesCard order={order} steps={steps} />
          <div className="bench-late stack-loose">
            <AllFilesCard order={order} />
            <HistoryCard order={order} />
          </div>
        </div>
        <div className="stack-loose">
          <PackageCard order={order} draft={draft} steps={steps} />
          <SendCard order={order} draft={draft} steps={steps} />
          <StatusCard order={order} steps={steps} />
          <OrderCallsCard order={order} steps={steps} />
        </div>
      </div>
    </>
  )
}

/** Follows the order on the server's stream: states, files and how far an upload is. */
function useLiveOrder(id: string) {
  const client = useQueryClient()

  return useLive(orderStreamPath(id), {
    events: ['order'],
    onMessages: (messages) => {
      const last = messages.at(-1)?.data as BenchOrderDetail | undefined

      if (last === undefined) return

      client.setQueryData(benchOrderQuery(id).queryKey, (known) => newerOrder(known, last))
    },
  })
}

/** Says in the page's polite region when the order has come to another state. */
function useStateSpeech(order: BenchOrderDetail): void {
  const { t } = useBenchSpeech()
  const say = useSay()
  const word = order.portal?.statusName ?? t(`bench.state.${order.state}`)
  const last = useRef(word)

  useEffect(() => {
    if (last.current !== word) {
      last.current = word
      say(t('bench.order.said', { state: word }))
    }
  }, [word, say, t])
}
