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

/**
 * The four steps sent → opened → signing → checked. What is under way is hatched: after "opened" the
 * signing itself, after a signature came the check of it.
 */
export function fourSteps(state: SealState): readonly StepLook[] {
  if (state === 'mismatch') return ['done', 'done', 'broken', 'todo']

  const done = plain[state as SigningState] ?? 0
  const hasNow = state === 'viewed' || state === 'received' || state === 'held'

  return Array.from({ length: 4 }, (_, index) =>
    index < done ? 'done' : index === done && hasNow ? 'now' : 'todo',
  )
}

/** The steps as a bar of four, with their words below. */
export function FourSteps(props: {
  readonly state: SealState
  readonly words: readonly [string, string, string, string]
  readonly label: string
}) {
  const steps = fourSteps(props.state)

  return (
    <div className="four-steps">
      <div
        className={steps.every((step) => step === 'done') ? 'four-bar four-bar-done' : 'four-bar'}
        role="img"
        aria-label={props.label}
      >
        {props.words.map((word, index) => (
          <i key={word} className={`step-${steps[index] ?? 'todo'}`} />
        ))}
      </div>
      <div className="four-words" aria-hidden="true">
        {props.words.map((word) => (
          <span key={word}>{word}</span>
        ))}
      </div>
    </div>
  )
}
