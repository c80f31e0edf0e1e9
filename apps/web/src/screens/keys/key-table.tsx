import { Link } from '@tanstack/react-router'
import type { SignerKey } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { algorithmText, reasonText, validityOf } from './key-words.ts'

/** All keys, those in trouble first. The name is the link; the row only carries the mark. */
export function KeyTable(props: {
  readonly keys: readonly SignerKey[]
  readonly selected: string | undefined
  readonly now: Date
  /** Names of connections by id. */
  readonly names: ReadonlyMap<string, string>
}) {
  const { t } = useSettingsSpeech()

  return (
    <table className="key-table">
      <thead>
        <tr>
          <th scope="col">{t('keys.col.key')}</th>
          <th scope="col" className="key-storage">
            {t('keys.col.algorithm')}
          </th>
          <th scope="col">{t('keys.col.validity')}</th>
          <th scope="col" className="key-used">
            {t('keys.col.used')}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.keys.map((key) => (
          <KeyRow
            key={key.id}
            signerKey={key}
            isSelected={key.id === props.selected}
            now={props.now}
            used={key.connections.map((id) => props.names.get(id) ?? id)}
          />
        ))}
      </tbody>
    </table>
  )
}

function KeyRow(props: {
  readonly signerKey: SignerKey
  readonly isSelected: boolean
  readonly now: Date
  readonly used: readonly string[]
}) {
  const speech = useSettingsSpeech()
  const { t } = speech
  const { signerKey: key, isSelected, used } = props
  const validity = validityOf(speech, key, props.now)
  // What the dates say already needs no second sentence.
  const fault = key.faults.find((code) => !/expired|not-yet-valid/.test(code))

  return (
    <tr className={isSelected ? 'key-row key-row-on' : 'key-row'} data-testid="key-row">
      <td>
        <Link
          to="/settings/keys"
          search={{ key: key.id }}
          resetScroll={false}
          className="key-name"
          aria-current={isSelected ? 'true' : undefined}
        >
          {key.name}
        </Link>
        <span className="caption faint">
          {[key.signer.name, key.signer.title].filter((each) => each !== null).join(', ')}
        </span>
        {fault === undefined ? null : (
          <span className="caption key-fault">{reasonText(speech, fault, undefined)}</span>
        )}
      </td>
      <td className="key-storage">
        <span className="small">{algorithmText(speech, key)}</span>
        <br />
        <span className="caption faint">{t(`keys.kind.${key.kind}`)}</span>
      </td>
      <td className="key-validity">
        <span className={validity.tone === 'ok' ? 'small' : `small key-${validity.tone}`}>
          {validity.text}
        </span>
        <div className={`bar tone-${validity.tone}`} aria-hidden="true">
          <i style={{ width: `${validity.percent}%` }} />
        </div>
      </td>
      <td className="key-used">
        {used.length === 0 ? (
          <span className="small faint">{t('keys.nowhere')}</span>
        ) : (
          <span className="row row-wrap key-tags">
            {used.map((name) => (
              <span className="tag" key={name}>
                {name}
              </span>
            ))}
          </span>
        )}
      </td>
    </tr>
  )
}
