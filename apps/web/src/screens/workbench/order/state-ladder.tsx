import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'

/** Statuses of the portal in which an order ends well or badly (spec §4.6). */
const ends: ReadonlySet<number> = new Set([3, 4, 5, 10, 22, 24])

/** From a number to an end, and where the order is: `0 → 17 → 3, 4 or 5`. */
export function StateLadder({ order }: { readonly order: BenchOrderDetail }) {
  const { t } = useBenchSpeech()
  const id = order.portal?.statusId ?? (order.orderNumber === null ? null : 0)
  const isEnd = id !== null && ends.has(id)
  const steps = [
    { key: 'number', text: '0', isHere: id === 0 },
    { key: 'queue', text: '17', isHere: id === 17 },
    { key: 'work', text: '21, 2, 1', isHere: id !== null && id !== 0 && id !== 17 && !isEnd },
    { key: 'end', text: isEnd ? String(id) : '3, 4, 5', isHere: isEnd },
  ] as const

  return (
    <ol className="bench-steps small" data-testid="state-ladder">
      {steps.map(({ key, text, isHere }) => (
        <li key={key} {...(isHere ? { 'aria-current': 'step' as const } : {})}>
          <b className="mono">{text}</b> {t(`bench.ladder.${key}`)}
        </li>
      ))}
    </ol>
  )
}
