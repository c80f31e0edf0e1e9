import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type BulkAsk, benchStatusesQuery } from '../../../api/workbench.ts'
import type { BulkStatuses } from '../../../api/workbench-types.ts'
import { Note } from '../../../components/note.tsx'
import { TextField } from '../field.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { AskCard } from './ask-card.tsx'
import { moscowDay, readNumbers } from './ask-forms.ts'

/** Statuses of many orders in one answer: of a day, or by their numbers. */
export function StatusesScreen() {
  const { t } = useBenchSpeech()
  const [account, setAccount] = useState('')
  const search = useSearch({ from: '/shell/workbench/statuses' })
  const [by, setBy] = useState<BulkAsk['by']>(search.by ?? 'date')
  const [date, setDate] = useState(() => moscowDay(new Date()))
  const [numbers, setNumbers] = useState('')
  const [ask, setAsk] = useState<BulkAsk | undefined>()
  const query = useQuery(benchStatusesQuery(ask))
  const value = by === 'date' ? date : readNumbers(numbers)
  useEffect(() => setBy(search.by ?? 'date'), [search.by])

  const submit = () => {
    const next: BulkAsk = { account, by, value }

    // The same question again is a wish for a fresh answer.
    if (JSON.stringify(next) === JSON.stringify(ask)) void query.refetch()
    else setAsk(next)
  }

  return (
    <>
      <AskCard
        tab={t('bench.tab.statuses')}
        title={t('bench.statuses.title')}
        hint={t('bench.statuses.hint')}
        account={account}
        onAccount={setAccount}
        button={{ text: t('bench.statuses.ask'), testId: 'ask-statuses' }}
        isReady={value !== ''}
        isAsked={ask !== undefined}
        query={query}
        onAsk={submit}
      >
        <fieldset className="segments" aria-label={t('bench.statuses.by')}>
          {(['date', 'orders'] as const).map((each) => (
            <label key={each}>
              <input type="radio" name="by" checked={by === each} onChange={() => setBy(each)} />
              {t(`bench.statuses.by.${each}`)}
            </label>
          ))}
        </fieldset>
        {by === 'date' ? (
          <TextField
            label={t('bench.statuses.date')}
            explain={t('bench.param.date')}
            type="date"
            required
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        ) : (
          <TextField
            label={t('bench.statuses.numbers')}
            hint={t('bench.statuses.numbersHint')}
            explain={t('bench.param.numbers')}
            value={numbers}
            onChange={(event) => setNumbers(event.target.value)}
          />
        )}
      </AskCard>
      {query.data === undefined ? null : <Answer statuses={query.data} />}
    </>
  )
}

function Answer({ statuses }: { readonly statuses: BulkStatuses }) {
  const { t, format } = useBenchSpeech()
  const { items, isCut } = statuses

  return (
    <section className="card" aria-label={t('bench.statuses.title')} data-testid="statuses">
      <p className="bench-line small" role="status">
        {t('bench.statuses.found', { count: items.length })}
      </p>
      {isCut ? <Note kind="warn">{t('bench.statuses.cut')}</Note> : null}
      {items.length === 0 ? null : (
        <table className="bench-table">
          <thead>
            <tr>
              <th scope="col">{t('bench.col.number')}</th>
              <th scope="col">{t('bench.col.status')}</th>
              <th scope="col">{t('bench.col.changed')}</th>
              <th scope="col">{t('bench.col.order')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.orderNumber} data-testid="bulk-status">
                <th scope="row" className="mono">
                  {item.orderNumber}
                </th>
                <td data-label={t('bench.col.status')}>
                  {item.isFound ? (
                    <>
                      <span className="mono faint">{item.statusId}</span> {item.statusName}
                    </>
                  ) : (
                    t('bench.statuses.notFound')
                  )}
                </td>
                <td className="faint" data-label={t('bench.col.changed')}>
                  {item.updatedAt === null ? '—' : format.proofTime(item.updatedAt)}
                </td>
                <td data-label={t('bench.col.order')}>
                  {item.order === null ? (
                    '—'
                  ) : (
                    <Link to="/workbench/orders/$id" params={{ id: item.order }}>
                      {t('bench.statuses.open')}
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
