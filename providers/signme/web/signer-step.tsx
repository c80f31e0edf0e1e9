import { type ComponentType, type ReactNode, useState } from 'react'
import type { SignmeKey } from './messages/ru.ts'

/** Parts of the page that the step is built from: the host's own, so that every service looks alike. */
export type SignmeKit = {
  readonly LiveStatus: ComponentType<{ readonly title: string; readonly more: string }>
  /** A page of another site, in the same tab; it is told nothing of ours. */
  readonly OpenPage: ComponentType<{ readonly href: string; readonly children: ReactNode }>
  /** A page of another site inside ours. */
  readonly PageFrame: ComponentType<{ readonly src: string; readonly title: string }>
  readonly FrameSwitch: ComponentType<{
    readonly isOpen: boolean
    readonly onPress: () => void
    readonly children: ReactNode
  }>
}

export type SignmeStepProps = {
  readonly kit: SignmeKit
  readonly text: (key: SignmeKey) => string
  readonly presentation: {
    readonly links: readonly { readonly kind: string; readonly url: string }[]
    /** The page that may be shown inside ours; absent where Sign.Me leads the browser back. */
    readonly frame?: string | undefined
  }
}

/**
 * How to sign in Sign.Me: on its own page, by a password that only it sees. The page opens in the same
 * tab, or inside this one where the signer wants to stay.
 */
export function SignmeSignerStep({ kit, text, presentation }: SignmeStepProps) {
  const [isFramed, setFramed] = useState(false)
  const page = presentation.links.find(({ kind }) => kind === 'page')?.url
  const { frame } = presentation
  const steps = (
    <ol className="steps">
      <li>{text('signer.step1')}</li>
      <li>{text('signer.step2')}</li>
      <li>{text(frame === undefined ? 'signer.step3.back' : 'signer.step3')}</li>
    </ol>
  )
  const here =
    frame === undefined ? null : (
      <kit.FrameSwitch isOpen={isFramed} onPress={() => setFramed(!isFramed)}>
        {text(isFramed ? 'signer.here.close' : 'signer.here')}
      </kit.FrameSwitch>
    )

  if (frame !== undefined && isFramed) {
    return (
      <div className="signer-act signer-framed">
        <h2>{text('signer.title')}</h2>
        <p className="small dim">{text('signer.frame.note')}</p>
        <kit.PageFrame src={frame} title={text('signer.frame')} />
        {here}
      </div>
    )
  }

  return (
    <div className="signer-act">
      <h2>{text('signer.title')}</h2>
      <div className="only-desk">{steps}</div>
      {page === undefined ? null : <kit.OpenPage href={page}>{text('signer.open')}</kit.OpenPage>}
      {here}
      <kit.LiveStatus title={text('signer.waiting')} more={text('signer.waiting.more')} />
      <div className="signer-ways">
        <details className="only-phone">
          <summary>{text('signer.how')}</summary>
          {steps}
        </details>
        <details>
          <summary>{text('signer.trouble')}</summary>
          <p>{text('signer.trouble.text')}</p>
        </details>
      </div>
    </div>
  )
}
