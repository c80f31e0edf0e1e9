import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { asProblem } from '../../../api/problem.ts'
import { benchOrdersQuery } from '../../../api/workbench.ts'
import type { BenchOrder } from '../../../api/workbench-types.ts'
import { useTitle } from '../../../app/use-title.ts'
import { Button } from '../../../components/button.tsx'
import { Empty } from '../../../components/empty.tsx'
import { Fault } from '../../../components/fault.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { useNow } from '../../../components/use-now.ts'
import { BenchHead } from '../bench-head.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { OrderChip } from './order-chip.tsx'

/** While something is on its way, ms. */
const liveEveryMs = 2_000
/** Else the list still follows what others do, ms. */
const calmEveryMs = 15_000
const isMoving = ({ state }: BenchOrder) => state === 'sending' || state === 'reserving'

/** Orders of any service, newest first, each with where it stands. */
export function OrdersScreen() {
  const { t } = useBenchSpeech()
  const navigate = useNavigate()
  const query = useInfiniteQuery({
    ...benchOrdersQuery,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isMoving)) === true
        ? liveEveryMs
        : calmEveryMs,
  })
  useTitle(t('nav.workbench'))
  const orders = query.data?.pages.flatMap(({ items }) => items) ?? []
  const create = (
    <Button
      kind="primary"
      icon="plus"
      onClick={() => void navigate({ to: '/workbench/new', search: {} })}
      data-testid="new-order"
    >
      {t('bench.orders.new')}
    </Button>
  )

  return (
    <>
      <BenchHead title={t('bench.orders.title')} hint={t('bench.orders.hint')}>
        {orders.length === 0 ? null : create}
      </BenchHead>
      <section className="card" aria-label={t('bench.orders.title')}>
        {query.isPending ? <SkeletonRows /> : null}
        {query.isError ? (
          <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isSuccess && orders.length === 0 ? (
          <Empty
            title={t('bench.orders.empty')}
            text={t('bench.orders.emptyText')}
            action={create}
          />
        ) : null}
        {orders.length === 0 ? null : <OrderTable orders={orders} />}
        {query.hasNextPage ? (
          <div className="card-body card-tail">
            <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('bench.orders.more')}
            </Button>
          </div>
        ) : null}
      </section>
    </>
  )
}

function OrderTable({ orders }: { readonly orders: readonly BenchOrder[] }) {
  const { t, format } = useBenchSpeech()
  const now = useNow(30_000)

  return (
    <table className="bench-table bench-orders">
      <thead>
        <tr>
          <th scope="col">{t('bench.col.order')}</th>
          <th scope="col">{t('bench.col.number')}</th>
          <th scope="col">{t('bench.col.service')}</th>
          <th scope="col">{t('bench.col.state')}</th>
          <th scope="col">{t('bench.col.created')}</th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr key={order.id} data-testid="order-row">
            <th scope="row">
              <Link to="/workbench/orders/$id" params={{ id: order.id }} className="wrap-anywhere">
                {order.title === '' ? t('bench.order.untitled') : order.title}
              </Link>
            </th>
            <td className="mono" data-label={t('bench.col.number')}>
              {order.orderNumber ?? '—'}
            </td>
            <td className="mono" data-label={t('bench.col.service')}>
              {order.serviceCode}
            </td>
            <td data-label={t('bench.col.state')}>
              <OrderChip order={order} />
            </td>
            <td className="faint" data-label={t('bench.col.created')}>
              <time dateTime={order.createdAt} title={format.proofTime(order.createdAt)}>
                {format.ago(order.createdAt, now)}
              </time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
