import { Icon } from '../../components/icon.tsx'

/** Number of a block of the form: a tick when nothing in it stands in the way. */
export function SectionMark(props: {
  readonly number: number
  readonly isDone: boolean
  readonly isTouched: boolean
}) {
  if (props.isDone) {
    return (
      <span className="section-mark section-done" aria-hidden="true">
        <Icon name="check" />
      </span>
    )
  }

  return (
    <span
      className={props.isTouched ? 'section-mark section-blocked' : 'section-mark'}
      aria-hidden="true"
    >
      {props.isTouched ? '!' : props.number}
    </span>
  )
}
