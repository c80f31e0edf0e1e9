import { useQuery, useQueryClient } from '@tanstack/react-query'
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

/**
 * Keeps the text of the editor as a template: a new version of that of the order's service, whose name and
 * codes stay, or a service of its own.
 */
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
  // The newest version: the order may have been made from an older one.
  const { data: service, isPending } = useQuery({
    ...benchServiceQuery(order.service?.id ?? '', undefined),
    enabled: order.service !== null,
  })
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const keep = async () => {
    setBusy(true)
    setProblem(undefined)
    const template = templateOf(draft.text, order)

    try {
      if (service !== undefined && !isNew) {
        const { id, name, serviceCode, targetCode, region, mainFile, schema } = service
        await changeService(id, {
          ...{ name, serviceCode, targetCode, region, mainFile, template },
          ...(schema === undefined ? {} : { schema }),
        })
        // What was the newest is so no longer; versions by their number stay as they are.
        client.removeQueries({ queryKey: benchServiceQuery(id, undefined).queryKey })
      } else {
        await addService({
          name: name.trim(),
          serviceCode: order.serviceCode,
          targetCode: order.targetCode,
          region: order.region,
          mainFile: templateOf(order.mainFile, order),
          template,
          ...(draft.schema === undefined ? {} : { schema: draft.schema }),
        })
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
            blocked={isNew ? name.trim() === '' : isPending}
            onClick={() => void keep()}
            data-testid="keep-template-confirm"
          >
            {t('bench.template.keep')}
          </Button>
        </>
      }
    >
      <p className="small dim">{t('bench.template.text')}</p>
      {order.service === null ? null : (
        <fieldset className="stack-tight" aria-label={t('bench.template.title')}>
          <label className="check">
            <input type="radio" name="keep" checked={!isNew} onChange={() => setNew(false)} />
            {t('bench.template.version', { name: service?.name ?? '' })}
          </label>
          <label className="check">
            <input type="radio" name="keep" checked={isNew} onChange={() => setNew(true)} />
            {t('bench.template.new')}
          </label>
        </fieldset>
      )}
      {isNew ? (
        <TextField
          label={t('bench.service.name')}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.target.value)}
        />
      ) : null}
      {problem === undefined ? null : <Fault problem={problem} text={words(problem)} />}
    </Dialog>
  )
}
