import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { asProblem } from '../../../api/problem.ts'
import {
  benchDictionaryQuery,
  type DictionaryAsk,
  dictionaryPageSize,
} from '../../../api/workbench.ts'
import type { DictionaryPage } from '../../../api/workbench-types.ts'
import { Button } from '../../../components/button.tsx'
import { Fault } from '../../../components/fault.tsx'
import { Icon } from '../../../components/icon.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'

type Item = DictionaryPage['items'][number]

/** A page of a dictionary as a tree: a group is read when it is opened. */
export function DictionaryTable(props: {
  readonly page: DictionaryPage
  readonly ask: DictionaryAsk
  readonly onPage: (page: number) => void
}) {
  const { t } = useBenchSpeech()
  const { page, ask } = props
  const { items, total } = page

  return (
    <section className="card" aria-label={ask.code} data-testid="dictionary">
      <div className="bench-line small row row-wrap" role="status">
        <b className="mono wrap-anywhere">{ask.code}</b>
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
              <th scope="col">{t('bench.col.title')}</th>
              <th scope="col">{t('bench.col.value')}</th>
              <th scope="col">{t('bench.col.attributes')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Branch key={item.value} item={item} ask={ask} depth={0} />
            ))}
          </tbody>
        </table>
      )}
      <Pages {...props} />
    </section>
  )
}

/** An entry, and below it the entries of its group once it is open. */
function Branch(props: {
  readonly item: Item
  readonly ask: DictionaryAsk
  readonly depth: number
}) {
  const { t } = useBenchSpeech()
  const { item, ask, depth } = props
  const [isOpen, setOpen] = useState(false)
  const title = item.title ?? item.value
  // A search shows what it found, wherever it stands.
  const isGroup = item.isLeaf === false && ask.search === ''

  return (
    <>
      <tr data-testid="dictionary-row" data-depth={depth}>
        <th scope="row" className="wrap-anywhere" style={{ paddingLeft: 16 + 20 * depth }}>
          {isGroup ? (
            <button
              type="button"
              className="link-button bench-branch-button"
              aria-expanded={isOpen}
              aria-label={t(isOpen ? 'bench.dictionary.collapse' : 'bench.dictionary.expand', {
                name: title,
              })}
              onClick={() => setOpen(!isOpen)}
              data-testid="dictionary-group"
            >
              <Icon name={isOpen ? 'chevron-down' : 'chevron'} />
              {title}
            </button>
          ) : (
            title
          )}
        </th>
        <td className="mono wrap-anywhere" data-label={t('bench.col.value')}>
          {item.value}
        </td>
        <td className="caption dim wrap-anywhere" data-label={t('bench.col.attributes')}>
          {Object.entries(item.attributeValues)
            .filter(([, value]) => value !== null && value !== '')
            .map(([name, value]) => `${name}: ${value}`)
            .join('; ') || '—'}
        </td>
      </tr>
      {isOpen ? <Children ask={ask} parent={item.value} depth={depth + 1} page={1} /> : null}
    </>
  )
}

/** A page of a group, and the pages behind it as they are asked for. */
function Children(props: {
  readonly ask: DictionaryAsk
  readonly parent: string
  readonly depth: number
  readonly page: number
}) {
  const { t } = useBenchSpeech()
  const { ask, parent, depth, page } = props
  const [isMore, setMore] = useState(false)
  const query = useQuery(benchDictionaryQuery({ ...ask, search: '', parent, page }))
  const { items = [], total = null } = query.data ?? {}
  const isLast =
    total === null ? items.length < dictionaryPageSize : page * dictionaryPageSize >= total

  if (query.isError || query.isPending) {
    return (
      <tr>
        <td colSpan={3}>
          {query.isError ? (
            <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
          ) : (
            <SkeletonRows rows={1} />
          )}
        </td>
      </tr>
    )
  }

  return (
    <>
      {items.map((item) => (
        <Branch key={item.value} item={item} ask={ask} depth={depth} />
      ))}
      {isLast ? null : isMore ? (
        <Children {...props} page={page + 1} />
      ) : (
        <tr>
          <td colSpan={3} style={{ paddingLeft: 16 + 20 * depth }}>
            <Button size="s" onClick={() => setMore(true)}>
              {t('bench.dictionary.more')}
            </Button>
          </td>
        </tr>
      )}
    </>
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
