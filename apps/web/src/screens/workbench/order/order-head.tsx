import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { benchAccountsQuery } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { IconButton } from '../../../components/button.tsx'
import { Note } from '../../../components/note.tsx'
import { useCopy } from '../../../components/toast.tsx'
import { useNow } from '../../../components/use-now.ts'
import { OrderChip } from '../orders/order-chip.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** What the order is: its name, its number, its codes, through whose access it goes. */
export function OrderHead({ order }: { readonly order: BenchOrderDetail }) {
  const { t } = useBenchSpeech()
  const copy = useCopy()
  const { orderNumber } = order

  return (
    <header className="bench-order-head">
      <div className="crumbs">
        <Link to="/workbench">{t('bench.tab.orders')}</Link>
      </div>
      <div className="row row-wrap title-row">
        <h1>{order.title === '' ? t('bench.order.untitled') : order.title}</h1>
        <OrderChip order={order} />
      </div>
      <dl className="bench-facts small">
        <div>
          <dt>{t('bench.col.number')}</dt>
          <dd className="row mono">
            <b data-testid="order-number">{orderNumber ?? t('bench.order.noNumber')}</b>
            {orderNumber === null ? null : (
              <IconButton
                icon="copy"
                label={t('bench.order.copyNumber')}
                onClick={() => copy(orderNumber)}
              />
            )}
          </dd>
        </div>
        <Fact name={t('bench.code.serviceCode')} value={order.serviceCode} />
        <Fact name={t('bench.code.targetCode')} value={order.targetCode} />
        <Fact name={t('bench.code.region')} value={order.region} />
        <Fact
          name={t('bench.account')}
          value={`${order.account.name} (${order.account.apiKeyHint})`}
          isText
        />
        <TokenFact account={order.account.id} />
      </dl>
      {order.state === 'failed' ? (
        <Note kind="bad" code={order.lastCode ?? undefined}>
          {t('bench.order.failed')}
        </Note>
      ) : null}
    </header>
  )
}

/** How long the token that the server has at hand for this account lives. */
function TokenFact({ account }: { readonly account: string }) {
  const { t, format } = useBenchSpeech()
  const now = useNow(30_000)
  const { data } = useQuery({ ...benchAccountsQuery, refetchInterval: 60_000 })
  const until = data?.items.find(({ id }) => id === account)?.tokenUntil
  const lives = until !== undefined && Date.parse(until) > now.getTime()

  return (
    <Fact
      name={t('bench.col.token')}
      value={lives ? t('bench.order.tokenUntil', { time: format.proofTime(until) }) : '—'}
      isText
    />
  )
}

function Fact(props: { readonly name: string; readonly value: string; readonly isText?: boolean }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd className={props.isText === true ? 'wrap-anywhere' : 'mono'}>{props.value}</dd>
    </div>
  )
}
