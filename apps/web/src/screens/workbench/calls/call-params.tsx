import type { BenchCallDetail } from '../../../api/workbench-types.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { paramsOf } from './param-list.ts'

/** The parameters of a call, each with what it is and where that is known from. */
export function CallParams({ call }: { readonly call: BenchCallDetail }) {
  const { t } = useBenchSpeech()
  const params = paramsOf(call)

  if (params.length === 0) return null

  return (
    <dl className="bench-call-params" aria-label={t('bench.call.params')} data-testid="call-params">
      {params.map(({ name, value, key }) => (
        <div key={name}>
          <dt className="mono">{name}</dt>
          <dd>
            <span className="mono wrap-anywhere">{value}</span>
            {key === undefined ? null : (
              <span className="caption dim">{t(key as 'bench.arg.meta')}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
