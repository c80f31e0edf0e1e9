import { type ReactNode, useState } from 'react'
import { asProblem, type ProblemError } from '../api/problem.ts'
import { useSpeech } from '../i18n/text-context.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Fault } from './fault.tsx'

/** A decision that names its object and its consequence; the focus starts on "no". */
export function ConfirmDialog(props: {
  readonly title: string
  readonly confirm: string
  readonly kind: 'danger' | 'primary'
  readonly testId: string
  readonly children: ReactNode
  /** Whether all is there that the decision needs; asked when it is confirmed. */
  readonly mayConfirm?: () => boolean
  readonly onConfirm: () => Promise<void>
  readonly onClose: () => void
}) {
  const { t } = useSpeech()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const confirm = async () => {
    if (props.mayConfirm?.() === false) return

    setBusy(true)
    setProblem(undefined)

    try {
      await props.onConfirm()
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
      {props.children}
      {problem === undefined ? null : <Fault problem={problem} />}
    </Dialog>
  )
}
