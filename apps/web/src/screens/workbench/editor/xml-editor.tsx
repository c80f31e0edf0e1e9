import { useEffect, useId, useRef, useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import type { XmlFault } from '../../../api/workbench-types.ts'
import { Fault } from '../../../components/fault.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import type { XmlEditor as Editor } from './create-editor.ts'
import { editorPhrases } from './editor-phrases.ts'
import { faultSentence } from './fault-words.ts'

type Place = { readonly line: number; readonly column: number }

/**
 * XML with highlighting, folding and faults at their lines. The library comes when the editor is first
 * shown. `onReady` gives the handle that other controls of the screen use.
 */
export function XmlEditor(props: {
  readonly label: string
  readonly text: string
  readonly faults: readonly XmlFault[]
  readonly isReadOnly: boolean
  readonly onChange: (text: string) => void
  readonly onSave: () => void
  readonly onSend?: () => void
  readonly onReady: (editor: Editor | undefined) => void
}) {
  const { t, format } = useBenchSpeech()
  const box = useRef<HTMLDivElement>(null)
  const foot = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  const [editor, setEditor] = useState<Editor | undefined>()
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const [place, setPlace] = useState<Place>({ line: 1, column: 1 })
  const hint = useId()
  const { label, text, faults, isReadOnly } = props

  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    const parent = box.current
    let made: Editor | undefined
    let isGone = false

    if (parent === null) return

    import('./create-editor.ts')
      .then(({ createEditor }) => {
        if (isGone) return

        made = createEditor({
          parent,
          text: latest.current.text,
          label,
          describedBy: hint,
          phrases: editorPhrases(t),
          isReadOnly: latest.current.isReadOnly,
          onChange: (next) => latest.current.onChange(next),
          onSave: () => latest.current.onSave(),
          onSend: () => latest.current.onSend?.(),
          onLeave: () => foot.current?.focus(),
          onPlace: setPlace,
        })
        setEditor(made)
        latest.current.onReady(made)
      })
      .catch((error: unknown) => setProblem(asProblem(error)))

    return () => {
      isGone = true
      made?.destroy()
      setEditor(undefined)
      latest.current.onReady(undefined)
    }
    // Another language makes the editor anew: its own parts speak too.
  }, [label, hint, t])

  useEffect(() => editor?.setText(text), [editor, text])
  useEffect(() => editor?.setReadOnly(isReadOnly), [editor, isReadOnly])
  useEffect(
    () =>
      editor?.setFaults(faults.map((fault) => ({ ...fault, message: faultSentence(t, fault) }))),
    [editor, faults, t],
  )

  return (
    <>
      {problem === undefined ? null : <Fault problem={problem} />}
      {editor === undefined && problem === undefined ? <SkeletonRows /> : null}
      <div
        ref={box}
        className="bench-editor"
        data-testid="xml-editor"
        hidden={editor === undefined}
      />
      <div ref={foot} className="bench-editor-foot caption faint" tabIndex={-1}>
        <span>{t('bench.xml.place', { line: place.line, column: place.column })}</span>
        <span id={hint}>
          {t('bench.xml.leave')}
          {props.onSend === undefined ? null : `; ${t('bench.xml.keys')}`}
        </span>
        <span className="grow" />
        <span>UTF-8, {format.size(new TextEncoder().encode(text).length)}</span>
      </div>
    </>
  )
}
