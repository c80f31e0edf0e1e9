import type { BenchCall } from '../../../api/workbench-types.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** HTTP status of a call, or that no answer came. */
export function CallStatus({ call }: { readonly call: BenchCall }) {
  const { t } = useBenchSpeech()
  const { status, fault } = call
  const isGood = status !== null && status < 400

  return (
    <span
      className={`bench-call-status mono ${isGood ? 'dim' : 'key-bad'}`}
      data-testid="call-status"
    >
      {status ?? t('bench.call.noAnswer', { fault: fault ?? '' })}
    </span>
  )
}

/** The method, as a small mark before a path. */
export function Verb({ method }: { readonly method: string }) {
  return <span className={`bench-verb bench-verb-${method.toLowerCase()}`}>{method}</span>
}
