import { useId, useState } from 'react'
import { asProblem, type ProblemError } from '../api/problem.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Fault } from '../components/fault.tsx'
import { Rich } from '../i18n/text-context.tsx'
import { useSignSpeech } from './use-sign-speech.ts'
import { organisationName, type SignerView } from './view.ts'

/** "Decline" and "This is not me": two links, equally easy to find, each with its consequence. */
export function DeclineWays(props: {
  readonly view: SignerView
  readonly decline: (reason: string) => Promise<void>
}) {
  const { t } = useSignSpeech()
  const [asked, setAsked] = useState<'decline' | 'not-me' | undefined>()

  return (
    <>
      <div className="signer-ways">
        <button
          type="button"
          className="link-button"
          onClick={() => setAsked('decline')}
          data-testid="decline"
        >
          {t('sign.decline')}
        </button>
        <button
          type="button"
          className="link-button"
          onClick={() => setAsked('not-me')}
          data-testid="not-me"
        >
          {t('sign.notMe')}
        </button>
      </div>
      {asked === undefined ? null : (
        <DeclineDialog {...props} kind={asked} onClose={() => setAsked(undefined)} />
      )}
    </>
  )
}

function DeclineDialog(props: {
  readonly view: SignerView
  readonly kind: 'decline' | 'not-me'
  readonly decline: (reason: string) => Promise<void>
  readonly onClose: () => void
}) {
  const { t, locale } = useSignSpeech()
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const reasonId = useId()
  const isNotMe = props.kind === 'not-me'

  const confirm = async () => {
    setBusy(true)
    setProblem(undefined)

    try {
      await props.decline(isNotMe ? t('sign.notMe.reason') : reason.trim())
      props.onClose()
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={t(isNotMe ? 'sign.notMe.title' : 'sign.decline.title')}
      onClose={props.onClose}
      testId="decline-dialog"
      foot={
        <>
          <Button data-safe onClick={props.onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            kind="danger"
            busy={isBusy}
            onClick={() => void confirm()}
            data-testid="decline-confirm"
          >
            {t(isNotMe ? 'sign.notMe.confirm' : 'sign.decline.confirm')}
          </Button>
        </>
      }
    >
      {isNotMe ? (
        <p>
          <Rich text={t('sign.notMe.text', { name: props.view.recipient.name })} />
        </p>
      ) : (
        <>
          <p>{t('sign.decline.text', { organisation: organisationName(props.view, locale) })}</p>
          <div>
            <label className="label" htmlFor={reasonId}>
              {t('sign.decline.reason')}{' '}
              <span className="faint caption">{t('sign.decline.optional')}</span>
            </label>
            <textarea
              id={reasonId}
              className="textarea"
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        </>
      )}
      {problem === undefined ? null : <Fault problem={problem} />}
    </Dialog>
  )
}
