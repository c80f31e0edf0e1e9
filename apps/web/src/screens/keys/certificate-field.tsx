import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Field } from '../../components/field.tsx'

/** A certificate (.cer) as a file. */
export function CertificateField(props: {
  readonly file: File | undefined
  readonly hint: string
  readonly error: string | undefined
  readonly onFile: (file: File | undefined) => void
}) {
  const { t } = useSettingsSpeech()
  const { file } = props

  return (
    <Field
      label={t('keys.certificate')}
      hint={file === undefined ? props.hint : file.name}
      error={props.error}
    >
      {(links) => (
        <input
          {...links}
          type="file"
          accept=".cer,.crt,.pem,.der"
          className="file-input"
          data-testid="certificate-input"
          onChange={(event) => props.onFile(event.target.files?.[0])}
        />
      )}
    </Field>
  )
}
