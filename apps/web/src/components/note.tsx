import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

export type NoteKind = 'info' | 'warn' | 'bad' | 'ok'

const icons: Readonly<Record<NoteKind, IconName>> = {
  info: 'info',
  warn: 'warn',
  bad: 'warn',
  ok: 'check',
}

/** What happened and what to do next, in its own place on the page. */
export function Note(props: {
  readonly kind?: NoteKind
  readonly icon?: IconName
  readonly children: ReactNode
  /** Code and request id: last, small, selectable. */
  readonly code?: string | undefined
  readonly actions?: ReactNode
  readonly testId?: string
}) {
  const { kind = 'info' } = props

  return (
    <div
      className={kind === 'info' ? 'note' : `note note-${kind}`}
      {...(kind === 'bad' ? { role: 'alert' } : {})}
      data-testid={props.testId}
    >
      <Icon name={props.icon ?? icons[kind]} />
      <div className="grow">
        {props.children}{' '}
        {props.code === undefined ? null : <span className="code-line">{props.code}</span>}
        {props.actions === undefined ? null : <div className="note-actions">{props.actions}</div>}
      </div>
    </div>
  )
}
