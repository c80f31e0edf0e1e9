import { useState } from 'react'
import { stepOrder } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Note } from '../../../components/note.tsx'
import { TextField } from '../field.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { PartFault } from './part-fault.tsx'
import type { OrderSteps } from './use-order-steps.ts'
import type { XmlDraft } from './use-xml-draft.ts'

/** Sends the package, in chunks under its number or in one request, and tells how far it is. */
export function SendCard(props: {
  readonly order: BenchOrderDetail
  readonly draft: XmlDraft
  readonly steps: OrderSteps
}) {
  const { t } = useBenchSpeech()
  const { order, draft, steps } = props
  const { state } = order
  const isReady = state === 'built' && !draft.isDirty

  if (state === 'failed') return null

  return (
    <section className="card" aria-labelledby="send-title" data-testid="send-card">
      <header className="card-head">
        <h2 id="send-title">{t('bench.send.title')}</h2>
        <span className="small faint mono">
          {order.orderNumber === null ? 'push' : 'push/chunked'}
        </span>
      </header>
      <div className="card-body stack">
        <PartFault part="send" steps={steps} />
        {state === 'sending' ? <Progress order={order} /> : null}
        {state === 'sent' ? <p>{t('bench.send.done')}</p> : null}
        {state === 'unknown' ? <Resolve order={order} steps={steps} /> : null}
        {state === 'built' && order.lastCode !== null ? (
          <Note kind="bad" code={order.lastCode}>
            {t('bench.send.refused')}
          </Note>
        ) : null}
        {state === 'draft' || state === 'sealing' || state === 'built' ? (
          <div>
            {order.orderNumber === null ? <Note kind="warn">{t('bench.send.oneShot')}</Note> : null}
            <Button
              kind={state === 'built' ? 'primary' : 'plain'}
              className="w-full"
              busy={steps.busy === 'send'}
              blocked={!isReady}
              aria-describedby="send-hint"
              onClick={() => void steps.run('send', () => stepOrder(order.id, 'push', {}))}
              data-testid="push"
            >
              {t('bench.send.send')}
            </Button>
            <p className="hint" id="send-hint">
              {isReady
                ? t('bench.send.hint')
                : t(draft.isDirty ? 'bench.send.dirty' : 'bench.send.notBuilt')}
            </p>
          </div>
        ) : null}
      </div>
    </section>
  )
}

function Progress({ order }: { readonly order: BenchOrderDetail }) {
  const { t, format } = useBenchSpeech()
  const { sentBytes = 0, totalBytes = 1 } = order.progress ?? {}
  const percent = Math.floor((100 * sentBytes) / Math.max(1, totalBytes))

  return (
    <div className="stack-tight">
      <p>
        {t('bench.send.progress', {
          sent: format.size(sentBytes),
          total: format.size(totalBytes),
        })}
      </p>
      <div
        className="bar"
        role="progressbar"
        aria-label={t('bench.send.title')}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        data-testid="push-progress"
      >
        <i style={{ width: `${percent}%` }} />
      </div>
      <p className="hint">{t('bench.send.mayClose')}</p>
    </div>
  )
}

/** The answer was lost: the portal is asked, and a person decides. Never sent again by itself. */
function Resolve({
  order,
  steps,
}: {
  readonly order: BenchOrderDetail
  readonly steps: OrderSteps
}) {
  const { t } = useBenchSpeech()
  const [number, setNumber] = useState(order.orderNumber ?? '')
  const say = (body: Readonly<Record<string, unknown>>) =>
    void steps.run('send', () => stepOrder(order.id, 'resolve', body))

  return (
    <div className="stack">
      <Note kind="warn" code={order.lastCode ?? undefined}>
        {t('bench.send.unknown')}
      </Note>
      {order.orderNumber === null ? (
        <TextField
          label={t('bench.send.found')}
          inputMode="numeric"
          value={number}
          onChange={(event) => setNumber(event.target.value.trim())}
        />
      ) : (
        <Button
          busy={steps.busy === 'send'}
          onClick={() => void steps.run('send', () => stepOrder(order.id, 'refresh'))}
        >
          {t('bench.status.refresh')}
        </Button>
      )}
      <div className="row row-wrap">
        <Button
          blocked={number === ''}
          onClick={() => say({ outcome: 'sent', orderNumber: number })}
        >
          {t('bench.send.isSent')}
        </Button>
        <Button onClick={() => say({ outcome: 'not-sent' })}>{t('bench.send.isNotSent')}</Button>
      </div>
    </div>
  )
}
