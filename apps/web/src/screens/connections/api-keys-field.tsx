import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import type { ApiKeyFile, SettingValue, SignerKey } from '../../api/settings-types.ts'
import type { FieldFinding } from '../../api/types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Icon } from '../../components/icon.tsx'
import { useFileDrop } from '../../components/use-file-drop.ts'
import { Rich } from '../../i18n/text-context.tsx'
import { toBase64 } from '../verify/verify-files.ts'
import { AddApiKey } from './add-api-key.tsx'
import { ApiKeyLine } from './api-key-line.tsx'
import { type ApiKeyRow, readRows, rowKey } from './api-key-rows.ts'
import { ImportPreview } from './import-preview.tsx'

/** API-Keys of several employees: imported from the cabinet's file, each with its signer key. */
export function ApiKeysField(props: {
  readonly name: string
  readonly label: string
  readonly hint: string | undefined
  readonly value: SettingValue | undefined
  readonly keys: readonly SignerKey[]
  readonly connection: string | undefined
  readonly error: string | undefined
  readonly problems: readonly FieldFinding[]
  readonly textOf: (finding: FieldFinding) => string
  readonly onChange: (value: SettingValue) => void
}) {
  const { t } = useSettingsSpeech()
  const id = useId()
  const rows = readRows(props.value)
  const known = new Set(rows.map(rowKey))
  const [file, setFile] = useState('')
  const [isAdding, setAdding] = useState(false)
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
  const errorOf = (index: number) => {
    const found = props.problems.find(({ field }) =>
      field.startsWith(`settings.${props.name}[${index}]`),
    )

    return found === undefined ? undefined : props.textOf(found)
  }

  return (
    <fieldset aria-describedby={`${id}-error`}>
      <legend className="label">
        {props.label} <span className="caption faint">{rows.length}</span>
      </legend>
      {props.hint === undefined ? null : <p className="hint">{props.hint}</p>}
      {rows.length === 0 ? null : (
        <ul className="api-keys">
          <li className="api-keys-head caption faint" aria-hidden="true">
            <span />
            <span>{t('apiKeys.name')}</span>
            <span>{t('seals.key')}</span>
            <span>{t('apiKeys.expires')}</span>
            <span />
          </li>
          {rows.map((row, index) => (
            <ApiKeyLine
              key={rowKey(row)}
              row={row}
              keys={props.keys}
              error={errorOf(index)}
              onChange={(next) => save(rows.map((each, at) => (at === index ? next : each)))}
              onRemove={() => save(rows.filter((_, at) => at !== index))}
            />
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
          known={known}
          keys={props.keys}
          onCancel={() => read.reset()}
          onAdd={(added) => {
            read.reset()
            save([...rows, ...added])
          }}
        />
      )}
      {isAdding ? (
        <AddApiKey
          known={known}
          onAdd={(row) => save([...rows, row])}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <Button
          size="s"
          kind="ghost"
          icon="plus"
          onClick={() => setAdding(true)}
          data-testid="add-api-key"
        >
          {t('apiKeys.one')}
        </Button>
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
