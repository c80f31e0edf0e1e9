import { useRenewal } from '../../api/renewal.ts'
import type { Signing } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { Countdown } from '../../components/countdown.tsx'
import { Qr } from '../../components/qr.tsx'
import { useCopy } from '../../components/toast.tsx'
import { Rich } from '../../i18n/text-context.tsx'
import { sandboxPhoneLink } from '../../sandbox-phone.ts'
import { findProvider, showsCode } from '../../services/registry.ts'
import { ownWords } from '../../services/service-words.ts'

/** The open code of a signing for a signer who sits beside the clerk, and the ways to reach others. */
export function CodePanel(props: {
  readonly signing: Signing
  readonly phoneUrl: string | undefined
  readonly isRenewing: boolean
  readonly onRenew: (requestId: string) => void
  /** The first run: the phone of the sandbox is the main way. */
  readonly isPhoneFirst?: boolean
}) {
  const { signing } = props
  const { t } = useAppSpeech()
  const text = useProviderText()
  const request = signing.requests.find(({ presentation }) => presentation !== undefined)
  const last = request ?? signing.requests[signing.requests.length - 1]
  const provider = last?.provider ?? signing.methods[0]?.provider ?? ''
  const service = findProvider(provider)
  const hasCode = showsCode(service)
  const renew = () => props.onRenew(last?.id ?? 'first')
  const { isStale } = useRenewal({
    requestId: hasCode ? request?.id : undefined,
    expiresAt: request?.presentation?.expiresAt,
    isInUse: signing.state !== 'sent',
    side: 'clerk',
    renew,
  })
  const phone = sandboxPhoneLink(props.phoneUrl, request?.presentation, service?.sandboxPage)

  return (
    <div
      className={hasCode ? 'code-panel' : 'code-panel code-panel-plain'}
      data-testid="code-panel"
    >
      {hasCode ? (
        <div className="code-qr">
          {request?.presentation?.qr === undefined ? (
            <Button kind="primary" icon="refresh" onClick={renew} busy={props.isRenewing}>
              {t('qr.renew')}
            </Button>
          ) : (
            <Qr
              text={request.presentation.qr}
              label={text(provider, 'signer.qr')}
              stale={isStale}
              onRenew={renew}
              busy={props.isRenewing}
            />
          )}
        </div>
      ) : null}
      <div className="small stack-tight">
        <p>
          <Rich text={text(provider, 'clerk.nearby')} />
        </p>
        <Ending signing={signing} provider={provider} hasCode={hasCode} />
        {props.isPhoneFirst === true ? null : <SignerLinks signing={signing} />}
        {phone === undefined ? null : (
          <p>
            <ButtonLink
              size={props.isPhoneFirst === true ? 'm' : 's'}
              kind={props.isPhoneFirst === true ? 'primary' : 'plain'}
              icon="phone"
              href={phone}
              target="muhr-phone"
              rel="noopener"
              data-testid="open-phone"
            >
              {ownWords(text, { provider, key: 'open.simulated' }) ?? t('envelope.openPhone')}
            </ButtonLink>
          </p>
        )}
        {props.isPhoneFirst === true ? <SignerLinks signing={signing} /> : null}
      </div>
    </div>
  )
}

/** How long the code lasts, or how long the service keeps a request that has none. */
function Ending(props: {
  readonly signing: Signing
  readonly provider: string
  readonly hasCode: boolean
}) {
  const { t, format } = useAppSpeech()
  const text = useProviderText()
  const request = props.signing.requests.find(({ presentation }) => presentation !== undefined)
  const expiresAt = request?.presentation?.expiresAt

  if (!props.hasCode) {
    const params = { time: expiresAt === undefined ? '' : format.proofTime(expiresAt) }
    const words = ownWords(text, { provider: props.provider, key: 'window.until' }, params)

    return expiresAt === undefined || words === undefined ? null : (
      <p className="dim">
        <Rich text={words} />
      </p>
    )
  }

  return expiresAt === undefined ? (
    <p className="dim">{t('qr.expired')}</p>
  ) : (
    <Countdown opensAt={request?.window?.opensAt} expiresAt={expiresAt} />
  )
}

/** The signer's own link: to copy and to open. It is a web link, so copying it makes sense. */
export function SignerLinks({ signing }: { readonly signing: Signing }) {
  const { t } = useAppSpeech()
  const copy = useCopy()
  const { signerUrl } = signing

  if (signerUrl === undefined) return null

  return (
    <div className="row row-wrap">
      <Button size="s" icon="copy" onClick={() => copy(signerUrl)} data-testid="copy-link">
        {t('envelope.copyLink')}
      </Button>
      <ButtonLink
        size="s"
        icon="eye"
        href={signerUrl}
        target="_blank"
        rel="noopener"
        data-testid="signer-page"
      >
        {t('envelope.signerPage')}
      </ButtonLink>
    </div>
  )
}
