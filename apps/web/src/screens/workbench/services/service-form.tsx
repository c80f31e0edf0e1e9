import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { addService, changeService, removeService } from '../../../api/workbench.ts'
import type { BenchService, BenchServiceDetail } from '../../../api/workbench-types.ts'
import { useTitle } from '../../../app/use-title.ts'
import { Button } from '../../../components/button.tsx'
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx'
import { Fault } from '../../../components/fault.tsx'
import { useToast } from '../../../components/toast.tsx'
import { BenchHead } from '../bench-head.tsx'
import { SelectField, TextField } from '../field.tsx'
import { fieldError } from '../field-errors.ts'
import { useBenchSpeech } from '../use-bench-speech.ts'
import { useFaultWords } from '../use-fault-words.ts'
import { emptySettings, type Settings, settingsOf, wishOf } from './settings.ts'
import { TextCard } from './text-card.tsx'

/** Codes, template and schema of a service; each saving is a version, and older ones stay. */
export function ServiceForm({ service }: { readonly service: BenchServiceDetail | undefined }) {
  const speech = useBenchSpeech()
  const { t, format } = speech
  const words = useFaultWords()
  const toast = useToast()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [settings, setSettings] = useState<Settings>(
    service === undefined ? emptySettings : settingsOf(service),
  )
  const [busy, setBusy] = useState<'save' | 'copy' | undefined>()
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const [isRemoving, setRemoving] = useState(false)
  const title = service?.name ?? t('bench.services.new')
  useTitle(title)
  const set = (change: Partial<Settings>) => setSettings((now) => ({ ...now, ...change }))
  const save = async (kind: 'save' | 'copy') => {
    setBusy(kind)
    setProblem(undefined)

    try {
      const wish = wishOf(settings)
      const saved: BenchService =
        service === undefined || kind === 'copy'
          ? await addService(wish)
          : await changeService(service.id, wish)
      await client.invalidateQueries({ queryKey: ['bench', 'service'] })
      await client.invalidateQueries({ queryKey: ['bench', 'services'] })
      toast(t('bench.service.saved', { version: saved.version }))
      await navigate({ to: '/workbench/services/$id', params: { id: saved.id }, search: {} })
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(undefined)
    }
  }
  const remove = async () => {
    if (service === undefined) return

    await removeService(service.id)
    await client.invalidateQueries({ queryKey: ['bench', 'services'] })
    await navigate({ to: '/workbench/services' })
  }
  const isBare = settings.name.trim() === '' || settings.template.trim() === ''

  return (
    <>
      <div className="crumbs">
        <Link to="/workbench/services">{t('bench.tab.services')}</Link>
      </div>
      <BenchHead title={title}>
        {service === undefined ? null : (
          <div className="bench-version">
            <SelectField
              label={t('bench.col.version')}
              value={service.version}
              onChange={(event) =>
                void navigate({
                  to: '/workbench/services/$id',
                  params: { id: service.id },
                  search: { version: Number(event.target.value) },
                })
              }
            >
              {service.versions.map(({ version, at }) => (
                <option key={version} value={version}>
                  {t('bench.service.version', { version, at: format.dateTime(at) })}
                </option>
              ))}
            </SelectField>
          </div>
        )}
      </BenchHead>
      <section className="card" aria-label={t('bench.service.codes')}>
        <div className="card-body stack">
          <TextField
            label={t('bench.service.name')}
            value={settings.name}
            maxLength={120}
            error={fieldError(speech, problem, 'name')}
            onChange={(event) => set({ name: event.target.value })}
          />
          <div className="bench-pair">
            {(['serviceCode', 'targetCode', 'region', 'mainFile'] as const).map((name) => (
              <TextField
                key={name}
                label={t(`bench.code.${name}`)}
                hint={
                  name === 'targetCode'
                    ? t('bench.code.targetHint')
                    : name === 'mainFile'
                      ? t('bench.code.mainHint', { guid: '{{guid}}' })
                      : undefined
                }
                explain={t(`bench.param.${name}`)}
                value={settings[name]}
                error={fieldError(speech, problem, name)}
                onChange={(event) => set({ [name]: event.target.value })}
              />
            ))}
          </div>
        </div>
      </section>
      <div className="bench-texts">
        <TextCard
          title={t('bench.service.template')}
          hint={t('bench.service.templateHint', { orderId: '{{orderId}}', guid: '{{guid}}' })}
          name="template"
          text={settings.template}
          schema={settings.schema.trim() === '' ? undefined : settings.schema}
          onChange={(template) => set({ template })}
        />
        <TextCard
          title={t('bench.service.schema')}
          hint={t('bench.service.schemaHint')}
          name="schema"
          text={settings.schema}
          schema={undefined}
          onChange={(schema) => set({ schema })}
        />
      </div>
      {problem === undefined ? null : <Fault problem={problem} text={words(problem)} />}
      <div className="row row-wrap bench-acts">
        <Button
          kind="primary"
          busy={busy === 'save'}
          blocked={isBare}
          onClick={() => void save('save')}
          data-testid="save-service"
        >
          {t(service === undefined ? 'bench.service.add' : 'bench.service.saveVersion')}
        </Button>
        {service === undefined ? null : (
          <>
            <Button
              busy={busy === 'copy'}
              onClick={() => void save('copy')}
              data-testid="copy-service"
            >
              {t('bench.service.saveAs')}
            </Button>
            <Button kind="danger" onClick={() => setRemoving(true)}>
              {t('bench.service.remove')}
            </Button>
          </>
        )}
        {isBare ? <span className="small dim">{t('bench.service.bare')}</span> : null}
      </div>
      {isRemoving && service !== undefined ? (
        <ConfirmDialog
          title={t('bench.service.remove')}
          confirm={t('bench.service.remove')}
          kind="danger"
          testId="remove-service"
          onConfirm={remove}
          onClose={() => setRemoving(false)}
        >
          <p>{t('bench.service.removeText', { name: service.name })}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
