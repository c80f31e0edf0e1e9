import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button, IconButton } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { SheetMark } from '../../components/sheet-mark.tsx'
import { useNow } from '../../components/use-now.ts'
import { groupedHash, shortHash } from '../../format/texts.ts'
import { fileWords } from './finding-words.ts'
import { secondsLeft, type UploadRow } from './upload-queue.ts'

/** One file of the envelope: on its way, ready with its digest, or refused with the reason. */
export function FileRow(props: {
  readonly row: UploadRow
  readonly limit: string
  readonly onRemove: () => void
  readonly onRetry: () => void
}) {
  const { t } = useAppSpeech()
  const { row } = props
  const isBad = row.phase === 'refused' || row.phase === 'broken' || row.phase === 'twin'

  return (
    <li
      className={isBad ? 'file file-bad' : 'file'}
      id={`f-${row.key}`}
      tabIndex={-1}
      data-testid="file-row"
      data-phase={row.phase}
    >
      <SheetMark fileName={row.fileName} />
      <div className="grow">
        {row.phase === 'uploading' || row.phase === 'waiting' ? (
          <Moving row={row} />
        ) : (
          <>
            <b className="wrap-anywhere">{row.fileName}</b>
            {isBad ? <BadFile row={row} limit={props.limit} /> : <ReadyFile row={row} />}
          </>
        )}
      </div>
      <div className="row file-acts">
        {row.phase === 'broken' ? (
          <Button size="s" icon="refresh" onClick={props.onRetry}>
            {t('action.retry')}
          </Button>
        ) : null}
        {row.phase === 'ready' && row.document !== undefined ? (
          <a
            className="icon-button"
            href={`/v1/documents/${row.document.id}/content`}
            target="_blank"
            rel="noopener"
            aria-label={t('file.open', { name: row.fileName })}
            title={t('file.open', { name: row.fileName })}
          >
            <Icon name="eye" />
          </a>
        ) : null}
        <IconButton
          icon={row.phase === 'uploading' ? 'cross' : 'trash'}
          label={t(row.phase === 'uploading' ? 'file.cancel' : 'file.remove', {
            name: row.fileName,
          })}
          onClick={props.onRemove}
        />
      </div>
    </li>
  )
}

function ReadyFile({ row }: { readonly row: UploadRow }) {
  const { format } = useAppSpeech()
  const hex = row.sha256 ?? row.document?.sha256 ?? ''

  return (
    <div className="caption faint">
      {format.size(row.size)} ·{' '}
      <span className="mono" title={groupedHash(hex)}>
        SHA-256 {shortHash(hex)}
      </span>
    </div>
  )
}

function BadFile({ row, limit }: { readonly row: UploadRow; readonly limit: string }) {
  const { t } = useAppSpeech()
  const isOurs = row.code?.startsWith('file.') === true || row.code === 'network.lost'

  return (
    <div className="field-error">
      <span>
        {fileWords(t, row, limit)}{' '}
        {isOurs ? null : (
          <span className="code-line">
            {row.code}
            {row.requestId === undefined ? '' : ` · ${t('fault.request', { id: row.requestId })}`}
          </span>
        )}
      </span>
    </div>
  )
}

function Moving({ row }: { readonly row: UploadRow }) {
  const { t, format } = useAppSpeech()
  const now = useNow(1000)
  const left = secondsLeft(row, now.getTime())
  const percent = row.size === 0 ? 0 : Math.floor((row.sentBytes / row.size) * 100)
  const progress = t('file.progress', {
    sent: format.size(row.sentBytes),
    of: format.size(row.size),
  })

  return (
    <>
      <div className="row">
        <b className="cut grow">{row.fileName}</b>
        <span className="caption dim nowrap">
          {progress}
          {left === undefined ? '' : `, ${t('file.left', { seconds: left })}`}
        </span>
      </div>
      <div
        className="bar"
        role="progressbar"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={t('file.uploading', { name: row.fileName })}
      >
        <i style={{ width: `${percent}%` }} />
      </div>
    </>
  )
}
