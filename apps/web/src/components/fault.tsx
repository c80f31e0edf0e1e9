import { faultCode, faultText } from '../api/fault-text.ts'
import type { ProblemError } from '../api/problem.ts'
import { Rich, useSpeech } from '../i18n/text-context.tsx'
import { Button } from './button.tsx'
import { Note } from './note.tsx'

/** A fault of a part, shown in that part: cause, next step, code, request id, retry. */
export function Fault(props: {
  readonly problem: ProblemError
  readonly onRetry?: (() => void) | undefined
  /** Words of the screen itself, when it knows more than the code tells. */
  readonly text?: string | undefined
}) {
  const { t } = useSpeech()
  const { problem, onRetry } = props

  return (
    <Note
      kind="bad"
      code={faultCode(t, problem)}
      testId="fault"
      actions={
        onRetry === undefined ? undefined : (
          <Button size="s" icon="refresh" onClick={onRetry}>
            {t('action.retry')}
          </Button>
        )
      }
    >
      <Rich text={props.text ?? faultText(t, problem)} />
    </Note>
  )
}
