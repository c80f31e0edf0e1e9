import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { asProblem, type ProblemError } from '../../api/problem.ts'
import { envelopeQuery, journalQuery, sessionQuery } from '../../api/queries.ts'
import { newIdempotencyKey, request } from '../../api/request.ts'
import type { Envelope, Signing } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { FailingNote } from '../../app/failing-note.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useTitle } from '../../app/use-title.ts'
import { Fault } from '../../components/fault.tsx'
import { Note } from '../../components/note.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { useNow } from '../../components/use-now.ts'
import { Rich } from '../../i18n/text-context.tsx'
import { signingEnds } from '../../seal/table.ts'
import { ownWords, type ServiceText } from '../../services/service-words.ts'
import { DocumentsCard, EvidenceCard } from './documents-card.tsx'
import { EnvelopeHead } from './envelope-head.tsx'
import { JournalCard } from './journal-card.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { SaidPanel } from './said-panel.tsx'
import { SigningExtra } from './signing-extra.tsx'
import { SigningsCard } from './signings-card.tsx'
import { useEnvelopeLive } from './use-envelope-live.ts'

/** The truth about one sending. */
export function EnvelopeScreen() {
  const { id } = useParams({ from: '/shell/envelopes/$id' })
  const query = useQuery(envelopeQuery(id))
  const live = useEnvelopeLive(id, query.data)
  const { t } = useAppSpeech()
  useTitle(query.data?.title ?? t('nav.envelopes'))

  if (query.isPending) {
    return (
      <section className="card">
        <SkeletonRows />
      </section>
    )
  }

  if (query.isError) {
    return <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  }

  return <Loaded envelope={query.data} live={live} />
}

function Loaded(props: {
  readonly envelope: Envelope
  readonly live: ReturnType<typeof useEnvelopeLive>
}) {
  const { envelope, live } = props
  const { t, format } = useAppSpeech()
  const client = useQueryClient()
  const text = useProviderText()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const journal = useQuery(journalQuery(envelope.id, envelope.version))
  const now = useNow(30_000)
  const [isVoiding, setVoiding] = useState(false)
  const [accepting, setAccepting] = useState<Signing | undefined>()
  const [busy, setBusy] = useState<string | undefined>()
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const call = async (path: string, options: { body?: unknown; key?: string }) => {
    const next = await request<Envelope | undefined>(path, {
      method: 'POST',
      body: options.body ?? {},
      idempotencyKey: options.key ?? newIdempotencyKey(),
    })

    if (next === undefined) await client.invalidateQueries({ queryKey: ['envelope', envelope.id] })
    else client.setQueryData(envelopeQuery(envelope.id).queryKey, next)
  }
  const act = async (name: string, path: string, key?: string) => {
    setBusy(name)
    setProblem(undefined)

    try {
      await call(path, key === undefined ? {} : { key })
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(undefined)
    }
  }

  return (
    <>
      <EnvelopeHead
        envelope={envelope}
        now={now}
        isSending={busy === 'send'}
        onSend={() => void act('send', `/v1/envelopes/${envelope.id}/send`)}
        onVoid={() => setVoiding(true)}
      />
      <div className="stack page-notes">
        {live.isStale ? (
          <Note kind="warn" icon="refresh" testId="stale">
            <Rich text={t('live.lost', { time: format.clock(live.freshAt) })} />
          </Note>
        ) : null}
        {envelope.state === 'sent' ? <FailingNote providers={openProviders(envelope)} /> : null}
        {problem === undefined ? null : <Fault problem={problem} />}
      </div>
      <div className="envelope-grid">
        <div className="stack-loose">
          <SigningsCard
            envelope={envelope}
            freshAt={live.freshAt}
            pressed={live.pressed}
            extra={(signing, isFirstOpen) => (
              <>
                <SaidPanel signing={signing} events={journal.data?.items ?? []} />
                <SigningExtra
                  signing={signing}
                  isFirstOpen={isFirstOpen}
                  role={session.user.role}
                  phoneUrl={session.sandbox?.phoneUrl}
                  isBusy={busy === signing.id}
                  onRenew={(requestId) =>
                    void act(signing.id, `/v1/signings/${signing.id}/renew`, `renew:${requestId}`)
                  }
                  onAccept={() => setAccepting(signing)}
                  onVoid={() => setVoiding(true)}
                  onSendAgain={(requestId) =>
                    call(`/v1/requests/${requestId}/resolve`, { body: { to: 'absent' } })
                  }
                />
              </>
            )}
          />
          <DocumentsCard envelope={envelope} />
        </div>
        <aside className="stack-loose">
          <EvidenceCard envelope={envelope} />
          {journal.isError ? (
            <Fault problem={asProblem(journal.error)} onRetry={() => void journal.refetch()} />
          ) : null}
          {journal.data === undefined ? null : (
            <JournalCard envelope={envelope} journal={journal.data} self={session.user} />
          )}
        </aside>
      </div>
      {isVoiding ? (
        <ReasonDialog
          title={t('void.title')}
          text={[
            t('void.text', { title: envelope.title }),
            ...voidNotes(envelope, text, format),
          ].join(' ')}
          label={t('void.reason')}
          confirm={t('void.title')}
          kind="danger"
          testId="void-dialog"
          onClose={() => setVoiding(false)}
          onConfirm={(reason) => call(`/v1/envelopes/${envelope.id}/void`, { body: { reason } })}
        />
      ) : null}
      {accepting === undefined ? null : (
        <ReasonDialog
          title={t('accept.title')}
          text={t('accept.text', { name: accepting.recipient.name })}
          label={t('accept.reason')}
          confirm={t('accept.title')}
          kind="danger"
          testId="accept-dialog"
          onClose={() => setAccepting(undefined)}
          onConfirm={(reason) => call(`/v1/signings/${accepting.id}/accept`, { body: { reason } })}
        />
      )}
    </>
  )
}

/** Services of the signings that are not over. */
function openProviders({ signings }: Envelope): ReadonlySet<string> {
  return new Set(
    signings
      .filter(({ state }) => !signingEnds.has(state))
      .flatMap(({ methods }) => methods.map(({ provider }) => provider)),
  )
}

/** What a service says of a request that it does not take back. */
function voidNotes(
  { signings }: Envelope,
  text: ServiceText,
  format: ReturnType<typeof useAppSpeech>['format'],
): readonly string[] {
  const notes = signings
    .filter(({ state }) => !signingEnds.has(state))
    .flatMap(({ requests }) => requests)
    .flatMap(({ provider, state, window }) =>
      state !== 'open' || window === undefined
        ? []
        : (ownWords(
            text,
            { provider, key: 'void.note' },
            { time: format.proofTime(window.expiresAt) },
          ) ?? []),
    )

  return [...new Set(notes)]
}
