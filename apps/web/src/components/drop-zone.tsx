import { useAppSpeech } from '../app/use-app-speech.ts'
import { Rich } from '../i18n/text-context.tsx'
import { Icon } from './icon.tsx'

/** Where files are dropped, and the field that is its twin for keyboard and ear. */
export function DropZone(props: {
  /** Files are held over the page. */
  readonly isOver: boolean
  readonly hint: string
  /** Of the zone, which a summary of faults may lead to. */
  readonly id?: string
  readonly testId: string
  readonly onFiles: (files: readonly File[]) => void
}) {
  const { t } = useAppSpeech()
  const { isOver, hint, id, testId, onFiles } = props

  return (
    <div
      className={isOver ? 'drop drop-on' : 'drop'}
      {...(id === undefined ? {} : { id, tabIndex: -1 })}
    >
      <span className="avatar avatar-l" aria-hidden="true">
        <Icon name="upload" size="l" />
      </span>
      <div className="grow">
        <Rich text={t('drop.here')} />{' '}
        <label className="pick">
          <input
            type="file"
            multiple
            className="sr-only"
            aria-describedby={`${testId}-hint`}
            data-testid={testId}
            onChange={(event) => {
              onFiles([...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
          {t('drop.choose')}
        </label>
        <p className="hint" id={`${testId}-hint`}>
          {hint}
        </p>
      </div>
    </div>
  )
}
