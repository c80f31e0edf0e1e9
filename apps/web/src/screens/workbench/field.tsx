import type { InputHTMLAttributes, SelectHTMLAttributes } from 'react'
import { Field } from '../../components/field.tsx'

type Common = {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong with the value, in words. */
  readonly error?: string | undefined
}

/** A line of text with its label, its hint and its fault. */
export function TextField(
  props: Common & Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'>,
) {
  const { label, hint, error, ...rest } = props

  return (
    <Field label={label} hint={hint} error={error}>
      {(links) => <input {...rest} {...links} className="input" />}
    </Field>
  )
}

/** A choice of one with its label, its hint and its fault. */
export function SelectField(
  props: Common & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'className'>,
) {
  const { label, hint, error, children, ...rest } = props

  return (
    <Field label={label} hint={hint} error={error}>
      {(links) => (
        <select {...rest} {...links} className="select">
          {children}
        </select>
      )}
    </Field>
  )
}
