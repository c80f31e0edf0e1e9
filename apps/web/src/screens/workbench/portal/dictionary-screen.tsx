import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { asProblem } from '../../../api/problem.ts'
import { benchDictionaryQuery, type DictionaryAsk } from '../../../api/workbench.ts'
import { useTitle } from '../../../app/use-title.ts'
import { Button } from '../../../components/button.tsx'
import { Fault } from '../../../components/fault.tsx'
import { SkeletonRows } from '../../../components/skeleton.tsx'
import { BenchHead } from '../bench-head.tsx'
import { TextField } from '../field.tsx'
import { AccountPicker } from '../pickers.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'
import { DictionaryTable, type Group } from './dictionary-table.tsx'

/** Dictionaries of the portal: group by group, page by page, or what a search finds. */
export function DictionaryScreen() {
  const { t } = useBenchSpeech()
  const words = useFaultWords()
  const [account, setAccount] = useState('')
  const [code, setCode] = useState('')
  const [search, setSearch] = useState('')
  const [ask, setAsk] = useState<DictionaryAsk | undefined>()
  /** The way down to the group that is shown. */
  const [path, setPath] = useState<readonly Group[]>([])
  const query = useQuery(benchDictionaryQuery(ask))
  useTitle(t('bench.tab.dictionary'))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setPath([])
    setAsk({ account, code: code.trim(), search: search.trim(), parent: '', page: 1 })
  }
  const open = (next: readonly Group[]) => {
    setPath(next)
    setAsk((now) => now && { ...now, search: '', parent: next.at(-1)?.value ?? '', page: 1 })
  }

  return (
    <>
      <BenchHead title={t('bench.dictionary.title')} hint={t('bench.dictionary.hint')} />
      <form className="card bench-ask" onSubmit={submit}>
        <div className="card-body bench-ask-body">
          <AccountPicker value={account} onChange={setAccount} />
          <TextField
            label={t('bench.dictionary.code')}
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
          <Button
            kind="primary"
            icon="search"
            submit
            busy={query.isFetching}
            blocked={account === '' || code.trim() === ''}
            data-testid="ask-dictionary"
          >
            {t('bench.dictionary.ask')}
          </Button>
        </div>
      </form>
      {query.isError ? (
        <Fault
          problem={asProblem(query.error)}
          text={words(asProblem(query.error))}
          onRetry={() => void query.refetch()}
        />
      ) : null}
      {ask !== undefined && query.isPending ? (
        <section className="card">
          <SkeletonRows />
        </section>
      ) : null}
      {ask === undefined || query.data === undefined ? null : (
        <DictionaryTable
          page={query.data}
          ask={ask}
          path={path}
          onOpen={open}
          onPage={(page) => setAsk({ ...ask, page })}
        />
      )}
    </>
  )
}
