import { useId, useState } from 'react'
import { asProblem, type ProblemError } from '../../api/problem.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fault } from '../../components/fault.tsx'

/** A grave decision with a reason that is shown for ever: void an envelope, accept a signature. */
export function ReasonDialog(props: {
  readonly title: string
  readonly text: string
  readonly label: string
  readonly confirm: string
  readonly kind: 'danger' | 'primary'
  readonly testId: string
  readonly onConfirm: (reason: string) => Promise<void>
  readonly onClose: () => void
}) {
  const { t } = useAppSpeech()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const id = useId()
  const confirm = async () => {
    if (reason.trim() === '') {
      setMissing(true)
      document.getElementById(id)?.focus()

      return
    }

    setBusy(true)
    setProblem(undefined)

    try {
      await props.onConfirm(reason.trim())
      props.onClose()
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={props.title}
      onClose={props.onClose}
      testId={props.testId}
      foot={
        <>
          <Button data-safe onClick={props.onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            kind={props.kind}
            busy={isBusy}
            onClick={() => void confirm()}
            data-testid={`${props.testId}-confirm`}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      <p>{props.text}</p>
      <div>
        <label className="label" htmlFor={id}>
          {props.label}
        </label>
        <textarea
          id={id}
          className="textarea"
          maxLength={500}
          value={reason}
          aria-invalid={isMissing && reason.trim() === ''}
          aria-describedby={`${id}-note`}
          onChange={(event) => setReason(event.target.value)}
        />
        <p id={`${id}-note`} className="field-error">
          {isMissing && reason.trim() === '' ? t('reason.missing') : null}
        </p>
      </div>
      {problem === undefined ? null : <Fault problem={problem} />}
    </Dialog>
  )
}
