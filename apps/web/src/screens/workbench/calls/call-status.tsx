import type { BenchCall } from '../../../api/workbench-types.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** HTTP status of a call, or that no answer came. */
export function CallStatus(props: {
  readonly call: BenchCall
  /** Where there is no room for why no answer came: the words are read out, and stand on hovering. */
  readonly isShort?: boolean
}) {
  const { t } = useBenchSpeech()
  const { call, isShort = false } = props
  const { status, fault } = call
  const isGood = status !== null && status < 400

  return (
    <span
      className={`bench-call-status mono ${isGood ? 'dim' : 'key-bad'}`}
      data-testid="call-status"
    >
      {status ??
        (isShort ? (
          <>
            <span aria-hidden="true" title={t('bench.call.noAnswer', { fault: fault ?? '' })}>
              ×
            </span>
            <span className="sr-only">{t('bench.call.noAnswer', { fault: fault ?? '' })}</span>
          </>
        ) : (
          t('bench.call.noAnswer', { fault: fault ?? '' })
        ))}
    </span>
  )
}

/** The method, as a small mark before a path. */
export function Verb({ method }: { readonly method: string }) {
  return <span className={`bench-verb bench-verb-${method.toLowerCase()}`}>{method}</span>
}
