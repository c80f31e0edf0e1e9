import { useState } from 'react'
import type { SettingValue, SignerKey } from '../../api/settings-types.ts'
import type { FieldFinding } from '../../api/types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Field } from '../../components/field.tsx'
import type { ConnectionField, ProviderTexts } from '../../services/contract.ts'
import type { MaskedSecret } from './api-key-rows.ts'
import { ApiKeysField } from './api-keys-field.tsx'

/** One setting, by the kind that its service says. */
export function SettingField(props: {
  readonly field: ConnectionField
  readonly texts: ProviderTexts
  readonly value: SettingValue | undefined
  readonly keys: readonly SignerKey[]
  /** Id of the connection, where it is there already. */
  readonly connection: string | undefined
  readonly error: string | undefined
  readonly problems: readonly FieldFinding[]
  /** What a refusal says, in the language of the page. */
  readonly textOf: (finding: FieldFinding) => string
  readonly onChange: (value: SettingValue | undefined) => void
}) {
  const { t } = useSettingsSpeech()
  const { field, texts, value, error, onChange } = props
  const label = texts[`connection.${field.name}`] ?? field.name
  const hint = texts[`connection.${field.name}.hint`]
  const optionText = (option: string | number) =>
    texts[`connection.${field.name}.${option}`] ?? String(option)
  const usual =
    field.usual === undefined || typeof field.usual === 'boolean'
      ? t('connections.default')
      : t('connections.usual', { value: optionText(field.usual) })
  switch (field.kind) {
    case 'api-keys':
      return (
        <ApiKeysField
          label={label}
          value={value}
          keys={props.keys}
          connection={props.connection}
          hint={hint}
          error={error}
          problems={props.problems}
          textOf={props.textOf}
          name={field.name}
          onChange={onChange}
        />
      )
    case 'signer-key':
      return (
        <KeySelect
          label={label}
          hint={hint}
          value={typeof value === 'string' ? value : ''}
          keys={props.keys}
          error={error}
          onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
        />
      )
    case 'flag':
      return (
        <label className="check">
          <input
            type="checkbox"
            checked={(value ?? field.usual ?? false) === true}
            data-testid={`setting-${field.name}`}
            onChange={(event) => onChange(event.target.checked)}
          />
          <span>
            {label} <span className="caption faint">{hint}</span>
          </span>
        </label>
      )
    case 'choices':
      return (
        <Choices
          label={label}
          options={field.options ?? []}
          textOf={optionText}
          chosen={Array.isArray(value) ? value : undefined}
          error={error}
          onChange={onChange}
        />
      )
    case 'choice': {
      const options: SettingValue[] = [...(field.options ?? [])]
      const key = value === undefined ? '' : JSON.stringify(value)
      // A value that the form does not offer stays as it is until another is chosen.
      if (value !== undefined && !options.some((each) => JSON.stringify(each) === key)) {
        options.push(value)
      }

      return (
        <Field label={label} hint={hint} error={error}>
          {(links) => (
            <select
              {...links}
              className="select"
              value={key}
              onChange={(event) =>
                onChange(event.target.value === '' ? undefined : JSON.parse(event.target.value))
              }
            >
              <option value="">{usual}</option>
              {options.map((each) => (
                <option key={JSON.stringify(each)} value={JSON.stringify(each)}>
                  {typeof each === 'string' || typeof each === 'number'
                    ? optionText(each)
                    : JSON.stringify(each)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )
    }
    case 'secret':
      return (
        <SecretInput
          field={field}
          label={label}
          hint={hint}
          value={value}
          error={error}
          onChange={onChange}
        />
      )
    case 'long-text':
      return (
        <Field label={label} hint={hint} error={error}>
          {(links) => (
            <textarea
              {...links}
              className="textarea input-mono"
              spellCheck={false}
              rows={4}
              value={typeof value === 'string' ? value : ''}
              data-testid={`setting-${field.name}`}
              onChange={(event) =>
                onChange(event.target.value === '' ? undefined : event.target.value)
              }
            />
          )}
        </Field>
      )
    default:
      return (
        <Field label={label} hint={hint} error={error}>
          {(links) => (
            <input
              {...links}
              className="input"
              inputMode={field.kind === 'number' ? 'numeric' : undefined}
              autoComplete="off"
              spellCheck={false}
              value={value === undefined || value === null ? '' : String(value)}
              placeholder={field.need === 'optional' ? usual : undefined}
              data-testid={`setting-${field.name}`}
              onChange={(event) => onChange(readInput(field.kind, event.target.value))}
            />
          )}
        </Field>
      )
  }
}

/** A secret that is there is shown by its last signs, and stands until another is typed. */
function SecretInput(props: {
  readonly field: ConnectionField
  readonly label: string
  readonly hint: string | undefined
  readonly value: SettingValue | undefined
  readonly error: string | undefined
  readonly onChange: (value: SettingValue | undefined) => void
}) {
  const { t } = useSettingsSpeech()
  const { field, value, onChange } = props
  const [kept] = useState(() => (isMasked(value) ? value : undefined))
  const typed = typeof value === 'string' ? value : ''

  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(links) => (
        <input
          {...links}
          className="input input-mono"
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          value={typed}
          placeholder={kept?.masked ?? (field.need === 'optional' ? t('connections.default') : '')}
          data-testid={`setting-${field.name}`}
          onChange={(event) => onChange(event.target.value === '' ? kept : event.target.value)}
        />
      )}
    </Field>
  )
}

function isMasked(value: SettingValue | undefined): value is MaskedSecret {
  return (
    typeof value === 'object' &&
    value !== null &&
    'masked' in value &&
    typeof value.masked === 'string' &&
    'ref' in value &&
    typeof value.ref === 'string'
  )
}

function readInput(kind: ConnectionField['kind'], text: string): SettingValue | undefined {
  if (text === '') return undefined

  return kind === 'number' && /^\d{1,9}$/.test(text) ? Number(text) : text
}

function Choices(props: {
  readonly label: string
  readonly options: readonly (string | number)[]
  readonly textOf: (option: string | number) => string
  /** Undefined: all of them. */
  readonly chosen: readonly SettingValue[] | undefined
  readonly error: string | undefined
  readonly onChange: (value: readonly SettingValue[]) => void
}) {
  const chosen = props.chosen ?? props.options

  return (
    <fieldset>
      <legend className="label">{props.label}</legend>
      <div className="row row-wrap">
        {props.options.map((option) => (
          <label className="check" key={option}>
            <input
              type="checkbox"
              checked={chosen.includes(option)}
              onChange={(event) =>
                props.onChange(
                  props.options.filter((each) =>
                    each === option ? event.target.checked : chosen.includes(each),
                  ),
                )
              }
            />
            <span className="small">{props.textOf(option)}</span>
          </label>
        ))}
      </div>
      {props.error === undefined ? null : <p className="field-error">{props.error}</p>}
    </fieldset>
  )
}

/** One of the organisation's signer keys, or none. */
export function KeySelect(props: {
  readonly label: string
  readonly hint?: string | undefined
  readonly value: string
  readonly keys: readonly SignerKey[]
  readonly error?: string | undefined
  readonly onChange: (value: string) => void
}) {
  const { t } = useSettingsSpeech()
  const isKnown = props.value === '' || props.keys.some(({ id }) => id === props.value)

  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(links) => (
        <select
          {...links}
          className="select"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
        >
          <option value="">{t('connections.key.default')}</option>
          {isKnown ? null : <option value={props.value}>{props.value}</option>}
          {props.keys.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
