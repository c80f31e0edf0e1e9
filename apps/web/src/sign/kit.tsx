import type { ReactNode } from 'react'
import { Button, ButtonLink } from '../components/button.tsx'
import { Countdown, shareLeft } from '../components/countdown.tsx'
import { Qr } from '../components/qr.tsx'
import { useNow } from '../components/use-now.ts'
import { Rich } from '../i18n/text-context.tsx'
import { fillPlaces } from '../i18n/translate.ts'
import { useSignSpeech } from './use-sign-speech.ts'

/** What is going on this very moment, in turquoise. */
export function LiveStatus(props: { readonly title: string; readonly more: string }) {
  return (
    <div className="signer-live" data-testid="signer-live">
      <span className="pulse" aria-hidden="true" />
      <span>
        {props.title}
        <small>{props.more}</small>
      </span>
    </div>
  )
}

/** The one big button: two taps to the app. */
export function OpenApp(props: {
  readonly href: string
  readonly children: ReactNode
  readonly newTab?: boolean
}) {
  return (
    <ButtonLink
      href={props.href}
      kind={props.newTab === true ? 'plain' : 'primary'}
      size={props.newTab === true ? 'm' : 'l'}
      className="full-width"
      icon="phone"
      data-testid={props.newTab === true ? 'open-sandbox-phone' : 'open-app'}
      {...(props.newTab === true ? { target: 'muhr-phone', rel: 'noopener' } : {})}
    >
      {props.children}
    </ButtonLink>
  )
}

/** A page of another site, in the same tab. */
export function OpenPage(props: { readonly href: string; readonly children: ReactNode }) {
  return (
    <ButtonLink
      href={props.href}
      kind="primary"
      size="l"
      className="full-width"
      icon="key"
      rel="noreferrer"
      data-testid="open-page"
    >
      {props.children}
    </ButtonLink>
  )
}

/**
 * A page of another site inside this one: it learns nothing of us, and can neither lead this page
 * elsewhere nor reach into it.
 */
export function PageFrame(props: { readonly src: string; readonly title: string }) {
  return (
    <iframe
      className="signer-frame"
      src={props.src}
      title={props.title}
      sandbox="allow-forms allow-scripts allow-same-origin allow-popups"
      referrerPolicy="no-referrer"
      data-testid="page-frame"
    />
  )
}

/** Brings the page of the service into ours, and takes it away again. */
export function FrameSwitch(props: {
  readonly isOpen: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  return (
    <Button
      className="full-width"
      aria-expanded={props.isOpen}
      onClick={props.onPress}
      data-testid="frame-switch"
    >
      {props.children}
    </Button>
  )
}

/** Until when a service waits, as a bar and a moment with its zone; `{time}` of the text is that moment. */
export function Deadline(props: {
  readonly opensAt?: string | undefined
  readonly expiresAt: string
  readonly text: string
  readonly over: string
}) {
  const { format } = useSignSpeech()
  const nowMs = useNow(30_000).getTime()
  const expiresAtMs = Date.parse(props.expiresAt)
  const isOver = expiresAtMs <= nowMs
  const opensAtMs = props.opensAt === undefined ? nowMs : Date.parse(props.opensAt)
  const share = shareLeft({ opensAtMs, expiresAtMs }, nowMs)

  return (
    <div className="countdown" data-testid="signer-deadline">
      <div className="bar" aria-hidden="true">
        <i style={{ width: `${(share * 100).toFixed(1)}%` }} />
      </div>
      <p className="small">
        <Rich
          text={
            isOver
              ? props.over
              : fillPlaces(props.text, { time: format.proofTime(props.expiresAt) })
          }
        />
      </p>
    </div>
  )
}

export const signerKit = {
  Qr,
  Countdown,
  Deadline,
  LiveStatus,
  OpenApp,
  OpenPage,
  PageFrame,
  FrameSwitch,
}
