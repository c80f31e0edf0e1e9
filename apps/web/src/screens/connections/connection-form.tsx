import { type FormEvent, useState } from 'react'
import type { ProblemError } from '../../api/problem.ts'
import type { Connection, Settings, SettingValue, SignerKey } from '../../api/settings-types.ts'
import type { FieldFinding } from '../../api/types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Field } from '../../components/field.tsx'
import { useCopy } from '../../components/toast.tsx'
import type { ConnectionForm } from '../../services/contract.ts'
import { reasonText } from '../keys/key-words.ts'
import { KeySelect, SettingField } from './setting-field.tsx'

/** What the form saves. */
export type ConnectionWish = {
  readonly name: string
  readonly settings: Settings
  readonly signerKey: string | null
}

type FormProps = {
  /** Undefined: this page does not know the settings of the service. */
  readonly form: ConnectionForm | undefined
  readonly connection: Connection | undefined
  readonly keys: readonly SignerKey[]
  readonly isBusy: boolean
  readonly isReadOnly?: boolean
  readonly problem: ProblemError | undefined
  readonly onSave: (wish: ConnectionWish) => void
}

/** Settings of a connection, as its service names them; every refusal stands at its field. */
export function ConnectionFormCard(props: FormProps) {
  const speech = useSettingsSpeech()
  const { t } = speech
  const { form, connection, problem } = props
  const [name, setName] = useState(connection?.name ?? '')
  const [signerKey, setSignerKey] = useState(connection?.signerKey ?? null)
  const [settings, setSettings] = useState<Settings>(connection?.settings ?? {})
  const [raw, setRaw] = useState(() => JSON.stringify(connection?.settings ?? {}, undefined, 2))
  const [isAsked, setAsked] = useState(false)
  /** In the words of the service, then in ours; the server's English where neither has any. */
  const textOf = ({ code, advice }: FieldFinding): string =>
    form?.texts[`fault.${code}`] ?? reasonText(speech, code, advice)
  const errorOf = (field: string): string | undefined => {
    const found = problem?.fields.find(
      (each) => each.field === field || each.field.startsWith(`${field}[`),
    )

    return found === undefined ? undefined : textOf(found)
  }
  const set = (field: string, value: SettingValue | undefined) =>
    setSettings(({ [field]: _, ...rest }) =>
      value === undefined ? rest : { ...rest, [field]: value },
    )
  const parsed = form === undefined ? parse(raw) : settings
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)

    if (name.trim() !== '' && parsed !== undefined && !props.isBusy) {
      props.onSave({ name: name.trim(), settings: parsed, signerKey })
    }
  }
  const fields = (isRare: boolean) =>
    form?.fields
      .filter((field) => (field.isRare ?? false) === isRare)
      .map((field) => (
        <SettingField
          key={field.name}
          field={field}
          texts={form.texts}
          value={settings[field.name]}
          keys={props.keys}
          connection={connection?.id}
          error={errorOf(`settings.${field.name}`)}
          problems={problem?.fields ?? []}
          textOf={textOf}
          onChange={(value) => set(field.name, value)}
        />
      ))
  const rare = fields(true) ?? []

  return (
    <form className="card" onSubmit={submit} data-testid="connection-form">
      <fieldset disabled={props.isReadOnly === true} className="card-body stack">
        <Field
          label={t('connections.name')}
          error={isAsked && name.trim() === '' ? t('form.missing') : errorOf('name')}
        >
          {(links) => (
            <input
              {...links}
              className="input"
              value={name}
              maxLength={120}
              data-testid="connection-name"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {fields(false)}
        <NotificationUrl form={form} url={connection?.notificationAddress} />
        {form !== undefined ? null : (
          <Field
            label={t('connections.raw')}
            hint={t('connections.raw.hint')}
            error={parsed === undefined ? t('connections.raw.broken') : errorOf('settings')}
          >
            {(links) => (
              <textarea
                {...links}
                className="textarea input-mono connection-raw"
                spellCheck={false}
                value={raw}
                onChange={(event) => setRaw(event.target.value)}
              />
            )}
          </Field>
        )}
        <KeySelect
          label={t('connections.key')}
          hint={t('connections.key.hint')}
          value={signerKey ?? ''}
          keys={props.keys}
          error={errorOf('signerKey')}
          onChange={(value) => setSignerKey(value === '' ? null : value)}
        />
        {rare.length === 0 ? null : (
          <details open={problem !== undefined}>
            <summary className="more-settings">{t('connections.more')}</summary>
            <div className="stack">{rare}</div>
          </details>
        )}
        {problem === undefined ? null : <Fault problem={problem} />}
        {props.isReadOnly === true ? null : (
          <Button kind="primary" submit busy={props.isBusy} data-testid="save-connection">
            {t('connections.save')}
          </Button>
        )}
      </fieldset>
    </form>
  )
}

/** The address that the staff of the service must be told, where the service has such a thing. */
function NotificationUrl(props: {
  readonly form: ConnectionForm | undefined
  readonly url: string | undefined
}) {
  const { t } = useSettingsSpeech()
  const copy = useCopy()
  const { form, url } = props
  const label = form?.texts['connection.notice']

  if (url === undefined || label === undefined) return null

  return (
    <Field label={label} hint={form?.texts['connection.notice.hint']}>
      {(links) => (
        <span className="row">
          <input
            {...links}
            className="input input-mono grow"
            readOnly
            value={url}
            data-testid="notification-url"
          />
          <Button icon="copy" onClick={() => copy(url)} data-testid="copy-notification-url">
            {t('action.copy')}
          </Button>
        </span>
      )}
    </Field>
  )
}

function parse(text: string): Settings | undefined {
  try {
    const value: unknown = JSON.parse(text)

    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Settings)
      : undefined
  } catch {
    return undefined
  }
}
