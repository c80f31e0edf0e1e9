import { useMemo } from 'react'
import { drawQr } from '../format/qr-matrix.ts'
import { useSpeech } from '../i18n/text-context.tsx'
import { Button } from './button.tsx'

/** A QR code, black on white in both themes. A stale one is pale and offers a new code. */
export function Qr(props: {
  readonly text: string
  readonly label: string
  readonly stale?: boolean
  readonly onRenew?: (() => void) | undefined
  readonly busy?: boolean
}) {
  const { t } = useSpeech()
  const { size, path } = useMemo(() => drawQr(props.text), [props.text])
  const isStale = props.stale === true

  return (
    <div className={isStale ? 'qr qr-stale' : 'qr'} data-testid="qr" data-stale={isStale}>
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={isStale ? t('qr.expired') : props.label}
      >
        <path d={path} fill="#101820" />
      </svg>
      {isStale && props.onRenew !== undefined ? (
        <div className="qr-over">
          <Button
            size="s"
            icon="refresh"
            onClick={props.onRenew}
            busy={props.busy === true}
            data-testid="qr-renew"
          >
            {t('qr.renew')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
