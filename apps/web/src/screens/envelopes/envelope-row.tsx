import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { EnvelopeSummary } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Seal } from '../../seal/seal.tsx'
import { sealLooks } from '../../seal/table.ts'
import { dueOf } from './list-order.ts'
import { MiniSeals } from './mini-seals.tsx'
import { rowWords } from './row-words.ts'

/** One envelope in the list. The name is the link; the row itself is no button (ui.md §16). */
export const EnvelopeRow = memo(function EnvelopeRow(props: {
  readonly envelope: EnvelopeSummary
  readonly now: Date
  /** It changed while the list was open: flashes once. */
  readonly isChanged: boolean
}) {
  const { envelope, now } = props
  const { t, format } = useAppSpeech()
  const text = useProviderText()
  const words = rowWords(t, envelope, text)
  const classes = ['list-row']

  if (envelope.needsPerson) classes.push('list-row-look')
  if (props.isChanged) classes.push('list-row-flash')

  const changedAt = envelope.updatedAt ?? envelope.endedAt ?? envelope.sentAt ?? envelope.createdAt
  const due = dueOf(envelope)

  return (
    <tr className={classes.join(' ')} data-testid="envelope-row" data-state={words.seal}>
      <td className="col-seal">
        <Seal state={words.seal} label={t(`state.${words.seal}`)} />
      </td>
      <td className="col-name">
        <Link to="/envelopes/$id" params={{ id: envelope.id }}>
          {envelope.title}
        </Link>
        <span className="faint caption">{t('count.documents', { count: envelope.documents })}</span>
      </td>
      <td className="col-signers">
        <MiniSeals signings={envelope.signings} />
      </td>
      <td className="col-state">
        <b className={`word-${sealLooks[words.seal].tone}`}>{words.state}</b>
        <span className="small dim">{words.why}</span>
      </td>
      <td className="col-action">
        {words.action === undefined ? null : (
          <Link
            to="/envelopes/$id"
            params={{ id: envelope.id }}
            hash={words.action.hash}
            className="button button-s"
          >
            {words.action.text}
          </Link>
        )}
      </td>
      <td className="col-due nowrap">
        {due !== undefined ? (
          <time dateTime={due} title={format.proofTime(due)} data-testid="due">
            {format.shortDay(due)}
            {due === envelope.windowEndsAt ? (
              <span className="faint caption"> {format.clock(due)}</span>
            ) : null}
          </time>
        ) : (
          <span className="faint">–</span>
        )}
      </td>
      <td className="col-changed faint small">
        <time dateTime={changedAt} title={format.proofTime(changedAt)}>
          {format.ago(changedAt, now)}
        </time>
      </td>
    </tr>
  )
})
