import type { ReactNode } from 'react'
import { Seal } from '../seal/seal.tsx'

/** Says what will be here and gives the one action. */
export function Empty(props: {
  readonly title: string
  readonly text?: string | undefined
  readonly action?: ReactNode
}) {
  return (
    <div className="empty" data-testid="empty">
      <Seal state="draft" size="l" />
      <b>{props.title}</b>
      {props.text === undefined ? null : <p className="small dim">{props.text}</p>}
      {props.action}
    </div>
  )
}
