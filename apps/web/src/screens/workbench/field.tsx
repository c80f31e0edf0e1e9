import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes } from 'react'
import { Field } from '../../components/field.tsx'

type Common = {
  readonly label: string
  readonly hint?: string | undefined
  /** What the parameter is and where that is known from; shown while the field has the focus. */
  readonly explain?: string | undefined
  /** What is wrong with the value, in words. */
  readonly error?: string | undefined
}

const hintOf = (hint: string | undefined, explain: string | undefined): ReactNode =>
  explain === undefined ? (
    hint
  ) : (
    <>
      {hint === undefined ? null : <span>{hint}</span>}
      <span className="bench-explain">{explain}</span>
    </>
  )

/** A line of text with its label, its hint and its fault. */
export function TextField(
  props: Common & Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'>,
) {
  const { label, hint, explain, error, ...rest } = props

  return (
    <Field label={label} hint={hintOf(hint, explain)} error={error}>
      {(links) => <input {...rest} {...links} className="input" />}
    </Field>
  )
}

/** A choice of one with its label, its hint and its fault. */
export function SelectField(
  props: Common & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'className'>,
) {
  const { label, hint, explain, error, children, ...rest } = props

  return (
    <Field label={label} hint={hintOf(hint, explain)} error={error}>
      {(links) => (
        <select {...rest} {...links} className="select">
          {children}
        </select>
      )}
    </Field>
  )
}
