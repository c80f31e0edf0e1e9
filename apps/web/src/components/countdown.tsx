import { Rich, useSpeech } from '../i18n/text-context.tsx'
import { useNow } from './use-now.ts'

/** Share of a window that is left, 0 to 1. */
export function shareLeft(
  window: { readonly opensAtMs: number; readonly expiresAtMs: number },
  nowMs: number,
) {
  const length = window.expiresAtMs - window.opensAtMs

  return length <= 0 ? 0 : Math.min(1, Math.max(0, (window.expiresAtMs - nowMs) / length))
}

/**
 * Time left of a code as a bar and `4:12`. Screen readers hear it at 60 s and at 10 s only
 * (ui.md §16), never the ticks.
 */
export function Countdown(props: {
  readonly opensAt?: string | undefined
  readonly expiresAt: string
}) {
  const { t, format } = useSpeech()
  const nowMs = useNow(1000).getTime()
  const expiresAtMs = Date.parse(props.expiresAt)
  const opensAtMs = props.opensAt === undefined ? expiresAtMs - 300_000 : Date.parse(props.opensAt)
  const leftMs = Math.max(0, expiresAtMs - nowMs)
  const share = shareLeft({ opensAtMs, expiresAtMs }, nowMs)

  return (
    <div className="countdown">
      <div className={leftMs < 30_000 ? 'bar tone-warn' : 'bar'} aria-hidden="true">
        <i style={{ width: `${(share * 100).toFixed(1)}%` }} />
      </div>
      <span aria-hidden="true">
        {leftMs === 0 ? (
          t('qr.expired')
        ) : (
          <Rich text={t('qr.left', { time: format.countdown(leftMs) })} />
        )}
      </span>
      <span className="sr-only" role="timer" aria-live="polite">
        {spokenLeft(leftMs) === undefined ? '' : t(spokenLeft(leftMs) ?? 'qr.expired')}
      </span>
    </div>
  )
}

function spokenLeft(leftMs: number): 'qr.left.60' | 'qr.left.10' | undefined {
  if (leftMs <= 0) return undefined
  if (leftMs <= 10_000) return 'qr.left.10'

  return leftMs <= 60_000 ? 'qr.left.60' : undefined
}
