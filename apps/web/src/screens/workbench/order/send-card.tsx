import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { stepOrder } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { Note } from '../../../components/note.tsx'
import { TextField } from '../field.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { PartFault } from './part-fault.tsx'
import { PushParts } from './push-parts.tsx'
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
  const [wish, setWish] = useState<Wish>({ chunk: '', parallel: '' })

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
        <PushParts order={order} />
        {state === 'sent' ? <p>{t('bench.send.done')}</p> : null}
        {state === 'unknown' ? <Resolve order={order} steps={steps} /> : null}
        {state === 'built' && order.lastCode !== null ? (
          <Note kind="bad" code={order.lastCode}>
            {t('bench.send.refused')}
          </Note>
        ) : null}
        {state === 'draft' || state === 'sealing' || state === 'built' ? (
          <div>
            {order.orderNumber === null ? (
              <Note
                kind="warn"
                testId="one-shot"
                actions={
                  <Link
                    to="/workbench/new"
                    search={order.service === null ? {} : { service: order.service.id }}
                  >
                    {t('bench.send.saferWay')}
                  </Link>
                }
              >
                {t('bench.send.oneShot')} {t('bench.send.safer')}
              </Note>
            ) : (
              <Params wish={wish} onChange={setWish} />
            )}
            <Button
              kind={state === 'built' ? 'primary' : 'plain'}
              className="w-full"
              busy={steps.busy === 'send'}
              blocked={!isReady}
              aria-describedby="send-hint"
              onClick={() =>
                void steps.run('send', () => stepOrder(order.id, 'push', pushOf(wish)))
              }
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

type Wish = { readonly chunk: string; readonly parallel: string }

/** What of the wishes was filled in. */
const pushOf = ({ chunk, parallel }: Wish): Readonly<Record<string, number>> => ({
  ...(chunk === '' ? {} : { chunkBytes: Math.round(Number(chunk) * 1_000_000) }),
  ...(parallel === '' ? {} : { parallel: Number(parallel) }),
})

function Params(props: { readonly wish: Wish; readonly onChange: (wish: Wish) => void }) {
  const { t } = useBenchSpeech()
  const { wish, onChange } = props

  return (
    <details className="small bench-params">
      <summary>{t('bench.send.params')}</summary>
      <div className="bench-pair">
        <TextField
          label={t('bench.send.chunk')}
          explain={t('bench.param.chunkBytes')}
          type="number"
          min={5}
          max={50}
          value={wish.chunk}
          onChange={(event) => onChange({ ...wish, chunk: event.target.value })}
        />
        <TextField
          label={t('bench.send.parallel')}
          explain={t('bench.param.parallel')}
          type="number"
          min={1}
          max={8}
          value={wish.parallel}
          onChange={(event) => onChange({ ...wish, parallel: event.target.value })}
        />
      </div>
      <p className="hint">{t('bench.package.limits')}</p>
    </details>
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
  const [isAsking, setAsking] = useState(false)
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
          data-testid="resolve-ask"
        >
          {t('bench.status.refresh')}
        </Button>
      )}
      <div className="row row-wrap">
        <Button
          blocked={number === ''}
          onClick={() => say({ outcome: 'sent', orderNumber: number })}
          data-testid="resolve-sent"
        >
          {t('bench.send.isSent')}
        </Button>
        <Button onClick={() => setAsking(true)} data-testid="resolve-not-sent">
          {t('bench.send.isNotSent')}
        </Button>
      </div>
      {isAsking ? (
        <ConfirmDialog
          title={t('bench.send.notSentTitle')}
          confirm={t('bench.send.notSentTitle')}
          kind="danger"
          testId="not-sent"
          onConfirm={async () => {
            await steps.run('send', () => stepOrder(order.id, 'resolve', { outcome: 'not-sent' }))
          }}
          onClose={() => setAsking(false)}
        >
          <p>{t('bench.send.notSentText')}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  )
}
