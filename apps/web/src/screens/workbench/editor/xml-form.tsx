import { useMemo } from 'react'
import { Note } from '../../../components/note.tsx'
import { TextField } from '../field.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { fillField, formFields } from './form-fields.ts'
import { outlineXml } from './outline.ts'

const shownAtMost = 300

/** The same data as fields: each value of the document under its name; all else of the text stays. */
export function XmlForm(props: {
  readonly text: string
  readonly isReadOnly: boolean
  readonly onChange: (text: string) => void
}) {
  const { t } = useBenchSpeech()
  const { text, isReadOnly, onChange } = props
  const isReadable = useMemo(() => outlineXml(text) !== undefined, [text])
  const fields = useMemo(() => (isReadable ? formFields(text) : []), [text, isReadable])

  if (!isReadable) {
    return (
      <div className="card-body">
        <Note kind="warn">{t('bench.preview.unreadable')}</Note>
      </div>
    )
  }

  return (
    <div className="card-body bench-form-view" data-testid="xml-form">
      {fields.slice(0, shownAtMost).map((field, index) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: a value is where it stands in the text
          key={index}
          label={field.path.slice(1).join(' › ') || (field.path[0] ?? '')}
          value={field.value}
          readOnly={isReadOnly}
          onChange={(event) => onChange(fillField(text, field, event.target.value))}
        />
      ))}
    </div>
  )
}
