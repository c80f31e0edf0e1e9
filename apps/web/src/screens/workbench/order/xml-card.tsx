import { useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { formatXml } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Fault } from '../../../components/fault.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import type { XmlEditor as Editor } from '../editor/create-editor.ts'
import { EditorBar, type EditorView } from '../editor/editor-bar.tsx'
import { FaultList } from '../editor/fault-list.tsx'
import { RecipientPreview } from '../editor/recipient-preview.tsx'
import { SchemaPicker } from '../editor/schema-choice.tsx'
import { XmlEditor } from '../editor/xml-editor.tsx'
import { XmlForm } from '../editor/xml-form.tsx'
import { XmlPreview } from '../editor/xml-preview.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'
import { PartFault } from './part-fault.tsx'
import { TemplateDialog } from './template-dialog.tsx'
import type { OrderSteps } from './use-order-steps.ts'
import { isOpen, type XmlDraft } from './use-xml-draft.ts'

/** The request file: written, looked at, checked under its schema, kept as a template. */
export function XmlCard(props: {
  readonly order: BenchOrderDetail
  readonly draft: XmlDraft
  readonly steps: OrderSteps
  /** Ctrl+Enter. */
  readonly onSend: () => void
}) {
  const { t } = useBenchSpeech()
  const words = useFaultWords()
  const { order, draft, steps } = props
  const [view, setView] = useState<EditorView>('code')
  const [editor, setEditor] = useState<Editor | undefined>()
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const [isKeeping, setKeeping] = useState(false)
  const isFixed = !isOpen(order)
  const format = async () => {
    setProblem(undefined)

    try {
      draft.setText(await formatXml(draft.text))
    } catch (error) {
      setProblem(asProblem(error))
    }
  }

  return (
    <section className="card" aria-labelledby="xml-title">
      <EditorBar
        title={order.mainFile}
        titleId="xml-title"
        view={view}
        isFixed={isFixed}
        onView={setView}
        onFormat={() => void format()}
        onFold={() => editor?.foldAll()}
        onUnfold={() => editor?.unfoldAll()}
      >
        <SchemaPicker
          choice={draft.choice}
          hasService={draft.schema !== undefined}
          onChoose={draft.choose}
        />
      </EditorBar>
      {problem === undefined ? null : (
        <div className="card-body">
          <Fault problem={problem} text={words(problem)} />
        </div>
      )}
      <PartFault part="xml" steps={steps} />
      {draft.isLoaded ? (
        <div hidden={view !== 'code'}>
          <XmlEditor
            label={t('bench.xml.label', { name: order.mainFile })}
            text={draft.text}
            faults={draft.check.faults}
            isReadOnly={isFixed}
            onChange={draft.setText}
            onSave={() => void draft.save()}
            onSend={props.onSend}
            onReady={setEditor}
          />
        </div>
      ) : (
        <SkeletonRows />
      )}
      {view === 'form' ? (
        <XmlForm text={draft.text} isReadOnly={isFixed} onChange={draft.setText} />
      ) : null}
      {view === 'preview' ? (
        <>
          <RecipientPreview text={draft.text} order={order} />
          <XmlPreview text={draft.text} />
        </>
      ) : null}
      <FaultList
        check={draft.check}
        text={draft.text}
        hasSchema={
          draft.choice === 'service' ? draft.schema !== undefined : draft.choice !== 'none'
        }
        onFix={isFixed ? undefined : draft.setText}
        onGo={(line) => {
          setView('code')
          // The editor takes the focus only once it is shown.
          setTimeout(() => editor?.goTo(line))
        }}
      />
      <div className="card-body card-tail row row-wrap">
        {isFixed ? (
          <span className="small dim">{t('bench.xml.fixed')}</span>
        ) : (
          <Button
            kind={draft.isDirty ? 'primary' : 'plain'}
            busy={steps.busy === 'xml'}
            blocked={!draft.isDirty}
            onClick={() => void draft.save()}
            data-testid="save-xml"
          >
            {t('bench.xml.save')}
          </Button>
        )}
        <Button kind="ghost" onClick={() => setKeeping(true)} data-testid="keep-template">
          {t('bench.xml.keep')}
        </Button>
        {isFixed ? null : (
          <span className="small faint" data-testid="xml-saved">
            {t(draft.isDirty ? 'bench.xml.dirty' : 'bench.xml.clean')}
          </span>
        )}
      </div>
      {isKeeping ? (
        <TemplateDialog order={order} draft={draft} onClose={() => setKeeping(false)} />
      ) : null}
    </section>
  )
}
