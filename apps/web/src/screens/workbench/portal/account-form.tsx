import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { addAccount } from '../../../api/workbench.ts'
import { Button } from '../../../components/button.tsx'
import { Fault } from '../../../components/fault.tsx'
import { useToast } from '../../../components/toast.tsx'
import { TextField } from '../field.tsx'
import { fieldError } from '../field-errors.ts'
import { KeyPicker } from '../pickers.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'

const empty = {
  name: '',
  esiaUrl: 'https://esia-portal1.test.gosuslugi.ru',
  epguUrl: 'https://svcdev-beta.test.gosuslugi.ru',
  apiKey: '',
}
const names = ['name', 'esiaUrl', 'epguUrl', 'apiKey'] as const

/** Adds an access: hosts, the API-Key of the cabinet, and the key that signs it. */
export function AccountForm() {
  const speech = useBenchSpeech()
  const { t } = speech
  const words = useFaultWords()
  const toast = useToast()
  const client = useQueryClient()
  const [form, setForm] = useState(empty)
  const [key, setKey] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)

    try {
      await addAccount({ ...form, ...(key === '' ? {} : { signerKey: key }) })
      await client.invalidateQueries({ queryKey: ['bench', 'accounts'] })
      toast(t('bench.account.added'))
      setForm(empty)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      className="card bench-form bench-after"
      aria-labelledby="account-form-title"
      onSubmit={(event) => void submit(event)}
    >
      <header className="card-head">
        <h2 id="account-form-title">{t('bench.account.add')}</h2>
      </header>
      <div className="card-body stack">
        {names.map((name) => (
          <TextField
            key={name}
            label={t(`bench.account.${name}`)}
            hint={name === 'apiKey' ? t('bench.account.apiKeyHint') : undefined}
            explain={name === 'name' ? undefined : t(`bench.param.${name}`)}
            required
            autoComplete="off"
            value={form[name]}
            error={fieldError(speech, problem, name)}
            onChange={(event) => setForm({ ...form, [name]: event.target.value })}
          />
        ))}
        <KeyPicker
          label={t('bench.key')}
          emptyText={t('bench.key.choose')}
          value={key}
          error={fieldError(speech, problem, 'signerKey')}
          onChange={setKey}
        />
        {problem === undefined ? null : <Fault problem={problem} text={words(problem)} />}
        <Button kind="primary" submit busy={isBusy} data-testid="add-account">
          {t('bench.account.add')}
        </Button>
      </div>
    </form>
  )
}
