import { useEffect, useRef, useState } from 'react'
import { stepOrder } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { useNow } from '../../../components/use-now.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { PartFault } from './part-fault.tsx'
import { StateLadder } from './state-ladder.tsx'
import type { OrderSteps } from './use-order-steps.ts'

/** The portal is asked so often by itself while an order is open and looked at, ms. */
const askEveryMs = 10_000

/** What the portal says of the order: the ladder of statuses, results, cancelling. */
export function StatusCard(props: {
  readonly order: BenchOrderDetail
  readonly steps: OrderSteps
}) {
  const { t, format } = useBenchSpeech()
  const { order, steps } = props
  const { portal, state } = order
  const now = useNow(1_000)
  const [isCancelling, setCancelling] = useState(false)
  const isKnown = order.orderNumber !== null && state !== 'sending' && state !== 'reserving'
  const results = order.files.filter(
    ({ role, removedAt }) => role === 'result' && removedAt === null,
  )
  const waiting = (portal?.resultFiles.length ?? 0) - results.length
  const refresh = () => void steps.run('status', () => stepOrder(order.id, 'refresh'))
  useAsking(state === 'sent' && !order.isClosed && steps.fault === undefined, () =>
    steps.runBeside('status', () => stepOrder(order.id, 'refresh')),
  )

  return (
    <section className="card" aria-labelledby="status-title" data-testid="status-card">
      <header className="card-head">
        <h2 id="status-title">{t('bench.status.title')}</h2>
        {order.observedAt === null ? null : (
          <span className="small faint">
            {t('bench.status.at', { ago: format.ago(order.observedAt, now) })}
          </span>
        )}
      </header>
      <div className="card-body stack">
        <PartFault part="status" steps={steps} />
        <StateLadder order={order} />
        {portal === null ? (
          <p className="small dim">{t('bench.status.none')}</p>
        ) : (
          <ol className="bench-ladder">
            {portal.statuses.length === 0 ? (
              <li>
                <b>{portal.statusName ?? portal.code}</b>
              </li>
            ) : (
              portal.statuses.map((status) => (
                <li key={status.id} data-testid="status" data-status={status.statusId}>
                  <span className="mono faint">{status.statusId}</span>
                  <div className="wrap-anywhere">
                    <b>{status.title ?? '—'}</b>
                    {status.at === null ? null : (
                      <time className="caption faint" dateTime={status.at}>
                        {' '}
                        {format.proofTime(status.at, 'seconds')}
                      </time>
                    )}
                    {status.comment === null ? null : (
                      <div className="small dim">{status.comment}</div>
                    )}
                  </div>
                </li>
              ))
            )}
          </ol>
        )}
        <div className="row row-wrap">
          <Button
            icon="refresh"
            busy={steps.busy === 'status'}
            blocked={!isKnown}
            onClick={refresh}
            data-testid="refresh"
          >
            {t('bench.status.refresh')}
          </Button>
          {state === 'sent' ? (
            <Button
              icon="download"
              kind={waiting > 0 ? 'primary' : 'plain'}
              busy={steps.busy === 'status'}
              onClick={() => void steps.run('status', () => stepOrder(order.id, 'download'))}
              data-testid="download-results"
            >
              {waiting > 0
                ? t('bench.status.downloadCount', { count: waiting })
                : t('bench.status.download')}
            </Button>
          ) : null}
          {state === 'sent' && !order.isClosed ? (
            <Button kind="danger" onClick={() => setCancelling(true)} data-testid="cancel-order">
              {t('bench.cancel')}
            </Button>
          ) : null}
        </div>
        {results.length === 0 ? null : (
          <ul className="stack-tight" aria-label={t('bench.status.results')}>
            {results.map((file) => (
              <li key={file.id} className="small row row-wrap">
                <a
                  href={file.href}
                  download={file.name}
                  className="wrap-anywhere"
                  data-testid="result"
                >
                  {file.name}
                </a>
                <span className="faint">{format.size(file.size)}</span>
              </li>
            ))}
          </ul>
        )}
        {state === 'sent' && !order.isClosed ? (
          <p className="hint">{t('bench.status.auto', { seconds: askEveryMs / 1000 })}</p>
        ) : null}
      </div>
      {isCancelling ? (
        <CancelDialog
          order={order}
          onClose={() => setCancelling(false)}
          onConfirm={(reason) =>
            steps.run('status', () =>
              stepOrder(order.id, 'cancel', reason === '' ? {} : { reason }),
            )
          }
        />
      ) : null}
    </section>
  )
}

/** Asks again and again while `isOn` and the page is seen. */
function useAsking(isOn: boolean, ask: () => void): void {
  const latest = useRef(ask)

  useEffect(() => {
    latest.current = ask
  })

  useEffect(() => {
    if (!isOn) return

    const timer = setInterval(() => {
      if (!document.hidden) latest.current()
    }, askEveryMs)

    return () => clearInterval(timer)
  }, [isOn])
}
