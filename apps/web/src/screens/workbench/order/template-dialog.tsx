import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { addService, benchServiceQuery, changeService } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { Fault } from '../../../components/fault.tsx'
import { useToast } from '../../../components/toast.tsx'
import { TextField } from '../field.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'
import { templateOf } from './template-of.ts'
import type { XmlDraft } from './use-xml-draft.ts'

/** Keeps the text of the editor as a template: a service of its own, or a new version of the order's. */
export function TemplateDialog(props: {
  readonly order: BenchOrderDetail
  readonly draft: XmlDraft
  readonly onClose: () => void
}) {
  const { t } = useBenchSpeech()
  const words = useFaultWords()
  const toast = useToast()
  const client = useQueryClient()
  const { order, draft, onClose } = props
  const [name, setName] = useState(order.title)
  const [isNew, setNew] = useState(order.service === null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const keep = async () => {
    setBusy(true)
    setProblem(undefined)
    const settings = {
      name: name.trim(),
      serviceCode: order.serviceCode,
      targetCode: order.targetCode,
      region: order.region,
      mainFile: templateOf(order.mainFile, order),
      template: templateOf(draft.text, order),
      ...(draft.schema === undefined ? {} : { schema: draft.schema }),
    }

    try {
      if (isNew || order.service === null) await addService(settings)
      else {
        await changeService(order.service.id, settings)
        // What was the newest is so no longer; versions by their number stay as they are.
        client.removeQueries({ queryKey: benchServiceQuery(order.service.id, undefined).queryKey })
      }

      await client.invalidateQueries({ queryKey: ['bench', 'services'] })
      toast(t('bench.template.kept'))
      onClose()
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={t('bench.template.title')}
      onClose={onClose}
      testId="template-dialog"
      foot={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            kind="primary"
            busy={isBusy}
            blocked={name.trim() === ''}
            onClick={() => void keep()}
            data-testid="keep-template-confirm"
          >
            {t('bench.template.keep')}
          </Button>
        </>
      }
    >
      <p className="small dim">{t('bench.template.text')}</p>
      <TextField
        label={t('bench.service.name')}
        value={name}
        maxLength={120}
        onChange={(event) => setName(event.target.value)}
      />
      {order.service === null ? null : (
        <fieldset className="stack-tight" aria-label={t('bench.template.title')}>
          <label className="check">
            <input type="radio" name="keep" checked={!isNew} onChange={() => setNew(false)} />
            {t('bench.template.version')}
          </label>
          <label className="check">
            <input type="radio" name="keep" checked={isNew} onChange={() => setNew(true)} />
            {t('bench.template.new')}
          </label>
        </fieldset>
      )}
      {problem === undefined ? null : <Fault problem={problem} text={words(problem)} />}
    </Dialog>
  )
}
