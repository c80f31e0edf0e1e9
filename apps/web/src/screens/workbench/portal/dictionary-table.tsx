import { type DictionaryAsk, dictionaryPageSize } from '../../../api/workbench.ts'
import type { DictionaryPage } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'

export type Group = { readonly value: string; readonly title: string }

/** A page of a dictionary; groups open, the way back stands above. */
export function DictionaryTable(props: {
  readonly page: DictionaryPage
  readonly ask: DictionaryAsk
  readonly path: readonly Group[]
  readonly onOpen: (path: readonly Group[]) => void
  readonly onPage: (page: number) => void
}) {
  const { t } = useBenchSpeech()
  const { page, ask, path, onOpen } = props
  const { items, total } = page

  return (
    <section className="card" aria-label={ask.code} data-testid="dictionary">
      <div className="bench-line small row row-wrap" role="status">
        {path.length === 0 ? (
          <b className="mono wrap-anywhere">{ask.code}</b>
        ) : (
          <button type="button" className="link-button mono" onClick={() => onOpen([])}>
            {ask.code}
          </button>
        )}
        {path.map((group, index) => (
          <button
            key={group.value}
            type="button"
            className="link-button"
            onClick={() => onOpen(path.slice(0, index + 1))}
          >
            › {group.title}
          </button>
        ))}
        <span className="grow" />
        <span className="dim">
          {total === null
            ? t('bench.dictionary.shown', { count: items.length })
            : t('bench.dictionary.found', { count: total })}
        </span>
      </div>
      {items.length === 0 ? (
        <p className="card-body small dim">{t('list.nothing')}</p>
      ) : (
        <table className="bench-table">
          <thead>
            <tr>
              <th scope="col">{t('bench.col.value')}</th>
              <th scope="col">{t('bench.col.title')}</th>
              <th scope="col">{t('bench.col.attributes')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.value} data-testid="dictionary-row">
                <th scope="row" className="mono wrap-anywhere">
                  {item.value}
                </th>
                <td className="wrap-anywhere" data-label={t('bench.col.title')}>
                  {item.isLeaf === false ? (
                    <button
                      type="button"
                      className="link-button"
                      onClick={() =>
                        onOpen([...path, { value: item.value, title: item.title ?? item.value }])
                      }
                    >
                      {item.title ?? item.value}
                    </button>
                  ) : (
                    (item.title ?? '—')
                  )}
                </td>
                <td className="caption dim wrap-anywhere" data-label={t('bench.col.attributes')}>
                  {Object.entries(item.attributeValues)
                    .filter(([, value]) => value !== null && value !== '')
                    .map(([name, value]) => `${name}: ${value}`)
                    .join('; ') || '—'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pages {...props} />
    </section>
  )
}

function Pages(props: {
  readonly page: DictionaryPage
  readonly ask: DictionaryAsk
  readonly onPage: (page: number) => void
}) {
  const { t } = useBenchSpeech()
  const { ask, onPage } = props
  const { total, items } = props.page
  const last = total === null ? undefined : Math.max(1, Math.ceil(total / dictionaryPageSize))
  const isLast = last === undefined ? items.length < dictionaryPageSize : ask.page >= last

  if (ask.page === 1 && isLast) return null

  return (
    <nav className="card-body card-tail row row-wrap" aria-label={t('bench.pages')}>
      <Button blocked={ask.page === 1} onClick={() => onPage(ask.page - 1)}>
        {t('bench.pages.back')}
      </Button>
      <span className="small" data-testid="page-number">
        {last === undefined
          ? t('bench.pages.at', { page: ask.page })
          : t('bench.pages.of', { page: ask.page, last })}
      </span>
      <Button blocked={isLast} onClick={() => onPage(ask.page + 1)} data-testid="next-page">
        {t('bench.pages.next')}
      </Button>
    </nav>
  )
}
