import { Link, useNavigate } from '@tanstack/react-router'
import type { Envelope } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button } from '../../components/button.tsx'
import { StatusChip } from '../../components/chip.tsx'
import { Icon } from '../../components/icon.tsx'
import { envelopeSeal } from '../../seal/table.ts'
import { reasonWords } from '../../services/service-words.ts'
import { carryDraft } from '../new-envelope/carried-draft.ts'

const canSendAgain: ReadonlySet<Envelope['state']> = new Set(['declined', 'expired', 'failed'])

/** Title, state and dates of an envelope, and what can be done with the whole of it. */
export function EnvelopeHead(props: {
  readonly envelope: Envelope
  readonly now: Date
  readonly isSending: boolean
  readonly onSend: () => void
  readonly onVoid: () => void
}) {
  const { envelope, now } = props
  const speech = useAppSpeech()
  const { t } = speech
  const text = useProviderText()
  const navigate = useNavigate()
  const seal = envelopeSeal(envelope)
  // What a service said stands in words beside its signing.
  const isCode = envelope.signings.some(({ methods }) =>
    methods.some(({ provider }) => reasonWords(text, provider, envelope.reason) !== undefined),
  )
  const left = envelope.signings.filter(({ state }) => state !== 'signed').length
  const word =
    seal === 'held'
      ? t('state.indeterminate')
      : envelope.state === 'sent' && seal !== 'mismatch' && seal !== 'unknown'
        ? t('row.waiting', { left, of: envelope.signings.length })
        : t(`state.${seal}`)

  return (
    <div className="page-head">
      <div className="grow">
        <div className="crumbs">
          <Link to="/envelopes">{t('nav.envelopes')}</Link> <Icon name="chevron" />{' '}
          <span className="mono caption">{envelope.id}</span>
        </div>
        <div className="row row-wrap title-row">
          <h1>{envelope.title}</h1>
          <StatusChip state={seal} text={word} />
        </div>
        <p className="dim small">{dates(envelope, now, speech)}</p>
        {envelope.reason === undefined || envelope.reason === '' || isCode ? null : (
          <p className="small wrap-anywhere">{t('envelope.reason', { reason: envelope.reason })}</p>
        )}
      </div>
      {envelope.state === 'draft' ? (
        <Button
          kind="primary"
          busy={props.isSending}
          onClick={props.onSend}
          data-testid="send-draft"
        >
          {t('send.button', { count: envelope.signings.length })}
        </Button>
      ) : null}
      {canSendAgain.has(envelope.state) ? (
        <Button
          icon="refresh"
          title={t('again.hint')}
          onClick={() => {
            carryDraft(envelope)
            void navigate({ to: '/envelopes/new' })
          }}
          data-testid="send-again"
        >
          {t('again.open')}
        </Button>
      ) : null}
      {envelope.state === 'sent' || envelope.state === 'draft' ? (
        <Button kind="danger" onClick={props.onVoid} data-testid="void">
          {t('void.open')}
        </Button>
      ) : null}
    </div>
  )
}

function dates(
  envelope: Envelope,
  now: Date,
  { t, format }: ReturnType<typeof useAppSpeech>,
): string {
  const parts = [
    envelope.sentAt === undefined
      ? t('envelope.created', { time: format.dateTime(envelope.createdAt) })
      : t('envelope.sentAt', { time: format.dateTime(envelope.sentAt) }),
  ]

  if (envelope.endedAt !== undefined) {
    parts.push(t('envelope.endedAt', { time: format.dateTime(envelope.endedAt) }))
  }

  if (envelope.deadline !== undefined) {
    parts.push(t('envelope.until', { time: format.proofTime(envelope.deadline) }))
    const days = Math.floor((Date.parse(envelope.deadline) - now.getTime()) / 86_400_000)

    if (envelope.state === 'sent' && days >= 1) parts.push(t('envelope.daysLeft', { count: days }))
  }

  return parts.join(' · ')
}
