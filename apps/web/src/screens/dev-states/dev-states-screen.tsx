import { useState } from 'react'
import { ProblemError } from '../../api/problem.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useTitle } from '../../app/use-title.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { StatusChip } from '../../components/chip.tsx'
import { Countdown } from '../../components/countdown.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Empty } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { Note } from '../../components/note.tsx'
import { Qr } from '../../components/qr.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { StepBar, stepLooks } from '../../components/step-bar.tsx'
import { useToast } from '../../components/toast.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { Seal } from '../../seal/seal.tsx'
import { type SealState, sealLooks } from '../../seal/table.ts'
import { ReportView } from '../verify/report-view.tsx'
import { sampleReport } from './sample-report.ts'

const states = Object.keys(sealLooks) as readonly SealState[]
const lost = new ProblemError({ code: 'network.lost', status: 0, message: 'lost' })
const failed = new ProblemError({
  code: 'server.failed',
  status: 500,
  message: 'failed',
  requestId: 'req_8f1c0d2e',
})

/** Hidden page: every state of every component, for the eye and for the browser tests. */
export function DevStatesScreen() {
  const { t } = useAppSpeech()
  useTitle('dev/states')

  return (
    <div className="stack-loose" data-testid="dev-states">
      <h1>dev/states</h1>
      <section className="card">
        <div className="card-body states-grid">
          {states.map((state) => (
            <div className="row" key={state}>
              <Seal state={state} />
              <code className="mono faint">{state}</code>
              <StatusChip state={state} text={t(`state.${state}`)} />
            </div>
          ))}
        </div>
      </section>
      <Verdicts />
      <div className="states-grid">
        <Notes />
        <Controls />
        <section className="card">
          <Empty title={t('list.empty')} text={t('list.empty.text')} />
        </section>
        <section className="card">
          <SkeletonRows />
        </section>
        <Codes />
      </div>
    </div>
  )
}

function Verdicts() {
  return (
    <>
      {(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED'] as const).map((indication) => (
        <div key={indication}>
          <ReportView
            report={sampleReport(indication)}
            name="sample"
            command="npx muhr verify sample.p7s --trust ROOT.pem --json"
          />
        </div>
      ))}
    </>
  )
}

function Notes() {
  const { t } = useAppSpeech()

  return (
    <div className="stack">
      <Note kind="warn" icon="refresh">
        <Rich text={t('live.lost', { time: '14:05' })} />
      </Note>
      <Note kind="info" icon="clock">
        <Rich text={t('signing.unknown')} />
      </Note>
      <Note kind="ok">
        <Rich text={t('signing.signed', { time: '22.11.2026, 14:06 (МСК)' })} />
      </Note>
      <Fault problem={lost} onRetry={() => {}} />
      <Fault problem={failed} />
    </div>
  )
}

function Controls() {
  const { t } = useAppSpeech()
  const toast = useToast()
  const [isOpen, setOpen] = useState(false)

  return (
    <section className="card">
      <div className="card-body stack">
        <div className="row row-wrap">
          <Button kind="primary" onClick={() => toast(t('toast.copied'))}>
            {t('envelope.copyLink')}
          </Button>
          <Button onClick={() => setOpen(true)}>{t('void.open')}</Button>
          <Button kind="danger">{t('void.open')}</Button>
          <Button kind="primary" busy>
            {t('send.button', { count: 3 })}
          </Button>
          <Button kind="primary" blocked>
            {t('send.button', { count: 3 })}
          </Button>
          <ButtonLink kind="ghost" icon="plus" href="/envelopes/new">
            {t('new.addRecipient')}
          </ButtonLink>
        </div>
        {(['sent', 'viewed', 'received', 'signed', 'mismatch'] as const).map((state) => (
          <StepBar
            key={state}
            steps={stepLooks(state).map(({ step, look }) => ({ look, word: t(`step.${step}`) }))}
            label={t(`state.${state}`)}
          />
        ))}
      </div>
      {isOpen ? (
        <Dialog
          title={t('void.title')}
          onClose={() => setOpen(false)}
          foot={
            <Button data-safe onClick={() => setOpen(false)}>
              {t('action.cancel')}
            </Button>
          }
        >
          <p>{t('void.text', { title: '№ 17' })}</p>
        </Dialog>
      ) : null}
    </section>
  )
}

function Codes() {
  const [start] = useState(() => Date.now())

  return (
    <section className="card">
      <div className="card-body row row-top row-wrap">
        <div className="code-qr stack-tight">
          <Qr text="mobileSign:https://muhr.example/cb/egov-mobile/sample/mgovSign" label="QR" />
          <Countdown
            opensAt={new Date(start - 48_000).toISOString()}
            expiresAt={new Date(start + 252_000).toISOString()}
          />
        </div>
        <div className="code-qr">
          <Qr
            text="mobileSign:https://muhr.example/cb/egov-mobile/sample/mgovSign"
            label="QR"
            stale
            onRenew={() => {}}
          />
        </div>
      </div>
    </section>
  )
}
