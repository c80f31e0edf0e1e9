import type { JournalEvent, Signing } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Note } from '../../components/note.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { Seal } from '../../seal/seal.tsx'
import { findProvider } from '../../services/registry.ts'
import { ownWords, reasonWords } from '../../services/service-words.ts'
import { isVouched, provenOf, saidOf } from './said.ts'

/** The word of a service beside what we verified ourselves: the one never stands for the other. */
export function SaidPanel(props: {
  readonly signing: Signing
  readonly events: readonly JournalEvent[]
}) {
  const { t } = useAppSpeech()
  const text = useProviderText()
  const { signing } = props
  const provider = signing.requests.at(-1)?.provider ?? ''
  const said = saidOf(signing, props.events)

  if (findProvider(provider)?.isAsked !== true || said === undefined) return null

  const proven = provenOf(signing)
  const comment =
    said === 'declined' && reasonWords(text, provider, signing.reason) === undefined
      ? signing.reason
      : undefined

  return (
    <div className="sig-extra stack-tight">
      <dl className="said" data-testid="said">
        <div>
          <dt className="caption faint">{text(provider, 'said.title')}</dt>
          <dd>
            <b>{text(provider, `said.${said}`)}</b>
            {comment === undefined ? null : <span className="wrap-anywhere"> «{comment}»</span>}
            <span className="caption faint said-worth">{text(provider, 'said.worth')}</span>
          </dd>
        </div>
        <div>
          <dt className="caption faint">{t('said.proven')}</dt>
          <dd
            className="row"
            data-testid="said-proven"
            data-proven={'seal' in proven ? proven.seal : proven.kind}
          >
            {proven.kind === 'seal' ? (
              <>
                <Seal state={proven.seal} size="s" />
                <b>{t(`state.${proven.seal}`)}</b>
              </>
            ) : (
              <span className="dim">{t(`said.${proven.kind}`)}</span>
            )}
          </dd>
        </div>
      </dl>
      {isVouched(signing) ? <Vouched signing={signing} provider={provider} /> : null}
    </div>
  )
}

/** Known by phone or e-mail, on the word of the service: plainly, since no certificate shows it. */
export function Vouched({
  signing,
  provider,
}: {
  readonly signing: Signing
  readonly provider: string
}) {
  const { t } = useAppSpeech()
  const text = useProviderText()
  const { phone, email } = signing.recipient.identifiersMasked
  const who = phone === undefined ? `${t('id.email')} ${email ?? ''}` : `${t('id.phone')} ${phone}`

  return (
    <Note kind="warn" testId="vouched">
      <Rich text={ownWords(text, { provider, key: 'vouched' }, { who }) ?? who} />
    </Note>
  )
}
