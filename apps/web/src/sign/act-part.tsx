import type { AttentionKind } from '../api/types.ts'
import { Button } from '../components/button.tsx'
import { Note } from '../components/note.tsx'
import { Rich } from '../i18n/text-context.tsx'
import { sandboxPhoneLink } from '../sandbox-phone.ts'
import { findProvider } from '../services/registry.ts'
import type { SignerApi } from './api.ts'
import { signerKit } from './kit.tsx'
import { Face, SignedFace } from './outcome.tsx'
import { signerSteps } from './steps.tsx'
import { useSignSpeech } from './use-sign-speech.ts'
import { expectedNumber, isOver, organisationName, type SignerView, signerPhase } from './view.ts'

/** The part that acts: on a phone a sheet at the lower edge, below who and what. */
export function ActPart(props: {
  readonly view: SignerView
  readonly api: SignerApi
  readonly text: (key: string) => string
  readonly isStale: boolean
  readonly isRenewing: boolean
  readonly isFresh: boolean
  readonly onRenew: () => void
}) {
  const { t } = useSignSpeech()
  const phase = signerPhase(props.view)

  return (
    <section
      className="card signer-sheet"
      aria-label={t('sign.tab')}
      data-testid="signer-act"
      data-phase={phase}
      data-over={isOver(phase)}
    >
      <ActFace {...props} />
    </section>
  )
}

function ActFace(props: Parameters<typeof ActPart>[0]) {
  const { view, api } = props
  const { t, locale } = useSignSpeech()
  const organisation = organisationName(view, locale)

  switch (signerPhase(view)) {
    case 'waiting':
      return <Face seal="waiting" title={t('sign.waiting')} more={t('sign.waiting.more')} />
    case 'preparing':
      return (
        <Face
          seal="dispatching"
          title={own(props.text, 'signer.preparing') ?? t('sign.preparing')}
          more={own(props.text, 'signer.preparing.more') ?? t('sign.preparing.more')}
        />
      )
    case 'ready':
    case 'opened':
      return <Step {...props} />
    case 'code-over':
      // A service that has no code is asked how the request ended; nothing new can be had from it.
      if (own(props.text, 'signer.over') !== undefined) {
        return (
          <Face
            seal="expired"
            title={props.text('signer.over')}
            more={props.text('signer.over.more')}
          />
        )
      }

      return (
        <Face seal="expired" title={t('sign.codeOver')} more={t('sign.codeOver.more')}>
          <Button
            kind="primary"
            size="l"
            icon="refresh"
            busy={props.isRenewing}
            onClick={props.onRenew}
            data-testid="new-code"
          >
            {t('sign.newCode')}
          </Button>
        </Face>
      )
    case 'checking':
      return <Face seal="received" title={t('sign.checking')} more={t('sign.checking.more')} />
    case 'held':
      return <Face seal="held" title={t('sign.held')} more={t('sign.held.more')} />
    case 'signed':
      return <SignedFace view={view} api={api} pressed={props.isFresh} />
    case 'declined':
      return <Face seal="declined" title={t('sign.declined')} more={t('sign.declined.more')} />
    case 'expired':
      return (
        <Face
          seal="expired"
          title={t('sign.expired')}
          more={t('sign.expired.more', { organisation })}
        />
      )
    case 'voided':
      return <Face seal="voided" title={t('sign.voided')} more={t('sign.voided.more')} />
    case 'failed':
      return (
        <Face
          seal="failed"
          title={t('sign.failed')}
          more={t('sign.failed.more', { organisation })}
        />
      )
  }
}

/** What the service says itself; a key that it does not have comes back as it is. */
function own(text: (key: string) => string, key: string): string | undefined {
  const words = text(key)

  return words === key ? undefined : words
}

function Step(props: Parameters<typeof ActPart>[0]) {
  const { view } = props
  const { t } = useSignSpeech()
  const { request } = view
  const ServiceStep = request === undefined ? undefined : signerSteps[request.provider]

  if (request?.presentation === undefined || ServiceStep === undefined) return null

  const number = expectedNumber(view.recipient.identifiersMasked)
  const isSignedOnce = findProvider(request.provider)?.isSignedOnce === true
  const isWrong = view.attention !== undefined && isOfSignature(view.attention.kind)

  return (
    <>
      {view.attention === undefined || (isSignedOnce && !isWrong) ? null : (
        <div className="signer-attention">
          <Note kind="bad" code={view.attention.code} testId="signer-attention">
            <Rich
              text={
                own(props.text, `signer.attention.${attentionWord(view.attention.kind)}`) ??
                (view.attention.kind === 'person'
                  ? t('sign.attention.person', {
                      id: number === undefined ? '' : `${t(`id.${number.kind}`)} ${number.masked}`,
                    })
                  : t(`sign.attention.${toldAs(view.attention.kind)}`))
              }
            />
          </Note>
        </div>
      )}
      {isSignedOnce && isWrong ? null : (
        <ServiceStep
          kit={signerKit}
          text={props.text}
          phase={
            signerPhase(view) === 'opened' && view.attention === undefined ? 'opened' : 'waiting'
          }
          presentation={request.presentation}
          opensAt={request.window?.opensAt}
          shown={{ title: view.title, documents: view.documents.length }}
          isStale={props.isStale}
          isRenewing={props.isRenewing}
          onRenew={props.onRenew}
          sandboxPhoneUrl={sandboxPhoneLink(view.sandbox?.phoneUrl, request.presentation)}
        />
      )}
    </>
  )
}

/** Whether an attention is about a signature that came, not about the service or the sender. */
function isOfSignature(kind: AttentionKind): boolean {
  return kind !== 'provider' && kind !== 'seal'
}

/** The word under which a service may have its own text for an attention. */
function attentionWord(kind: AttentionKind): 'person' | ReturnType<typeof toldAs> {
  return kind === 'person' ? kind : toldAs(kind)
}

/** What only the sender can mend reads to the signer as a signature that was not accepted. */
function toldAs(kind: AttentionKind): 'content' | 'verifier' | 'format' {
  return kind === 'content' || kind === 'format' ? kind : 'verifier'
}
