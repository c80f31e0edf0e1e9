import { useAppSpeech } from '../../app/use-app-speech.ts'
import { sentence } from '../../format/texts.ts'
import { SectionMark } from './section-mark.tsx'

/** Third block: until when. The zone is always named. */
export function TermsCard(props: {
  readonly deadline: string
  readonly problem: 'deadline.past' | 'deadline.unreadable' | undefined
  readonly onDeadline: (deadline: string) => void
}) {
  const { t, format } = useAppSpeech()
  const isBad = props.problem !== undefined

  return (
    <section className="card" aria-labelledby="new-terms">
      <header className="card-head">
        <SectionMark number={3} isDone={!isBad} isTouched={isBad} />
        <h2 id="new-terms">{t('new.terms')}</h2>
      </header>
      <div className="card-body">
        <div className="terms">
          <label className="label" htmlFor="f-deadline">
            {t('new.deadline')} <span className="faint caption">{t('new.optional')}</span>
          </label>
          <input
            id="f-deadline"
            className="input"
            type="datetime-local"
            value={props.deadline}
            aria-invalid={isBad}
            aria-describedby="deadline-note"
            onChange={(event) => props.onDeadline(event.target.value)}
          />
          <div id="deadline-note">
            {props.problem === undefined ? (
              <p className="hint">{t('new.deadline.zone', { zone: format.zone(new Date()) })}</p>
            ) : (
              <p className="field-error">{sentence(t(`finding.${props.problem}`))}</p>
            )}
          </div>
        </div>
      </div>
    </section>
  )
}
