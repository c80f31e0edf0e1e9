import type { ComponentType, ReactNode } from 'react'
import type { GoskeyKey } from './messages/ru.ts'

/** Parts of the page that the step is built from: the host's own, so that every service looks alike. */
export type GoskeyKit = {
  readonly Deadline: ComponentType<{
    readonly opensAt?: string | undefined
    readonly expiresAt: string
    readonly text: string
    readonly over: string
  }>
  readonly LiveStatus: ComponentType<{ readonly title: string; readonly more: string }>
  readonly OpenApp: ComponentType<{
    readonly href: string
    readonly children: ReactNode
    readonly newTab?: boolean
  }>
}

export type GoskeyStepProps = {
  readonly kit: GoskeyKit
  readonly text: (key: GoskeyKey) => string
  readonly presentation: {
    readonly expiresAt?: string | undefined
    /** Whom the app names as the sender. */
    readonly sender?: string | undefined
  }
  readonly opensAt?: string | undefined
  /** What the app shows of the package: its title and how many documents it has. */
  readonly shown: { readonly title: string; readonly documents: number }
  /** Address of the simulated phones; only in the sandbox. */
  readonly sandboxPhoneUrl?: string | undefined
}

/**
 * How to sign in Goskey: the package comes to the app under the signer's own account, so there is
 * nothing to scan and no link to press. The service does not tell whether it was opened.
 */
export function GoskeySignerStep(props: GoskeyStepProps) {
  const { kit, text, presentation, sandboxPhoneUrl } = props
  const steps = (
    <ol className="steps">
      <li>{text('signer.step1')}</li>
      <li>
        <div>
          {text('signer.step2')}
          <dl className="signer-look small">
            {presentation.sender === undefined ? null : (
              <div>
                <dt>{text('signer.look.sender')}</dt>
                <dd>{presentation.sender}</dd>
              </div>
            )}
            <div>
              <dt>{text('signer.look.title')}</dt>
              <dd>{props.shown.title}</dd>
            </div>
            <div>
              <dt>{text('signer.look.documents')}</dt>
              <dd>{props.shown.documents}</dd>
            </div>
          </dl>
        </div>
      </li>
      <li>{text('signer.step3')}</li>
    </ol>
  )

  return (
    <div className="signer-act">
      <h2>{text('signer.title')}</h2>
      <kit.LiveStatus title={text('signer.waiting')} more={text('signer.waiting.more')} />
      {presentation.expiresAt === undefined ? null : (
        <kit.Deadline
          opensAt={props.opensAt}
          expiresAt={presentation.expiresAt}
          text={text('signer.until')}
          over={`${text('signer.over')}. ${text('signer.over.more')}`}
        />
      )}
      <div className="only-desk">{steps}</div>
      {sandboxPhoneUrl === undefined ? null : (
        <div className="only-desk">
          <kit.OpenApp href={new URL('/goskey', sandboxPhoneUrl).href} newTab>
            {text('signer.sandbox')}
          </kit.OpenApp>
        </div>
      )}
      <div className="signer-ways">
        <details className="only-phone">
          <summary>{text('signer.how')}</summary>
          {steps}
        </details>
        <details>
          <summary>{text('signer.first')}</summary>
          <p>{text('signer.first.text')}</p>
        </details>
        <details>
          <summary>{text('signer.trouble')}</summary>
          <p>{text('signer.trouble.text')}</p>
        </details>
      </div>
    </div>
  )
}
