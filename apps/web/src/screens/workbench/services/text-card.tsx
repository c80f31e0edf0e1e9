import { useId, useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { formatXml } from '../../../api/workbench.ts'
import { Fault } from '../../../components/fault.tsx'
import type { XmlEditor as Editor } from '../editor/create-editor.ts'
import { EditorBar, type EditorView } from '../editor/editor-bar.tsx'
import { FaultList } from '../editor/fault-list.tsx'
import { useXmlCheck } from '../editor/use-xml-check.ts'
import { XmlEditor } from '../editor/xml-editor.tsx'
import { XmlForm } from '../editor/xml-form.tsx'
import { XmlPreview } from '../editor/xml-preview.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'

/** Places hold values like those to come, so that a schema does not stumble over them. */
const withSamples = (text: string): string =>
  text
    .replaceAll('{{orderId}}', '1234567890')
    .replaceAll('{{guid}}', '00000000-0000-4000-8000-000000000000')

/** A template or a schema in the editor; a file of the disk can be read into it. */
export function TextCard(props: {
  readonly title: string
  readonly hint: string
  readonly name: 'template' | 'schema'
  readonly text: string
  readonly schema: string | undefined
  readonly onChange: (text: string) => void
}) {
  const { t } = useBenchSpeech()
  const words = useFaultWords()
  const { title, hint, name, text, schema, onChange } = props
  const id = useId()
  const check = useXmlCheck(withSamples(text), schema)
  const [view, setView] = useState<EditorView>('code')
  const [editor, setEditor] = useState<Editor | undefined>()
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const format = async () => {
    setProblem(undefined)

    try {
      onChange(await formatXml(text))
    } catch (error) {
      setProblem(asProblem(error))
    }
  }

  return (
    <section className="card" aria-labelledby={id} data-testid={`${name}-card`}>
      <EditorBar
        title={title}
        titleId={id}
        view={view}
        isFixed={false}
        onView={setView}
        onFormat={() => void format()}
        onFold={() => editor?.foldAll()}
        onUnfold={() => editor?.unfoldAll()}
      />
      <p className="bench-line small dim">
        {hint}{' '}
        <label className="pick">
          <input
            type="file"
            accept=".xml,.xsd,text/xml,application/xml"
            className="sr-only"
            data-testid={`${name}-file`}
            onChange={(event) => {
              void event.target.files?.[0]?.text().then(onChange)
              event.target.value = ''
            }}
          />
          {t('bench.service.fromFile')}
        </label>
      </p>
      {problem === undefined ? null : (
        <div className="card-body">
          <Fault problem={problem} text={words(problem)} />
        </div>
      )}
      <div hidden={view !== 'code'}>
        <XmlEditor
          label={title}
          text={text}
          faults={check.faults}
          isReadOnly={false}
          onChange={onChange}
          onSave={() => {}}
          onReady={setEditor}
        />
      </div>
      {view === 'form' ? <XmlForm text={text} isReadOnly={false} onChange={onChange} /> : null}
      {view === 'preview' ? <XmlPreview text={text} /> : null}
      <FaultList
        text={text}
        onFix={undefined}
        check={check}
        hasSchema={schema !== undefined}
        onGo={(line) => {
          setView('code')
          setTimeout(() => editor?.goTo(line))
        }}
      />
    </section>
  )
}
