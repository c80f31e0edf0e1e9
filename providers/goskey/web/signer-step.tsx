import type { ComponentType, ReactNode } from 'react'
import type { GoskeyKey } from './messages/ru.ts'

/** Parts of the page that the step is built from: the host's own, so that every service looks alike. */
export type GoskeyKit = {
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

export type GoskeyStepProps = {
  readonly kit: GoskeyKit
  readonly text: (key: GoskeyKey) => string
  readonly presentation: { readonly expiresAt?: string | undefined }
  readonly opensAt?: string | undefined
  /** Address of the simulated phones; only in the sandbox. */
  readonly sandboxPhoneUrl?: string | undefined
}

/**
 * How to sign in Goskey: the package is in the app already, under the signer's own account, so there is
 * nothing to scan and no link to press.
 */
export function GoskeySignerStep({
  kit,
  text,
  presentation,
  opensAt,
  sandboxPhoneUrl,
}: GoskeyStepProps) {
  return (
    <div className="signer-act">
      <h2>{text('signer.title')}</h2>
      <kit.LiveStatus title={text('signer.waiting')} more={text('signer.waiting.more')} />
      {presentation.expiresAt === undefined ? null : (
        <div className="signer-left">
          <kit.Countdown opensAt={opensAt} expiresAt={presentation.expiresAt} />
        </div>
      )}
      <ol className="steps">
        <li>{text('signer.step1')}</li>
        <li>{text('signer.step2')}</li>
        <li>{text('signer.step3')}</li>
      </ol>
      {sandboxPhoneUrl === undefined ? null : (
        <kit.OpenApp href={new URL('/goskey', sandboxPhoneUrl).href} newTab>
          {text('signer.sandbox')}
        </kit.OpenApp>
      )}
      <div className="signer-ways">
        <details>
          <summary>{text('signer.trouble')}</summary>
          <p>{text('signer.trouble.text')}</p>
        </details>
      </div>
    </div>
  )
}
