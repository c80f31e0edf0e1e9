import { type ComponentType, type ReactNode, useState } from 'react'
import type { EgovMobileKey } from './messages/ru.ts'

/** Parts of the page that the step is built from: the host's own, so that every service looks alike. */
export type EgovMobileKit = {
  readonly Qr: ComponentType<{
    readonly text: string
    readonly label: string
    readonly stale?: boolean
    readonly onRenew?: (() => void) | undefined
    readonly busy?: boolean
  }>
  readonly Countdown: ComponentType<{
    readonly opensAt?: string | undefined
    readonly expiresAt: string
  }>
  readonly LiveStatus: ComponentType<{ readonly title: string; readonly more: string }>
  readonly OpenApp: ComponentType<{
    readonly href: string
    readonly children: ReactNode
    readonly newTab?: boolean
  }>
}

export type EgovMobileStepProps = {
  readonly kit: EgovMobileKit
  readonly text: (key: EgovMobileKey) => string
  /** `opened`: the app has fetched the documents. */
  readonly phase: 'waiting' | 'opened'
  readonly presentation: {
    readonly qr?: string | undefined
    readonly links: readonly { readonly kind: string; readonly url: string }[]
    readonly expiresAt?: string | undefined
  }
  readonly opensAt?: string | undefined
  readonly isStale: boolean
  readonly isRenewing: boolean
  readonly onRenew: () => void
  /** Address of the simulated phone with this link already scanned; only in the sandbox. */
  readonly sandboxPhoneUrl?: string | undefined
}

/**
 * How to sign in eGov Mobile. A wide page shows the QR code first, because the app is on another
 * device; a narrow one shows the button that opens the app, and the code behind a link.
 */
export function EgovMobileSignerStep(props: EgovMobileStepProps) {
  const { kit, text, presentation, isStale } = props
  const [isQrShown, setQrShown] = useState(false)
  const appLink = presentation.links[0]?.url
  const code = (
    <>
      <div className="signer-qr">
        {presentation.qr === undefined ? null : (
          <kit.Qr
            text={presentation.qr}
            label={text('signer.qr')}
            stale={isStale}
            onRenew={props.onRenew}
            busy={props.isRenewing}
          />
        )}
      </div>
      {presentation.expiresAt === undefined ? null : (
        <div className="signer-left">
          <kit.Countdown opensAt={props.opensAt} expiresAt={presentation.expiresAt} />
        </div>
      )}
    </>
  )

  return (
    <>
      <div className="signer-code proof only-desk">
        <h2>{text('signer.title')}</h2>
        {code}
      </div>
      {isQrShown ? <div className="signer-code proof only-phone">{code}</div> : null}
      <div className="signer-act">
        {/* On a phone nothing is waited for until the app is open: the button stands alone. */}
        <div className={props.phase === 'opened' ? undefined : 'only-desk'}>
          <kit.LiveStatus
            title={text(props.phase === 'opened' ? 'signer.opened' : 'signer.waiting')}
            more={text(props.phase === 'opened' ? 'signer.opened.more' : 'signer.waiting.more')}
          />
        </div>
        {appLink === undefined ? null : (
          <div className="only-phone">
            <kit.OpenApp href={appLink}>{text('signer.open')}</kit.OpenApp>
          </div>
        )}
        {props.sandboxPhoneUrl === undefined ? null : (
          <div className="only-desk">
            <kit.OpenApp href={props.sandboxPhoneUrl} newTab>
              {text('signer.sandbox')}
            </kit.OpenApp>
          </div>
        )}
        <ol className="steps only-desk">
          <li>{text('signer.step1')}</li>
          <li>{text('signer.step2')}</li>
          <li>{text('signer.step3')}</li>
        </ol>
        <div className="signer-ways">
          <details>
            <summary>{text('signer.trouble')}</summary>
            <p>{text('signer.trouble.text')}</p>
          </details>
          <button
            type="button"
            className="link-button only-phone"
            aria-expanded={isQrShown}
            onClick={() => setQrShown(!isQrShown)}
          >
            {text(isQrShown ? 'signer.hideQr' : 'signer.showQr')}
          </button>
        </div>
      </div>
    </>
  )
}
