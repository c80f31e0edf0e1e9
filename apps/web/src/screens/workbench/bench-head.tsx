import type { ReactNode } from 'react'

/** Title of a screen with its one sentence and its buttons. */
export function BenchHead(props: {
  readonly title: string
  readonly hint?: string
  readonly children?: ReactNode
}) {
  return (
    <header className="page-head">
      <div className="grow">
        <h1>{props.title}</h1>
        {props.hint === undefined ? null : <p className="dim small">{props.hint}</p>}
      </div>
      {props.children}
    </header>
  )
}
