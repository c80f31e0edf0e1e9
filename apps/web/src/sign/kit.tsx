import type { ReactNode } from 'react'
import { ButtonLink } from '../components/button.tsx'
import { Countdown } from '../components/countdown.tsx'
import { Qr } from '../components/qr.tsx'

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

export const signerKit = { Qr, Countdown, LiveStatus, OpenApp }
