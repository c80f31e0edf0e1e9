import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { asProblem } from '../../../api/problem.ts'
import { benchCallQuery, repeatCall } from '../../../api/workbench.ts'
import type { BenchCallDetail } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Fault } from '../../../components/fault.tsx'
import { Note } from '../../../components/note.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { useCopy } from '../../../components/toast.tsx'
import { useAdviceWords } from '../use-advice-words.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'
import { codeOf, curlOf, readable } from './call-lines.ts'
import { CallParams } from './call-params.tsx'
import { CallStatus, Verb } from './call-status.tsx'

/** One call: what was asked, what was answered, what that means and who must act. */
export function CallView(props: {
  readonly id: string
  /** The same call was made again, and stands under this id. */
  readonly onRepeated: (id: string) => void
}) {
  const query = useQuery(benchCallQuery(props.id))

  if (query.isError) {
    return <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  }

  if (query.data === undefined) return <SkeletonRows rows={2} />

  return <Loaded onRepeated={props.onRepeated} call={query.data} />
}

function Loaded(props: {
  readonly call: BenchCallDetail
  readonly onRepeated: (id: string) => void
}) {
  const { t, format } = useBenchSpeech()
  const copy = useCopy()
  const advised = useAdviceWords()
  const { call } = props
  const code = codeOf(call)
  const words = useFaultWords()
  const client = useQueryClient()
  const repeat = useMutation({
    mutationFn: () => repeatCall(call.id),
    onSuccess: async ({ id }) => {
      // A status that was asked for anew stands on the page of its order too.
      await client.invalidateQueries({ queryKey: ['bench'] })
      props.onRepeated(id)
    },
  })

  return (
    <div className="stack-tight small" data-testid="call" data-operation={call.operation}>
      <p className="wrap-anywhere">
        <Verb method={call.method} /> <code>{call.url}</code>
      </p>
      <p className="row row-wrap">
        <CallStatus call={call} />
        <span className="faint">
          {t('bench.call.took', { ms: call.elapsedMs })}, {format.proofTime(call.at, 'seconds')}
        </span>
      </p>
      {call.told === null ? null : (
        <Note kind="warn" code={call.told.code} testId="call-told">
          <b>{t(`bench.call.who.${call.told.action}`)}</b>{' '}
          {advised(call.told.code) ?? <span lang="en">{call.told.advice}</span>}
        </Note>
      )}
      <details>
        <summary>{t('bench.call.request')}</summary>
        <CallParams call={call} />
        <pre className="bench-json">{requestText(call)}</pre>
      </details>
      <details open>
        <summary>
          {t('bench.call.answer')}
          {call.answer.bytes === null ? '' : `, ${format.size(call.answer.bytes)}`}
        </summary>
        {call.answer.text === null ? (
          <p className="faint">{t('bench.call.noText')}</p>
        ) : (
          <pre className="bench-json" data-testid="call-answer">
            {readable(call.answer.text)}
          </pre>
        )}
      </details>
      <div className="row row-wrap">
        <Button size="s" icon="copy" onClick={() => copy(curlOf(call))} data-testid="copy-curl">
          {t('bench.call.curl')}
        </Button>
        {code === undefined ? null : (
          <Button size="s" icon="copy" onClick={() => copy(code)} data-testid="copy-code">
            {t('bench.call.code')}
          </Button>
        )}
        {call.isRepeatable ? (
          <Button
            size="s"
            icon="refresh"
            busy={repeat.isPending}
            onClick={() => repeat.mutate()}
            data-testid="repeat-call"
          >
            {t('bench.call.repeat')}
          </Button>
        ) : null}
      </div>
      {repeat.isError ? (
        <Fault problem={asProblem(repeat.error)} text={words(asProblem(repeat.error))} />
      ) : null}
      <p className="caption faint">{t('bench.call.masked')}</p>
    </div>
  )
}

function requestText({ request }: BenchCallDetail): string {
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`)
  const fields = request.fields.map(({ name, value, contentType }) =>
    contentType === null ? `${name} = ${value}` : `${name} (${contentType}) = ${value}`,
  )
  const file =
    request.file === null
      ? []
      : [`${request.file.name} (${request.file.contentType}) = ${request.file.fileName}`]

  return [
    ...headers,
    '',
    ...fields,
    ...file,
    ...(request.body === null ? [] : [readable(request.body)]),
  ].join('\n')
}
