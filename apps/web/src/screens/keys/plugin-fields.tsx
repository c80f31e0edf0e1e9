import { useMutation } from '@tanstack/react-query'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Note } from '../../components/note.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { plugInCode, plugInText } from '../seals/plug-in-words.ts'
import type { DraftProps } from './add-key-form.tsx'
import { CertificateField } from './certificate-field.tsx'
import { commonName } from './key-words.ts'

/** A key in a clerk's browser: only its certificate is kept here. */
export function PluginFields({ draft, change, errorOf }: DraftProps) {
  const { t } = useSettingsSpeech()
  const ask = useMutation({
    mutationFn: async () => {
      const [{ loadPlugIn }, { listCertificates }] = await Promise.all([
        import('../../plug-in/load-plug-in.ts'),
        import('../../plug-in/sign-digests.ts'),
      ])

      return listCertificates(await loadPlugIn())
    },
    onSuccess: ([first]) => {
      if (first !== undefined) change({ pluginCertificate: first.certificate })
    },
  })

  return (
    <>
      <p className="small dim">{t('keys.plugin.text')}</p>
      {ask.data === undefined || ask.data.length === 0 ? (
        <Button size="s" busy={ask.isPending} onClick={() => ask.mutate()} data-testid="ask-plugin">
          {t('keys.plugin.ask')}
        </Button>
      ) : (
        <Field label={t('keys.plugin.which')} error={errorOf('certificate')}>
          {(links) => (
            <select
              {...links}
              className="select"
              value={draft.pluginCertificate}
              data-testid="plugin-certificate"
              onChange={(event) => change({ pluginCertificate: event.target.value })}
            >
              {ask.data.map((each) => (
                <option key={each.thumbprint} value={each.certificate}>
                  {commonName(each.subject)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {ask.data?.length === 0 ? <Note kind="warn">{t('keys.plugin.empty')}</Note> : null}
      {ask.isError ? (
        <Note kind="bad" code={plugInCode(ask.error)}>
          <Rich text={plugInText(t, ask.error)} />
        </Note>
      ) : null}
      <CertificateField
        file={draft.certificate}
        hint={t('keys.plugin.file')}
        error={errorOf('certificate')}
        onFile={(file) => change({ certificate: file })}
      />
    </>
  )
}
