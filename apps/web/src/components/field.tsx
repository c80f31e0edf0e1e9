import { type ReactNode, useId } from 'react'
import { Icon } from './icon.tsx'

/** What a control must carry, so that label, hint and error belong to it. */
export type FieldLinks = {
  readonly id: string
  readonly 'aria-invalid': boolean
  readonly 'aria-describedby': string
}

/** A label, its control, the hint and the error below it. */
export function Field(props: {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly children: (links: FieldLinks) => ReactNode
}) {
  const id = useId()

  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {props.label}
      </label>
      {props.children({
        id,
        'aria-invalid': props.error !== undefined,
        'aria-describedby': `${id}-hint ${id}-error`,
      })}
      <p className="hint" id={`${id}-hint`}>
        {props.hint}
      </p>
      <p className="field-error" id={`${id}-error`}>
        {props.error === undefined ? null : (
          <>
            <Icon name="warn" />
            <span>{props.error}</span>
          </>
        )}
      </p>
    </div>
  )
}
