import { useId, useState } from 'react'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'

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
  const { text, label, onConfirm, ...dialog } = props
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const id = useId()
  const isEmpty = reason.trim() === ''
  const mayConfirm = () => {
    if (!isEmpty) return true

    setMissing(true)
    document.getElementById(id)?.focus()

    return false
  }

  return (
    <ConfirmDialog {...dialog} mayConfirm={mayConfirm} onConfirm={() => onConfirm(reason.trim())}>
      <p>{text}</p>
      <div>
        <label className="label" htmlFor={id}>
          {label}
        </label>
        <textarea
          id={id}
          className="textarea"
          maxLength={500}
          value={reason}
          aria-invalid={isMissing && isEmpty}
          aria-describedby={`${id}-note`}
          onChange={(event) => setReason(event.target.value)}
        />
        <p id={`${id}-note`} className="field-error">
          {isMissing && isEmpty ? t('reason.missing') : null}
        </p>
      </div>
    </ConfirmDialog>
  )
}
