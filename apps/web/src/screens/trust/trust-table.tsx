import type { Authority, TrustRoot } from '../../api/trust.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { IconButton } from '../../components/button.tsx'
import { Hash } from '../../components/hash.tsx'

/** Anchors with their fingerprints, what they are known as, and where they came from. */
export function TrustTable(props: {
  readonly items: readonly TrustRoot[]
  readonly onRemove: ((root: TrustRoot) => void) | undefined
}) {
  const { t, format } = useSettingsSpeech()
  const { onRemove } = props

  return (
    <table className="key-table trust-table">
      <thead>
        <tr>
          <th scope="col">{t('trust.col.name')}</th>
          <th scope="col">{t('trust.col.fingerprint')}</th>
          <th scope="col" className="key-storage">
            {t('trust.col.valid')}
          </th>
          <th scope="col" className="key-used">
            {t('trust.col.source')}
          </th>
          <th scope="col">
            <span className="sr-only">{t('col.action')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.items.map((root) => (
          <tr key={`${root.source} ${root.sha256}`} className="key-row" data-testid="trust-row">
            <td>
              <b className="wrap-anywhere">{root.name}</b>
              <div className="stack-lines">
                <AuthorityWords
                  authority={root.authority}
                  source={root.source}
                  fault={root.fault}
                />
              </div>
            </td>
            <td>
              <Hash hex={root.sha256} />
            </td>
            <td className="key-storage small">
              {format.day(root.notBefore)} — {format.day(root.notAfter)}
            </td>
            <td className="key-used small">
              {root.source === 'sandbox'
                ? t('trust.source.sandbox')
                : root.added === undefined
                  ? t('trust.source.folder')
                  : t('trust.source.added', {
                      name: root.added.name ?? t('actor.key'),
                      time: format.dateTime(root.added.at),
                    })}
            </td>
            <td>
              {onRemove === undefined || root.source === 'sandbox' ? null : (
                <IconButton
                  icon="trash"
                  label={t('trust.remove.one', { name: root.name })}
                  onClick={() => onRemove(root)}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Whether it is a published national authority, and what speaks against it. */
export function AuthorityWords(props: {
  readonly authority: Authority | undefined
  readonly source: TrustRoot['source']
  readonly fault: TrustRoot['fault']
}) {
  const { t } = useSettingsSpeech()
  const { authority, fault } = props

  return (
    <>
      <span
        className={authority === undefined ? 'caption faint' : 'caption'}
        data-testid="authority"
      >
        {authority === undefined
          ? t(props.source === 'sandbox' ? 'trust.test' : 'trust.unpublished')
          : t(authority.kind === 'root' ? 'trust.published.root' : 'trust.published.issuing', {
              country: authority.country,
              generation: authority.generation,
            })}
      </span>
      {authority?.environment === 'test' ? (
        <span className="caption key-warn">{t('trust.environment.test')}</span>
      ) : null}
      {fault === undefined ? null : (
        <span className="caption key-bad">{t(`trust.fault.${fault}`)}</span>
      )}
    </>
  )
}
