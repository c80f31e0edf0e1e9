import type { ReactNode } from 'react'
import { Button, IconButton } from '../../../components/button.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'

const views = ['code', 'form', 'preview'] as const
export type EditorView = (typeof views)[number]

/** Above the editor: which file, how it is looked at, formatting and folding. */
export function EditorBar(props: {
  readonly title: string
  readonly titleId: string
  readonly view: EditorView
  readonly isFixed: boolean
  readonly onView: (view: EditorView) => void
  readonly onFormat: () => void
  readonly onFold: () => void
  readonly onUnfold: () => void
  /** Further controls at its end. */
  readonly children?: ReactNode
}) {
  const { t } = useBenchSpeech()
  const { title, titleId, view, isFixed } = props

  return (
    <header className="card-head bench-bar">
      <h2 id={titleId} className="mono wrap-anywhere">
        {title}
      </h2>
      <fieldset className="segments" aria-label={t('bench.view')}>
        {views.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={`${titleId}-view`}
              checked={view === each}
              onChange={() => props.onView(each)}
            />
            {t(`bench.view.${each}`)}
          </label>
        ))}
      </fieldset>
      {view === 'code' ? (
        <>
          <IconButton icon="chevron-up" label={t('bench.xml.fold')} onClick={props.onFold} />
          <IconButton icon="chevron-down" label={t('bench.xml.unfold')} onClick={props.onUnfold} />
        </>
      ) : null}
      {props.children}
      {isFixed ? null : (
        <Button size="s" onClick={props.onFormat} data-testid="format-xml">
          {t('bench.xml.format')}
        </Button>
      )}
    </header>
  )
}
