import { type KeyboardEvent, useState } from 'react'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { type ApiKeyRow, readApiKey } from './api-key-rows.ts'

const nothing = { apiKey: '', name: '', expires: '' } as const

/** One API-Key by hand: pasted, named, with its last day where the cabinet tells it. */
export function AddApiKey(props: {
  /** API-Keys that the form has already, lower case. */
  readonly known: ReadonlySet<string>
  readonly onAdd: (row: ApiKeyRow) => void
  readonly onCancel: () => void
}) {
  const { t } = useSettingsSpeech()
  const [wish, setWish] = useState<{ apiKey: string; name: string; expires: string }>(nothing)
  const [isAsked, setAsked] = useState(false)
  const apiKey = readApiKey(wish.apiKey)
  const name = wish.name.trim()
  const keyFault =
    apiKey === undefined
      ? t('apiKeys.form.bad')
      : props.known.has(apiKey)
        ? t('apiKeys.reason.known')
        : undefined
  const add = () => {
    setAsked(true)
    if (keyFault !== undefined || apiKey === undefined || name === '') return

    props.onAdd({ apiKey, name, ...(wish.expires === '' ? {} : { expires: wish.expires }) })
    setWish(nothing)
    setAsked(false)
  }
  // It stands inside the form of the connection, which Enter would save.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return

    event.preventDefault()
    add()
  }

  return (
    <div className="import stack-tight" data-testid="add-api-key-form">
      <Field label="API-Key" hint={t('apiKeys.one.hint')} error={isAsked ? keyFault : undefined}>
        {(links) => (
          <input
            {...links}
            className="input input-mono"
            value={wish.apiKey}
            maxLength={80}
            autoComplete="off"
            spellCheck={false}
            data-testid="new-api-key"
            onKeyDown={onKeyDown}
            onChange={(event) => setWish({ ...wish, apiKey: event.target.value })}
          />
        )}
      </Field>
      <div className="form-two">
        <Field
          label={t('apiKeys.name')}
          error={isAsked && name === '' ? t('form.missing') : undefined}
        >
          {(links) => (
            <input
              {...links}
              className="input"
              value={wish.name}
              maxLength={200}
              data-testid="new-api-key-name"
              onKeyDown={onKeyDown}
              onChange={(event) => setWish({ ...wish, name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('apiKeys.expires')} hint={t('apiKeys.expires.hint')}>
          {(links) => (
            <input
              {...links}
              className="input"
              type="date"
              value={wish.expires}
              data-testid="new-api-key-expires"
              onKeyDown={onKeyDown}
              onChange={(event) => setWish({ ...wish, expires: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="row row-wrap">
        <Button size="s" onClick={add} data-testid="put-api-key">
          {t('apiKeys.one.add')}
        </Button>
        <Button size="s" kind="ghost" onClick={props.onCancel}>
          {t('action.close')}
        </Button>
      </div>
      <p className="hint">{t('apiKeys.unsaved')}</p>
    </div>
  )
}
