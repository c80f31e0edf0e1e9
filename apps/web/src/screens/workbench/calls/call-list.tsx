import type { BenchCall } from '../../../api/workbench-types.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { CallStatus, Verb } from './call-status.tsx'

/** Calls, newest first; the chosen one is marked. */
export function CallList(props: {
  readonly calls: readonly BenchCall[]
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}) {
  const { t, format } = useBenchSpeech()

  return (
    <ul className="bench-calls small">
      {props.calls.map((call) => (
        <li key={call.id} data-testid="call-line" data-operation={call.operation}>
          <button
            type="button"
            className="bench-call-line"
            aria-pressed={props.chosen === call.id}
            onClick={() => props.onChoose(call.id)}
          >
            <Verb method={call.method} />
            <span className="grow wrap-anywhere">{t(`bench.op.${call.operation}`)}</span>
            <CallStatus call={call} />
            <time className="faint nowrap" dateTime={call.at}>
              {format.clock(new Date(call.at))}
            </time>
          </button>
        </li>
      ))}
    </ul>
  )
}
