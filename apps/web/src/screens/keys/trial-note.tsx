import type { KeyTrial } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { Note } from '../../components/note.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { reasonText } from './key-words.ts'

/** What a trial signature showed, and how its receiver would judge it. */
export function TrialNote({ trial }: { readonly trial: KeyTrial }) {
  const speech = useSettingsSpeech()
  const { t, format } = speech
  if (!trial.passed) {
    const reason = reasonText(speech, trial.code, trial.advice)

    return (
      <Note kind="bad" code={trial.code} testId="trial">
        <Rich text={t('keys.check.failed', { reason })} />
      </Note>
    )
  }
  const time = format.clock(trial.at)
  const { verification } = trial

  return (
    <Note kind="ok" testId="trial">
      <Rich text={t(trial.signed ? 'keys.check.passed' : 'keys.check.certificate', { time })} />
      {verification === undefined ? null : (
        <p className="small">
          {t(`keys.verdict.${verification.indication}`)}{' '}
          {t(`keys.revocation.${verification.revocation}`)}
        </p>
      )}
    </Note>
  )
}
