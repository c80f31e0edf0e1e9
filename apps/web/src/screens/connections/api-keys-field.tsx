import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import type { ApiKeyFile, SettingValue, SignerKey } from '../../api/settings-types.ts'
import type { FieldFinding } from '../../api/types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { IconButton } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Icon } from '../../components/icon.tsx'
import { useFileDrop } from '../../components/use-file-drop.ts'
import { Rich } from '../../i18n/text-context.tsx'
import { toBase64 } from '../verify/verify-files.ts'
import { type ApiKeyRow, maskOf, readRows, rowKey } from './api-key-rows.ts'
import { ImportPreview } from './import-preview.tsx'

/** API-Keys of several employees: imported from the cabinet's file, each with its signer key. */
export function ApiKeysField(props: {
  readonly name: string
  readonly label: string
  readonly value: SettingValue | undefined
  readonly keys: readonly SignerKey[]
  readonly connection: string | undefined
  readonly error: string | undefined
  readonly problems: readonly FieldFinding[]
  readonly onChange: (value: SettingValue) => void
}) {
  const { t } = useSettingsSpeech()
  const id = useId()
  const rows = readRows(props.value)
  const [file, setFile] = useState('')
  const read = useMutation({
    mutationFn: async (chosen: File) => {
      setFile(chosen.name)

      return request<ApiKeyFile>('/v1/connections/api-key-file', {
        method: 'POST',
        body: {
          file: toBase64(await chosen.arrayBuffer()),
          ...(props.connection === undefined ? {} : { connection: props.connection }),
        },
      })
    },
  })
  const take = (files: readonly File[]) => {
    const [first] = files
    if (first !== undefined) read.mutate(first)
  }
  const isOver = useFileDrop(take)
  const save = (next: readonly ApiKeyRow[]) => props.onChange(next)
  const change = (index: number, part: Partial<ApiKeyRow>) =>
    save(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))
  const errorOf = (index: number) =>
    props.problems.find(({ field }) => field.startsWith(`settings.${props.name}[${index}]`))?.advice

  return (
    <fieldset aria-describedby={`${id}-error`}>
      <legend className="label">
        {props.label} <span className="caption faint">{rows.length}</span>
      </legend>
      {rows.length === 0 ? null : (
        <ul className="api-keys">
          {rows.map((row, index) => (
            <li key={rowKey(row)} data-testid="api-key">
              <span className="mono small nowrap">{maskOf(row.apiKey)}</span>
              <input
                className="input"
                aria-label={t('apiKeys.name')}
                placeholder={t('apiKeys.name')}
                value={row.name}
                maxLength={200}
                aria-invalid={errorOf(index) !== undefined}
                onChange={(event) => change(index, { name: event.target.value })}
              />
              <KeyOf
                value={row.signerKey}
                keys={props.keys}
                onChange={(signerKey) =>
                  save(
                    rows.map((each, at) => {
                      const { signerKey: _, ...rest } = each

                      return at !== index ? each : signerKey === '' ? rest : { ...rest, signerKey }
                    }),
                  )
                }
              />
              <IconButton
                icon="trash"
                label={t('apiKeys.remove', { name: row.name })}
                onClick={() => save(rows.filter((_, at) => at !== index))}
              />
              {errorOf(index) === undefined ? null : (
                <p className="field-error">{errorOf(index)}</p>
              )}
            </li>
          ))}
        </ul>
      )}
      {read.data === undefined ? (
        <div className={isOver ? 'drop drop-on' : 'drop'}>
          <span className="avatar avatar-l" aria-hidden="true">
            <Icon name="upload" size="l" />
          </span>
          <div className="grow">
            <Rich text={t('apiKeys.drop')} />{' '}
            <label className="pick">
              <input
                type="file"
                accept=".csv,.txt,text/csv,text/plain"
                className="sr-only"
                data-testid="api-key-file"
                onChange={(event) => {
                  take([...(event.target.files ?? [])])
                  event.target.value = ''
                }}
              />
              {t('drop.choose')}
            </label>
            <p className="hint">{t('apiKeys.drop.hint')}</p>
          </div>
        </div>
      ) : (
        <ImportPreview
          file={file}
          read={read.data}
          known={new Set(rows.map(rowKey))}
          keys={props.keys}
          onCancel={() => read.reset()}
          onAdd={(added) => {
            read.reset()
            save([...rows, ...added])
          }}
        />
      )}
      {read.isError ? (
        <Fault
          problem={asProblem(read.error)}
          text={asProblem(read.error).code === 'connection.file' ? t('apiKeys.none') : undefined}
        />
      ) : null}
      <p className="field-error" id={`${id}-error`}>
        {props.error}
      </p>
    </fieldset>
  )
}

/** Whose signer key signs an API-Key. */
export function KeyOf(props: {
  readonly value: string | undefined
  readonly keys: readonly SignerKey[]
  readonly onChange: (id: string) => void
}) {
  const { t } = useSettingsSpeech()

  return (
    <select
      className="select"
      aria-label={t('seals.key')}
      value={props.value ?? ''}
      onChange={(event) => props.onChange(event.target.value)}
    >
      <option value="">{t('connections.key.default')}</option>
      {props.keys.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
