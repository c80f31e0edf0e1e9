import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { benchDictionaryQuery, type DictionaryAsk } from '../../../api/workbench.ts'
import { TextField } from '../field.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { AskCard } from './ask-card.tsx'
import { DictionaryTable } from './dictionary-table.tsx'

/** Dictionaries of the portal: a tree whose groups are read when they are opened, or what a search finds. */
export function DictionaryScreen() {
  const { t } = useBenchSpeech()
  const [account, setAccount] = useState('')
  const [code, setCode] = useState('')
  const [search, setSearch] = useState('')
  const [ask, setAsk] = useState<DictionaryAsk | undefined>()
  const query = useQuery(benchDictionaryQuery(ask))

  return (
    <>
      <AskCard
        tab={t('bench.tab.dictionary')}
        title={t('bench.dictionary.title')}
        hint={t('bench.dictionary.hint')}
        account={account}
        onAccount={setAccount}
        button={{
          text: t('bench.dictionary.ask'),
          testId: 'ask-dictionary',
          icon: 'search',
        }}
        isReady={code.trim() !== ''}
        isAsked={ask !== undefined}
        query={query}
        onAsk={() =>
          setAsk({ account, code: code.trim(), search: search.trim(), parent: '', page: 1 })
        }
      >
        <TextField
          label={t('bench.dictionary.code')}
          explain={t('bench.param.code', { code: '{code}' })}
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <TextField
          label={t('bench.dictionary.search')}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </AskCard>
      {ask === undefined || query.data === undefined ? null : (
        <DictionaryTable page={query.data} ask={ask} onPage={(page) => setAsk({ ...ask, page })} />
      )}
    </>
  )
}
