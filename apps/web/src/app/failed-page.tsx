import { asProblem } from '../api/problem.ts'
import { Fault } from '../components/fault.tsx'

/** A page that broke: cause, next step, never a blank screen. */
export function FailedPage({
  error,
  reset,
}: {
  readonly error: unknown
  readonly reset?: () => void
}) {
  return (
    <main className="main" id="main">
      <Fault problem={asProblem(error)} onRetry={reset ?? (() => location.reload())} />
    </main>
  )
}
