import type { SigningState } from '../api/types.ts'
import type { SealState } from '../seal/table.ts'

export type StepLook = 'done' | 'now' | 'todo' | 'broken'

const plain: Partial<Record<SigningState, number>> = {
  sent: 1,
  viewed: 2,
  received: 3,
  held: 3,
  signed: 4,
}

/** What a bar of steps may show, in its order. */
export const signingSteps = ['sent', 'opened', 'signing', 'checked'] as const
export type SigningStep = (typeof signingSteps)[number]

/**
 * The steps sent → opened → signing → checked. What is under way is hatched: after "opened" the signing
 * itself, after a signature came the check of it. A service that never tells of the opening has three.
 */
export function stepLooks(
  state: SealState,
  { isOpeningUntold = false }: { readonly isOpeningUntold?: boolean | undefined } = {},
): readonly { readonly step: SigningStep; readonly look: StepLook }[] {
  return signingSteps
    .map((step, index) => ({ step, look: lookOf(state, index) }))
    .filter(({ step }) => !(isOpeningUntold && step === 'opened'))
}

function lookOf(state: SealState, index: number): StepLook {
  if (state === 'mismatch') return index < 2 ? 'done' : index === 2 ? 'broken' : 'todo'

  const done = plain[state as SigningState] ?? 0
  const hasNow = state === 'viewed' || state === 'received' || state === 'held'

  return index < done ? 'done' : index === done && hasNow ? 'now' : 'todo'
}

/** The steps as a bar, with their words below. */
export function StepBar(props: {
  readonly steps: readonly { readonly look: StepLook; readonly word: string }[]
  readonly label: string
}) {
  const { steps } = props
  const isDone = steps.every(({ look }) => look === 'done')

  return (
    <div className="step-bar" data-testid="steps">
      <div
        className={isDone ? 'step-line step-line-done' : 'step-line'}
        role="img"
        aria-label={props.label}
      >
        {steps.map(({ word, look }) => (
          <i key={word} className={`step-${look}`} />
        ))}
      </div>
      <div className="step-words" aria-hidden="true">
        {steps.map(({ word }) => (
          <span key={word}>{word}</span>
        ))}
      </div>
    </div>
  )
}
