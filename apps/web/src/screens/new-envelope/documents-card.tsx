import { useAppSpeech } from '../../app/use-app-speech.ts'
import { DropZone } from '../../components/drop-zone.tsx'
import type { FileLimits } from './accept-files.ts'
import { FileRow } from './file-row.tsx'
import { SectionMark } from './section-mark.tsx'
import type { Uploads } from './use-uploads.ts'

/** First block: the title and the files. Dropping works anywhere on the page; the field is its twin. */
export function DocumentsCard(props: {
  readonly title: string
  readonly onTitle: (title: string) => void
  readonly uploads: Uploads
  readonly limits: FileLimits
  readonly isOver: boolean
  readonly isBlocked: boolean
  readonly isTitleMissing: boolean
}) {
  const { t, format } = useAppSpeech()
  const { uploads } = props
  const ready = uploads.queue.filter(({ phase }) => phase === 'ready').length
  const limit = format.size(props.limits.maxBytes)

  return (
    <section className="card" aria-labelledby="new-documents">
      <header className="card-head">
        <SectionMark number={1} isDone={!props.isBlocked} isTouched={uploads.queue.length > 0} />
        <h2 id="new-documents">{t('new.documents')}</h2>
        {uploads.queue.length === 0 ? null : (
          <span className="small faint">{t('new.ready', { ready, of: uploads.queue.length })}</span>
        )}
      </header>
      <div className="card-body">
        <label className="label" htmlFor="f-title">
          {t('new.title')}
        </label>
        <input
          id="f-title"
          className="input"
          value={props.title}
          maxLength={300}
          aria-invalid={props.isTitleMissing}
          onChange={(event) => props.onTitle(event.target.value)}
        />
        <DropZone
          isOver={props.isOver}
          hint={t('drop.hint', { limit })}
          id="f-documents"
          testId="file-input"
          onFiles={uploads.add}
        />
      </div>
      {uploads.queue.length === 0 ? null : (
        <ul>
          {uploads.queue.map((row) => (
            <FileRow
              key={row.key}
              row={row}
              limit={limit}
              onRemove={() => uploads.remove(row.key)}
              onRetry={() => uploads.retry(row.key)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}
