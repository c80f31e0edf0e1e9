import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { asProblem, type ProblemError } from '../../api/problem.ts'
import { newIdempotencyKey, request } from '../../api/request.ts'
import type { Envelope } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Icon } from '../../components/icon.tsx'
import { useFileDrop } from '../../components/use-file-drop.ts'
import type { ProviderDescriptor } from '../../services/contract.ts'
import type { FileLimits } from './accept-files.ts'
import { takeFiles } from './carried-files.ts'
import { checkDraft } from './check-draft.ts'
import { departureWords } from './departure-words.ts'
import { DocumentsCard } from './documents-card.tsx'
import { type Draft, emptyDraft, type KeptDraft, suggestTitle, toInput } from './draft.ts'
import { findingWords, serverFindingWords } from './finding-words.ts'
import { PreflightCard } from './preflight-card.tsx'
import { RecipientsCard } from './recipients-card.tsx'
import { mergeServerFindings } from './server-findings.ts'
import { TermsCard } from './terms-card.tsx'
import { totalBytes } from './upload-queue.ts'
import { forgetDraft, useKeptDraft } from './use-kept-draft.ts'
import { usePreflight } from './use-preflight.ts'
import { useUploads } from './use-uploads.ts'

/** One page, three blocks, the pre-flight at the right. Everything is kept as it is typed. */
export function NewEnvelopeForm(props: {
  readonly storageKey: string
  readonly kept: KeptDraft | undefined
  readonly providers: readonly ProviderDescriptor[]
  /** Limits of the services that somebody here is sent to. */
  readonly limitsOf: (chosen: readonly string[]) => FileLimits
}) {
  const { providers } = props
  const { t, format } = useAppSpeech()
  const text = useProviderText()
  const navigate = useNavigate()
  const [typed, setDraft] = useState<Draft>(props.kept?.draft ?? emptyDraft)
  const [isTitleTyped, setTitleTyped] = useState((props.kept?.draft.title ?? '') !== '')
  const limits = props.limitsOf(typed.recipients.map(({ provider }) => provider))
  const uploads = useUploads(props.kept?.files ?? [], limits)
  const draft = isTitleTyped ? typed : { ...typed, title: suggestTitle(uploads.queue) }
  const form = { draft, queue: uploads.queue }
  const keeper = useKeptDraft(props.storageKey, form)
  const isOver = useFileDrop(uploads.add)
  const local = checkDraft({ ...form, providers, now: new Date() })
  const input = useMemo(() => toInput(draft, uploads.queue), [draft, uploads.queue])
  const server = usePreflight(input, input.documents.length > 0 && input.recipients.length > 0)
  const [refused, setRefused] = useState<ProblemError | undefined>()
  const [isSending, setSending] = useState(false)
  const [isTried, setTried] = useState(false)
  const sendKey = useRef(newIdempotencyKey())
  const carried = useRef(false)

  useEffect(() => {
    if (carried.current) return

    carried.current = true
    const files = takeFiles()

    if (files.length > 0) uploads.add(files)
  })

  const rule = (code: string) =>
    draft.recipients
      .map(({ provider }) => text(provider, `plan.${code}`))
      .find((words) => words !== '') ?? ''
  const told = new Set(local.map(({ field }) => field))
  const findings = [
    ...local.map((finding) => findingWords(t, finding)),
    ...mergeServerFindings([...server.obstacles, ...(refused?.fields ?? [])], {
      form,
      told,
    }).map((finding) => serverFindingWords(t, finding, { level: 'obstacle', rule })),
    ...mergeServerFindings(server.warnings, { form, told }).map((finding) =>
      serverFindingWords(t, finding, { level: 'warning', rule }),
    ),
    ...departureWords({ t, format, text }, server.dispatches ?? [], {
      recipients: draft.recipients,
      now: new Date(),
    }),
  ]
  const obstacles = findings.filter(({ level }) => level === 'obstacle').length
  const deadlineProblem = local.find(({ field }) => field === 'deadline')?.code
  const change = (next: Draft) => {
    setRefused(undefined)
    setDraft(next)
  }
  const showObstacles = () => {
    setTried(true)
    document.getElementById('preflight-card')?.focus()
  }
  const send = async () => {
    setSending(true)
    setRefused(undefined)

    try {
      const envelope = await request<Envelope>('/v1/envelopes', {
        method: 'POST',
        body: { ...input, send: true },
        idempotencyKey: sendKey.current,
      })
      keeper.stop()
      forgetDraft(props.storageKey)
      await navigate({ to: '/envelopes/$id', params: { id: envelope.id } })
    } catch (error) {
      const problem = asProblem(error)
      // A refused body may be mended and sent anew; a lost answer is asked again with the same key.
      if (problem.status !== 0) sendKey.current = newIdempotencyKey()

      setRefused(problem)
      setSending(false)
      showObstacles()
    }
  }

  return (
    <>
      <div className="page-head">
        <div className="grow">
          <div className="crumbs">
            <Link to="/envelopes">{t('nav.envelopes')}</Link> <Icon name="chevron" />{' '}
            <span>{draftWords(t, format, keeper.savedAt ?? dateOf(props.kept?.savedAt))}</span>
          </div>
          <h1>{t('new.heading')}</h1>
        </div>
      </div>
      <div className="form-grid">
        <div className="stack-loose">
          <DocumentsCard
            title={draft.title}
            onTitle={(title) => {
              setTitleTyped(title !== '')
              change({ ...typed, title })
            }}
            uploads={uploads}
            limits={limits}
            isOver={isOver}
            isBlocked={local.some(
              ({ level, code }) =>
                level === 'obstacle' && (code.startsWith('documents.') || code === 'title.missing'),
            )}
            isTitleMissing={isTried && draft.title.trim() === ''}
          />
          <RecipientsCard
            recipients={draft.recipients}
            providers={providers}
            blocked={
              new Set(
                local.flatMap(({ level, place }) =>
                  level === 'obstacle' && place !== undefined ? [place] : [],
                ),
              )
            }
            showErrors={isTried}
            onChange={(recipients) => change({ ...draft, recipients })}
          />
          <TermsCard
            deadline={draft.deadline}
            problem={
              deadlineProblem === 'deadline.past' || deadlineProblem === 'deadline.unreadable'
                ? deadlineProblem
                : undefined
            }
            onDeadline={(deadline) => change({ ...typed, deadline })}
          />
        </div>
        <aside className="form-aside stack-loose">
          {refused === undefined ? null : <Fault problem={refused} />}
          <PreflightCard
            findings={findings}
            files={{ count: uploads.queue.length, max: limits.maxDocuments }}
            bytes={{ total: totalBytes(uploads.queue), max: limits.maxBytes }}
          />
          <p className="small faint px-1">{t('preflight.promise')}</p>
        </aside>
      </div>
      <div className="send-bar">
        <span className="small dim grow" id="send-reason" role="status">
          {obstacles > 0 ? t('send.blocked', { count: obstacles }) : t('send.free')}
        </span>
        <Button
          kind="primary"
          blocked={obstacles > 0}
          onBlocked={showObstacles}
          busy={isSending}
          aria-describedby="send-reason"
          data-testid="send"
          onClick={() => void send()}
        >
          {draft.recipients.length === 0
            ? t('send.button.none')
            : t('send.button', { count: draft.recipients.length })}
        </Button>
      </div>
    </>
  )
}

const dateOf = (text: string | undefined) =>
  text === undefined || text === '' ? undefined : new Date(text)

function draftWords(
  t: ReturnType<typeof useAppSpeech>['t'],
  format: ReturnType<typeof useAppSpeech>['format'],
  savedAt: Date | undefined,
): string {
  return savedAt === undefined
    ? t('new.draft')
    : t('new.draft.saved', { time: format.clock(savedAt) })
}
