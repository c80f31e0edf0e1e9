import { useId } from 'react'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'

/** A certificate (.cer) as a file. */
export function CertificateField(props: {
  readonly file: File | undefined
  readonly hint: string
  readonly error: string | undefined
  readonly onFile: (file: File | undefined) => void
}) {
  const { t } = useSettingsSpeech()
  const id = useId()

  return (
    <div className="field">
      <span className="label" id={id}>
        {t('keys.certificate')}
      </span>
      <label className="button button-s pick-button">
        <input
          type="file"
          accept=".cer,.crt,.pem,.der"
          className="sr-only"
          aria-labelledby={id}
          aria-describedby={`${id}-hint ${id}-error`}
          aria-invalid={props.error !== undefined}
          data-testid="certificate-input"
          onChange={(event) => props.onFile(event.target.files?.[0])}
        />
        <span>{t('keys.certificate.choose')}</span>
      </label>
      <p className="hint wrap-anywhere" id={`${id}-hint`}>
        {props.file?.name ?? props.hint}
      </p>
      <p className="field-error" id={`${id}-error`}>
        {props.error}
      </p>
    </div>
  )
}
