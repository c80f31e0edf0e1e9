import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { historyWords } from './history-words.ts'

/** What happened to the order, newest first. */
export function HistoryCard({ order }: { readonly order: BenchOrderDetail }) {
  const { t, format } = useBenchSpeech()
  const lines = order.history.map((event, index) => ({ event, key: index })).reverse()

  return (
    <section className="card" aria-labelledby="history-title" data-testid="history">
      <header className="card-head">
        <h2 id="history-title">{t('bench.history.title')}</h2>
      </header>
      <ol className="card-body bench-history small">
        {lines.map(({ event, key }) => (
          <li key={key}>
            <time
              className="faint nowrap"
              dateTime={event.at}
              title={format.proofTime(event.at, 'seconds')}
            >
              {format.dateTime(event.at)}
            </time>
            <span className="wrap-anywhere">{historyWords(t, event)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
