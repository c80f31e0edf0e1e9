import { useQuery } from '@tanstack/react-query'
import { benchQuotaQuery } from '../../../api/workbench.ts'
import { Rich } from '../../../i18n/text-context.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** From so few free orders on it is told how many they are. */
const fewOrders = 5

/** How many orders of the service may start now, and when the next one; nothing while there is room. */
export function QuotaNote(props: { readonly account: string; readonly serviceCode: string }) {
  const { t, format } = useBenchSpeech()
  const { data } = useQuery(benchQuotaQuery(props.account, props.serviceCode))

  if (data === undefined || data.free > fewOrders) return null

  return (
    <p className="small" role="status" data-testid="quota" data-free={data.free}>
      {data.free > 0 ? (
        t('bench.quota.free', { count: data.free })
      ) : (
        <Rich
          text={t('bench.quota.full', { time: format.proofTime(data.availableAt, 'seconds') })}
        />
      )}{' '}
      <span className="dim">
        {t('bench.quota.shared', { limit: data.limit, minutes: data.windowSeconds / 60 })}
      </span>
    </p>
  )
}
