import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { Icon } from '../../../components/icon.tsx'
import { useNow } from '../../../components/use-now.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** All parts of a package must be there this long after the first (spec §3.3), ms. */
const windowMs = 5 * 60_000
/** From then on the time that is left is counted, ms. */
const countedMs = 60_000

/** How the package is cut, and what the portal answered to each part. */
export function PushParts({ order }: { readonly order: BenchOrderDetail }) {
  const { t, format } = useBenchSpeech()
  const { parts } = order

  if (parts.length === 0) return null

  return (
    <div className="small" data-testid="push-parts">
      <p className="faint">{t('bench.send.parts', { count: parts.length })}</p>
      <ol className="bench-parts">
        {parts.map(({ index, size, status, fileName }) => (
          <li key={index} style={{ flexGrow: size }} data-status={status ?? ''} title={fileName}>
            {t('bench.send.part', { index, size: format.size(size) })}
            {status === null ? null : (
              <>
                {' '}
                <b className="mono">{status}</b> {status < 400 ? <Icon name="check" /> : null}
              </>
            )}
          </li>
        ))}
      </ol>
      {order.state === 'sending' && parts.length > 1 ? <TimeLeft order={order} /> : null}
    </div>
  )
}

/** Five minutes are told only when little is left of them. */
function TimeLeft({ order }: { readonly order: BenchOrderDetail }) {
  const { t } = useBenchSpeech()
  const now = useNow(1_000)
  const leftMs = Date.parse(order.since) + windowMs - now.getTime()

  return leftMs > countedMs ? null : (
    <p className="key-bad">
      {t('bench.send.left', { seconds: Math.max(0, Math.ceil(leftMs / 1000)) })}
    </p>
  )
}
