import type { BenchOrder, OrderState } from '../../../api/workbench-types.ts'
import type { Tone } from '../../../seal/table.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'

const tones: Readonly<Record<OrderState, Tone>> = {
  reserving: 'live',
  draft: 'neutral',
  sealing: 'warn',
  built: 'neutral',
  sending: 'live',
  unknown: 'warn',
  sent: 'live',
  failed: 'bad',
}

/**
 * Where an order stands, in a word. The portal's own word stands in place of "sent"; it proves nothing and
 * wears no seal.
 */
export function OrderChip({ order }: { readonly order: BenchOrder }) {
  const { t } = useBenchSpeech()
  const { state, portal, isClosed } = order
  const told = state === 'sent' ? portal?.statusName : null

  return (
    <span
      className={`chip bench-chip tone-${isClosed ? 'neutral' : tones[state]}`}
      data-testid="order-state"
      data-state={state}
      data-status={portal?.statusId ?? ''}
    >
      {told ?? t(`bench.state.${state}`)}
    </span>
  )
}
