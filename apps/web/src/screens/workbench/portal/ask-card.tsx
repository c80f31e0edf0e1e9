import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { asProblem } from '../../../api/problem.ts'
import { useTitle } from '../../../app/use-title.ts'
import { Button } from '../../../components/button.tsx'
import { Fault } from '../../../components/fault.tsx'
import type { IconName } from '../../../components/icon.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { BenchHead } from '../bench-head.tsx'
import { AccountPicker } from '../pickers.tsx'
import { useFaultWords } from '../use-fault-words.ts'

/** A question to the portal that belongs to no order: whose access, what is asked, and what came of it. */
export function AskCard(props: {
  /** Name of the tab and of the page. */
  readonly tab: string
  readonly title: string
  readonly hint: string
  readonly account: string
  readonly onAccount: (id: string) => void
  readonly button: { readonly text: string; readonly testId: string; readonly icon?: IconName }
  readonly isReady: boolean
  readonly onAsk: () => void
  /** Whether something was asked yet. */
  readonly isAsked: boolean
  readonly query: Pick<UseQueryResult, 'isFetching' | 'isPending' | 'isError' | 'error' | 'refetch'>
  readonly children: ReactNode
}) {
  const words = useFaultWords()
  const { button, query } = props
  useTitle(props.tab)

  return (
    <>
      <BenchHead title={props.title} hint={props.hint} />
      <form
        className="card bench-ask"
        onSubmit={(event) => {
          event.preventDefault()
          props.onAsk()
        }}
      >
        <div className="card-body bench-ask-body">
          <AccountPicker value={props.account} onChange={props.onAccount} />
          {props.children}
          <Button
            kind="primary"
            icon={button.icon}
            submit
            busy={query.isFetching}
            blocked={props.account === '' || !props.isReady}
            data-testid={button.testId}
          >
            {button.text}
          </Button>
        </div>
      </form>
      {query.isError ? (
        <Fault
          problem={asProblem(query.error)}
          text={words(asProblem(query.error))}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {props.isAsked && query.isPending ? (
        <section className="card">
          <SkeletonRows />
        </section>
      ) : null}
    </>
  )
}
