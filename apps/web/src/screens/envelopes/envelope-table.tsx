import type { EnvelopeSummary } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useNow } from '../../components/use-now.ts'
import { EnvelopeRow } from './envelope-row.tsx'

/**
 * Rows of the list. Above 200 the browser lays out only what is near the window
 * (`content-visibility`), so that scrolling stays smooth. Below 860 px each row is a card.
 */
export function EnvelopeTable(props: {
  readonly rows: readonly EnvelopeSummary[]
  readonly changed: ReadonlySet<string>
  readonly onInside: (isInside: boolean) => void
}) {
  const { t } = useAppSpeech()
  const now = useNow(20_000)
  const isLong = props.rows.length > 200

  return (
    <table
      className={isLong ? 'list list-long' : 'list'}
      onPointerEnter={() => props.onInside(true)}
      onPointerLeave={() => props.onInside(false)}
      onFocus={() => props.onInside(true)}
      onBlur={() => props.onInside(false)}
    >
      <thead>
        <tr className="list-head">
          <th scope="col" className="col-seal">
            <span className="sr-only">{t('col.seal')}</span>
          </th>
          <th scope="col" className="col-name">
            {t('col.envelope')}
          </th>
          <th scope="col" className="col-signers">
            {t('col.signers')}
          </th>
          <th scope="col" className="col-state">
            {t('col.state')}
          </th>
          <th scope="col" className="col-action">
            <span className="sr-only">{t('col.action')}</span>
          </th>
          <th scope="col" className="col-due">
            {t('col.due')}
          </th>
          <th scope="col" className="col-changed">
            {t('col.changed')}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map((envelope) => (
          <EnvelopeRow
            key={envelope.id}
            envelope={envelope}
            now={now}
            isChanged={props.changed.has(envelope.id)}
          />
        ))}
      </tbody>
    </table>
  )
}
