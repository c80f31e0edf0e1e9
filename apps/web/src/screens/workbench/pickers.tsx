import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { asProblem } from '../../api/problem.ts'
import { keysQuery } from '../../api/settings-queries.ts'
import { benchAccountsQuery } from '../../api/workbench.ts'
import { Fault } from '../../components/fault.tsx'
import { Note } from '../../components/note.tsx'
import { algorithmText } from '../keys/key-words.ts'
import { SelectField } from './field.tsx'
import { useBenchSpeech } from './use-bench-speech.ts'

type Picker = {
  readonly value: string
  readonly onChange: (id: string) => void
  readonly error?: string | undefined
}

/** Whose API-Key is used. The only one there is, is chosen by itself. */
export function AccountPicker({ value, onChange, error }: Picker) {
  const { t } = useBenchSpeech()
  const query = useQuery(benchAccountsQuery)
  const usable = query.data?.items.filter(({ isReadable }) => isReadable)
  const first = usable?.[0]?.id

  useEffect(() => {
    if (value === '' && first !== undefined) onChange(first)
  }, [value, first, onChange])

  if (query.isError) {
    return <Fault problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  }

  if (usable?.length === 0) {
    return (
      <Note kind="warn" testId="no-account">
        {t('bench.account.none')} <Link to="/workbench/accounts">{t('bench.account.addOne')}</Link>
      </Note>
    )
  }

  return (
    <SelectField
      label={t('bench.account')}
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    >
      {usable?.map((account) => (
        <option key={account.id} value={account.id}>
          {account.name} ({account.apiKeyHint})
        </option>
      ))}
    </SelectField>
  )
}

/** What signs the package; empty: the key of the account. */
export function KeyPicker(props: Picker & { readonly emptyText: string; readonly label: string }) {
  const { t, format } = useBenchSpeech()
  const query = useQuery(keysQuery)

  return (
    <SelectField
      label={props.label}
      value={props.value}
      error={props.error}
      onChange={(event) => props.onChange(event.target.value)}
    >
      <option value="">{props.emptyText}</option>
      {query.data?.items.map((key) => (
        <option key={key.id} value={key.id} disabled={key.faults.length > 0}>
          {t(key.faults.length > 0 ? 'bench.key.unfit' : 'bench.key.option', {
            name: key.name,
            algorithm: algorithmText({ t }, key),
            day: format.day(key.notAfter),
          })}
        </option>
      ))}
    </SelectField>
  )
}
