import { useState } from 'react'
import type { ApiKeyFile, SignerKey } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { KeyOf } from './api-key-line.tsx'
import { type ApiKeyRow, maskOf } from './api-key-rows.ts'

/** What was understood of a file, line by line; nothing is added before the person says so. */
export function ImportPreview(props: {
  readonly file: string
  readonly read: ApiKeyFile
  /** API-Keys that the form has already, lower case. */
  readonly known: ReadonlySet<string>
  readonly keys: readonly SignerKey[]
  readonly onAdd: (rows: readonly ApiKeyRow[]) => void
  readonly onCancel: () => void
}) {
  const { t, format } = useSettingsSpeech()
  const { read } = props
  const [signerKey, setSignerKey] = useState('')
  const fresh = read.keys.filter(({ apiKey }) => !props.known.has(apiKey))
  const refused = [
    ...read.refused,
    ...read.keys
      .filter(({ apiKey }) => props.known.has(apiKey))
      .map(({ line }) => ({ line, reason: 'known' as const, sameAs: undefined })),
  ].sort((a, b) => a.line - b.line)

  return (
    <div className="import" data-testid="import-preview">
      <p>
        <Rich text={t('apiKeys.read', { file: props.file, count: fresh.length })} />{' '}
        <span className="caption faint">
          {t('apiKeys.form', {
            encoding: read.encoding,
            separator: t(`apiKeys.separator.${read.separator}`),
          })}
        </span>
      </p>
      {fresh.length === 0 ? null : (
        <table className="key-table import-table">
          <thead>
            <tr>
              <th scope="col">{t('apiKeys.line')}</th>
              <th scope="col">API-Key</th>
              <th scope="col">{t('apiKeys.name')}</th>
              <th scope="col" className="key-storage">
                {t('apiKeys.dates')}
              </th>
            </tr>
          </thead>
          <tbody>
            {fresh.map(({ line, apiKey, name, dates }) => (
              <tr key={apiKey} data-testid="import-row">
                <td>{line}</td>
                <td className="mono small">{maskOf(apiKey)}</td>
                <td className="wrap-anywhere">
                  {name === '' ? <span className="key-warn">{t('apiKeys.noName')}</span> : name}
                </td>
                <td className="key-storage small">
                  {dates.map((day) => format.day(`${day}T12:00:00Z`)).join(' — ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {refused.length === 0 ? null : (
        <ul className="small import-refused" data-testid="import-refused">
          {refused.map(({ line, reason, sameAs }) => (
            <li key={line}>
              {t('apiKeys.refused', {
                line,
                reason: t(`apiKeys.reason.${reason}`, { line: sameAs ?? 0 }),
              })}
            </li>
          ))}
        </ul>
      )}
      <div className="row row-wrap">
        {fresh.length === 0 ? null : (
          <>
            <div className="grow">
              <KeyOf value={signerKey} keys={props.keys} onChange={setSignerKey} />
            </div>
            <Button
              onClick={() =>
                props.onAdd(
                  fresh.map(({ apiKey, name, line, dates }) => ({
                    apiKey,
                    // The last of its days is that of its end; an earlier one that of its issue.
                    ...(dates.length === 0 ? {} : { expires: dates[dates.length - 1] }),
                    name: name === '' ? t('apiKeys.numbered', { line }) : name,
                    ...(signerKey === '' ? {} : { signerKey }),
                  })),
                )
              }
              data-testid="import-add"
            >
              {t('apiKeys.add', { count: fresh.length })}
            </Button>
          </>
        )}
        <Button kind="ghost" onClick={props.onCancel}>
          {t('action.cancel')}
        </Button>
      </div>
      <p className="hint">{t('apiKeys.unsaved')}</p>
    </div>
  )
}
