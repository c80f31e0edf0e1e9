import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Field } from '../../components/field.tsx'
import type { DraftProps } from './add-key-form.tsx'
import { CertificateField } from './certificate-field.tsx'
import type { TextField } from './new-key.ts'

/** A key that stays where it is: CryptoPro CSP of the server, a token, a signing service. */
export function ReferenceFields(props: DraftProps) {
  const { t } = useSettingsSpeech()
  const { draft, change, setText, errorOf } = props
  const text = (name: TextField, look: { readonly hint?: string; readonly isSecret?: boolean }) => (
    <Field label={t(`keys.${name}`)} hint={look.hint} error={errorOf(name)}>
      {(links) => (
        <input
          {...links}
          className={look.isSecret === true ? 'input' : 'input input-mono'}
          type={look.isSecret === true ? 'password' : 'text'}
          autoComplete="off"
          spellCheck={false}
          value={draft.texts[name]}
          data-testid={`key-${name}`}
          onChange={(event) => setText(name, event.target.value)}
        />
      )}
    </Field>
  )
  const thumbprint = text('thumbprint', { hint: t('keys.thumbprint.hint') })
  const certificate = (
    <CertificateField
      file={draft.certificate}
      hint={t('keys.certificate.found')}
      error={errorOf('certificate')}
      onFile={(file) => change({ certificate: file })}
    />
  )
  switch (draft.way) {
    case 'csp':
      return (
        <>
          <Field label={t('keys.tool')} error={errorOf('tool')}>
            {(links) => (
              <select
                {...links}
                className="select"
                value={draft.tool}
                onChange={(event) =>
                  change({ tool: event.target.value === 'cryptcp' ? 'cryptcp' : 'csptest' })
                }
              >
                <option value="csptest">csptest</option>
                <option value="cryptcp">cryptcp</option>
              </select>
            )}
          </Field>
          {thumbprint}
          {text('pin', { hint: t('keys.pin.csp'), isSecret: true })}
          {certificate}
        </>
      )
    case 'pkcs11':
      return (
        <>
          {text('module', { hint: t('keys.module.hint') })}
          <div className="field-row">
            {text('keyId', { hint: t('keys.keyId.hint') })}
            {text('tokenLabel', { hint: t('keys.tokenLabel.hint') })}
          </div>
          {text('pin', { hint: t('keys.pin.hint'), isSecret: true })}
          {certificate}
        </>
      )
    default:
      return (
        <>
          {text('url', { hint: t('keys.url.hint') })}
          {thumbprint}
          {text('secret', { hint: t('keys.secret.hint'), isSecret: true })}
          <Field label={t('keys.sends')}>
            {(links) => (
              <select
                {...links}
                className="select"
                value={draft.sends}
                onChange={(event) =>
                  change({ sends: event.target.value === 'content' ? 'content' : 'digest' })
                }
              >
                <option value="digest">{t('keys.sends.digest')}</option>
                <option value="content">{t('keys.sends.content')}</option>
              </select>
            )}
          </Field>
          {certificate}
        </>
      )
  }
}
