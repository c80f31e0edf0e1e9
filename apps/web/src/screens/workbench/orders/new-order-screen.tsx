import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { benchOrderQuery, benchServicesQuery, createOrder } from '../../../api/workbench.ts'
import { useTitle } from '../../../app/use-title.ts'
import { Button } from '../../../components/button.tsx'
import { Fault } from '../../../components/fault.tsx'
import { BenchHead } from '../bench-head.tsx'
import { SelectField, TextField } from '../field.tsx'
import { fieldError } from '../field-errors.ts'
import { AccountPicker, KeyPicker } from '../pickers.tsx'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'
import { type Codes, emptyCodes, orderOf } from './order-form.ts'
import { QuotaNote } from './quota-note.tsx'

/** One form: whose access, which service, and whether its number is taken first. */
export function NewOrderScreen() {
  const speech = useBenchSpeech()
  const { t } = speech
  const search = useSearch({ from: '/shell/workbench/new' })
  const navigate = useNavigate()
  const client = useQueryClient()
  const services = useQuery(benchServicesQuery)
  const [title, setTitle] = useState('')
  const [account, setAccount] = useState('')
  const [key, setKey] = useState('')
  const [service, setService] = useState(search.service ?? '')
  const [codes, setCodes] = useState<Codes>(emptyCodes)
  const [reserve, setReserve] = useState(search.way !== 'one-shot')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const words = useFaultWords()
  const serviceCode =
    service === ''
      ? codes.serviceCode.trim()
      : (services.data?.items.find(({ id }) => id === service)?.serviceCode ?? '')
  useTitle(t('bench.new.title'))

  useEffect(() => setReserve(search.way !== 'one-shot'), [search.way])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)

    try {
      const order = await createOrder(orderOf({ title, account, key, service, codes, reserve }))
      client.setQueryData(benchOrderQuery(order.id).queryKey, order)
      await client.invalidateQueries({ queryKey: ['bench', 'orders'] })
      await navigate({ to: '/workbench/orders/$id', params: { id: order.id } })
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }

  return (
    <>
      <BenchHead title={t('bench.new.title')} hint={t('bench.new.hint')} />
      <form className="card bench-form" onSubmit={(event) => void submit(event)}>
        <div className="card-body stack">
          <TextField
            label={t('bench.new.name')}
            hint={t('bench.new.nameHint')}
            value={title}
            maxLength={200}
            onChange={(event) => setTitle(event.target.value)}
          />
          <SelectField
            label={t('bench.new.service')}
            value={service}
            error={fieldError(speech, problem, 'service')}
            onChange={(event) => setService(event.target.value)}
          >
            <option value="">{t('bench.new.otherService')}</option>
            {services.data?.items.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name} ({each.serviceCode})
              </option>
            ))}
          </SelectField>
          {service === '' ? (
            <>
              <p className="small dim">
                {t('bench.new.otherHint')}{' '}
                <Link to="/workbench/services/$id" params={{ id: 'new' }} search={{}}>
                  {t('bench.services.new')}
                </Link>
              </p>
              <CodeFields codes={codes} problem={problem} onChange={setCodes} />
            </>
          ) : null}
          <div className="bench-pair">
            <AccountPicker
              value={account}
              error={fieldError(speech, problem, 'account')}
              onChange={setAccount}
            />
            <KeyPicker
              label={t('bench.key')}
              emptyText={t('bench.key.ofAccount')}
              value={key}
              error={fieldError(speech, problem, 'signerKey')}
              onChange={setKey}
            />
          </div>
          <QuotaNote account={account} serviceCode={serviceCode} />
          <fieldset className="stack-tight">
            <legend className="label">{t('bench.new.way')}</legend>
            <label className="check">
              <input type="radio" name="way" checked={reserve} onChange={() => setReserve(true)} />
              <span>
                {t('bench.new.reserve')}
                <span className="hint bench-hint">{t('bench.new.reserveHint')}</span>
              </span>
            </label>
            <label className="check">
              <input
                type="radio"
                name="way"
                checked={!reserve}
                onChange={() => setReserve(false)}
              />
              <span>
                {t('bench.new.oneShot')}
                <span className="hint bench-hint">{t('bench.new.oneShotHint')}</span>
              </span>
            </label>
          </fieldset>
          {problem === undefined ? null : <Fault problem={problem} text={words(problem)} />}
          {problem?.code === 'workbench.token-seal' ? (
            <Link to="/seals">{t('bench.package.toSeals')}</Link>
          ) : null}
        </div>
        <div className="card-body row row-wrap">
          <Button
            kind="primary"
            submit
            busy={isBusy}
            blocked={account === ''}
            data-testid="create-order"
          >
            {t(reserve ? 'bench.new.submit' : 'bench.new.submitPlain')}
          </Button>
          <Link to="/workbench">{t('action.cancel')}</Link>
        </div>
      </form>
    </>
  )
}

function CodeFields(props: {
  readonly codes: Codes
  readonly problem: ProblemError | undefined
  readonly onChange: (codes: Codes) => void
}) {
  const speech = useBenchSpeech()
  const { t } = speech
  const { codes, problem, onChange } = props
  const names = ['serviceCode', 'targetCode', 'region', 'mainFile'] as const

  return (
    <div className="bench-pair">
      {names.map((name) => (
        <TextField
          key={name}
          label={t(`bench.code.${name}`)}
          hint={name === 'targetCode' ? t('bench.code.targetHint') : undefined}
          explain={t(`bench.param.${name}`)}
          required={name === 'serviceCode'}
          value={codes[name]}
          error={fieldError(speech, problem, name)}
          onChange={(event) => onChange({ ...codes, [name]: event.target.value })}
        />
      ))}
    </div>
  )
}
