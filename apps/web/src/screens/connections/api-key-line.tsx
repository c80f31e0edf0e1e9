import type { SignerKey } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { IconButton } from '../../components/button.tsx'
import { useNow } from '../../components/use-now.ts'
import { type ApiKeyRow, endingOf, maskOf } from './api-key-rows.ts'

/** One API-Key of the form: whose it is, until when, and by which signer key it is signed. */
export function ApiKeyLine(props: {
  readonly row: ApiKeyRow
  readonly keys: readonly SignerKey[]
  readonly error: string | undefined
  readonly onChange: (row: ApiKeyRow) => void
  readonly onRemove: () => void
}) {
  const { t } = useSettingsSpeech()
  const { row, onChange } = props

  return (
    <li data-testid="api-key">
      <span className="mono small nowrap">{maskOf(row.apiKey)}</span>
      <input
        className="input"
        aria-label={t('apiKeys.name')}
        placeholder={t('apiKeys.name')}
        value={row.name}
        maxLength={200}
        aria-invalid={props.error !== undefined}
        data-testid="api-key-name"
        onChange={(event) => onChange({ ...row, name: event.target.value })}
      />
      <KeyOf
        value={row.signerKey}
        keys={props.keys}
        onChange={(signerKey) => {
          const { signerKey: _, ...rest } = row
          onChange(signerKey === '' ? rest : { ...rest, signerKey })
        }}
      />
      <input
        className="input"
        type="date"
        aria-label={t('apiKeys.expires')}
        title={t('apiKeys.expires')}
        value={row.expires ?? ''}
        data-testid="api-key-expires"
        onChange={(event) => {
          const { expires: _, ...rest } = row
          onChange(event.target.value === '' ? rest : { ...rest, expires: event.target.value })
        }}
      />
      <IconButton
        icon="trash"
        label={t('apiKeys.remove', { name: row.name })}
        onClick={props.onRemove}
      />
      <Ending row={row} />
      {props.error === undefined ? null : <p className="field-error">{props.error}</p>}
    </li>
  )
}

/** Told only when it is soon, or past. */
function Ending({ row }: { readonly row: ApiKeyRow }) {
  const { t, format } = useSettingsSpeech()
  const ending = endingOf(row, useNow(60_000))

  if (ending === undefined || ending.tone === 'ok') return null

  return (
    <p className={`small api-key-ending key-${ending.tone}`} data-testid="api-key-ending">
      {ending.tone === 'bad'
        ? t('apiKeys.ended', { day: format.day(`${row.expires}T12:00:00Z`) })
        : t('apiKeys.ending', { count: ending.daysLeft + 1 })}
    </p>
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
