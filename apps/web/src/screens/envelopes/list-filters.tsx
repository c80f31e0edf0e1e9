import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { EnvelopeCounts } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Icon } from '../../components/icon.tsx'
import type { ListSearch, ListTab } from './list-search.ts'

type Tab = {
  readonly state?: ListTab
  readonly key: 'tab.all' | 'tab.needsPerson' | 'tab.sent' | 'tab.completed' | 'tab.draft'
  readonly count: keyof EnvelopeCounts
}

const tabs: readonly Tab[] = [
  { key: 'tab.all', count: 'all' },
  { state: 'attention', key: 'tab.needsPerson', count: 'needsPerson' },
  { state: 'sent', key: 'tab.sent', count: 'open' },
  { state: 'completed', key: 'tab.completed', count: 'completed' },
  { state: 'draft', key: 'tab.draft', count: 'draft' },
]

/** States as tabs. They are links: each filter has its own address. */
export function ListTabs(props: {
  readonly search: ListSearch
  readonly counts: EnvelopeCounts | undefined
}) {
  const { t, format } = useAppSpeech()
  const { q } = props.search

  return (
    <nav className="tabs" aria-label={t('tabs.label')}>
      {tabs.map((tab) => {
        const count = props.counts?.[tab.count]
        const isWarn = tab.state === 'attention' && count !== undefined && count > 0

        return (
          <Link
            key={tab.key}
            to="/envelopes"
            search={{
              ...(tab.state === undefined ? {} : { state: tab.state }),
              ...(q === undefined ? {} : { q }),
            }}
            className="tab"
            aria-current={props.search.state === tab.state ? 'page' : undefined}
            data-testid={`tab-${tab.state ?? 'all'}`}
          >
            {t(tab.key)}
            {count === undefined ? null : (
              <span className={isWarn ? 'count count-warn' : 'count'}>{format.counter(count)}</span>
            )}
          </Link>
        )
      })}
    </nav>
  )
}

const typingPauseMs = 300

/** Search over titles and people; the words stand in the address. */
export function ListSearchField({ search }: { readonly search: ListSearch }) {
  const { t } = useAppSpeech()
  const navigate = useNavigate()
  const [text, setText] = useState(search.q ?? '')
  const { state, q } = search

  useEffect(() => setText(q ?? ''), [q])

  useEffect(() => {
    const wanted = text.trim()

    if (wanted === (q ?? '')) return

    const timer = setTimeout(() => {
      void navigate({
        to: '/envelopes',
        search: {
          ...(state === undefined ? {} : { state }),
          ...(wanted === '' ? {} : { q: wanted }),
        },
        replace: true,
      })
    }, typingPauseMs)

    return () => clearTimeout(timer)
  }, [text, q, state, navigate])

  return (
    <label className="search">
      <span className="sr-only">{t('list.search')}</span>
      <Icon name="search" />
      <input
        className="input"
        type="search"
        value={text}
        maxLength={200}
        placeholder={t('list.search.hint')}
        onChange={(event) => setText(event.target.value)}
      />
    </label>
  )
}
