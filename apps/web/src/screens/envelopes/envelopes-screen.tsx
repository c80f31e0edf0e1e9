import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { asProblem } from '../../api/problem.ts'
import { countsQuery, envelopesQuery } from '../../api/queries.ts'
import type { EnvelopeCounts } from '../../api/types.ts'
import { useLive } from '../../api/use-live.ts'
import { FailingNote } from '../../app/failing-note.tsx'
import { useWaiting } from '../../app/shell.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useTitle } from '../../app/use-title.ts'
import { Button } from '../../components/button.tsx'
import { Empty } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { Icon } from '../../components/icon.tsx'
import { useSay } from '../../components/live-region.tsx'
import { Note } from '../../components/note.tsx'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { useFileDrop } from '../../components/use-file-drop.ts'
import { Rich } from '../../i18n/text-context.tsx'
import { keepFiles } from '../new-envelope/carried-files.ts'
import { EnvelopeTable } from './envelope-table.tsx'
import { ListSearchField, ListTabs } from './list-filters.tsx'
import { useSteadyList } from './use-steady-list.ts'

/** The list: see what needs a person, watch the rest. */
export function EnvelopesScreen() {
  const { t, format } = useAppSpeech()
  const search = useSearch({ from: '/shell/envelopes' })
  const client = useQueryClient()
  const navigate = useNavigate()
  const say = useSay()
  const query = useInfiniteQuery(envelopesQuery(search))
  const waiting = useWaiting()
  useTitle(t('nav.envelopes'), waiting)
  const live = useLive('/v1/envelopes/stream', {
    events: ['changed'],
    onMessages: (messages) => {
      void client.invalidateQueries({ queryKey: ['envelopes'] })
      void client.invalidateQueries({ queryKey: countsQuery.queryKey })
      say(t('list.updates', { count: messages.length }))
    },
  })
  const pages = query.data?.pages
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages])
  const counts = pages?.[pages.length - 1]?.counts
  const key = `${search.state ?? ''} ${search.q ?? ''}`
  const list = useSteadyList(items, key)
  const isOver = useFileDrop((files) => {
    keepFiles(files)
    void navigate({ to: '/envelopes/new' })
  })
  const isFiltered = search.state !== undefined || search.q !== undefined
  const total = totalOf(counts, search.state)

  return (
    <>
      <div className="page-head">
        <h1 className="grow">{t('nav.envelopes')}</h1>
        <ListSearchField search={search} />
        <Link to="/envelopes/new" className="button button-primary" data-testid="new-envelope">
          <Icon name="plus" />
          {t('list.new')}
        </Link>
      </div>
      <section className={isOver ? 'card drop-over' : 'card'} aria-label={t('list.label')}>
        <div className="list-filters">
          <ListTabs search={search} counts={counts} />
          <span className="row small dim">
            <span className="pulse" aria-hidden="true" />
            {t('list.live')}
          </span>
        </div>
        {live.isStale ? (
          <Note kind="warn" icon="refresh" testId="stale">
            <Rich text={t('live.lost', { time: format.clock(live.freshAt) })} />
          </Note>
        ) : null}
        <FailingNote />
        {list.pending > 0 ? (
          <div className="list-pending">
            <Button size="s" icon="refresh" onClick={list.apply}>
              {t('list.updates', { count: list.pending })}
            </Button>
          </div>
        ) : null}
        {query.isPending ? <SkeletonRows rows={6} /> : null}
        {query.isError ? (
          <div className="card-body">
            <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
          </div>
        ) : null}
        {query.isSuccess && items.length === 0 ? <NoRows isFiltered={isFiltered} /> : null}
        {items.length > 0 ? (
          <EnvelopeTable rows={list.shown} changed={list.changed} onInside={list.hold} />
        ) : null}
        {items.length > 0 ? (
          <div className="list-foot">
            {total === undefined ? null : (
              <span>{t('list.shown', { shown: items.length, of: format.counter(total) })}</span>
            )}
            {query.hasNextPage ? (
              <Button
                size="s"
                busy={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t('list.more')}
              </Button>
            ) : null}
            <span className="grow" />
            <span className="faint">{t('list.promise')}</span>
          </div>
        ) : null}
      </section>
    </>
  )
}

function totalOf(
  counts: EnvelopeCounts | undefined,
  state: string | undefined,
): number | undefined {
  switch (state) {
    case undefined:
      return counts?.all
    case 'attention':
      return counts?.needsPerson
    case 'sent':
      return counts?.open
    case 'completed':
      return counts?.completed
    default:
      return counts?.draft
  }
}

function NoRows({ isFiltered }: { readonly isFiltered: boolean }) {
  const { t } = useAppSpeech()

  return isFiltered ? (
    <Empty
      title={t('list.nothing')}
      action={
        <Link to="/envelopes" search={{}} className="button">
          {t('list.reset')}
        </Link>
      }
    />
  ) : (
    <Empty
      title={t('list.empty')}
      text={t('list.empty.text')}
      action={
        <Link to="/envelopes/new" className="button button-primary">
          <Icon name="plus" />
          {t('list.new')}
        </Link>
      }
    />
  )
}
