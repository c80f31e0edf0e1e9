import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { benchCallsQuery } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import type { OrderSteps } from '../order/use-order-steps.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { CallList } from './call-list.tsx'
import { CallView } from './call-view.tsx'

/** Requests and answers of one order: the newest stands open. */
export function OrderCallsCard(props: {
  readonly order: BenchOrderDetail
  readonly steps: OrderSteps
}) {
  const { t } = useBenchSpeech()
  const { order, steps } = props
  const client = useQueryClient()
  const query = useQuery(benchCallsQuery(order.id))
  const [picked, setPicked] = useState<string | undefined>()
  const calls = query.data?.items ?? []
  const chosen = calls.find(({ id }) => id === picked) ?? calls[0]
  const { since, state, observedAt } = order

  // biome-ignore lint/correctness/useExhaustiveDependencies: what changed the order was a call
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['bench', 'calls'] })
  }, [client, since, state, observedAt, order.lastCode, steps.busy])

  return (
    <section className="card" aria-labelledby="calls-title" data-testid="order-calls">
      <header className="card-head">
        <h2 id="calls-title">{t('bench.calls.order')}</h2>
      </header>
      {chosen === undefined ? (
        <p className="card-body small dim">{t('bench.calls.empty')}</p>
      ) : (
        <>
          <div className="card-body">
            <CallView id={chosen.id} onRepeated={setPicked} />
          </div>
          <CallList calls={calls} chosen={chosen.id} onChoose={setPicked} />
        </>
      )}
    </section>
  )
}
