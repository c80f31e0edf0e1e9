import { Link } from '@tanstack/react-router'
import type { Session, Signing } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button } from '../../components/button.tsx'
import { needsCode, signingEnds, signingSeal } from '../../seal/table.ts'
import { AskNow } from './ask-now.tsx'
import { CodePanel, SignerLinks } from './code-panel.tsx'
import { MismatchPanel } from './mismatch-panel.tsx'
import { lostRequest, UnknownPanel } from './unknown-panel.tsx'

/** Who may accept a held signature by name. */
const mayAccept: ReadonlySet<Session['user']['role']> = new Set(['owner', 'sender'])

/** What stands below a signing: the comparison, the decision, the code, or only its links. */
export function SigningExtra(props: {
  readonly signing: Signing
  readonly isFirstOpen: boolean
  readonly role: Session['user']['role']
  readonly phoneUrl: string | undefined
  readonly isBusy: boolean
  readonly onRenew: (requestId: string) => void
  readonly onAccept: () => void
  readonly onVoid: () => void
  readonly onSendAgain: (requestId: string) => Promise<void>
}) {
  const { signing } = props
  const { t } = useAppSpeech()
  const seal = signingSeal(signing)
  const lastRequest = signing.requests[signing.requests.length - 1]?.id ?? 'first'

  if (seal === 'mismatch') {
    return (
      <div className="sig-extra">
        <MismatchPanel
          signing={signing}
          isAsking={props.isBusy}
          onAskAgain={() => props.onRenew(lastRequest)}
          onVoid={props.onVoid}
        />
        {props.isFirstOpen ? <Code {...props} /> : null}
      </div>
    )
  }

  if (seal === 'unknown' && lostRequest(signing) !== undefined) {
    return <UnknownPanel signing={signing} role={props.role} onSendAgain={props.onSendAgain} />
  }

  if (seal === 'unsealed') return <Unsealed signing={signing} />

  if (seal === 'held' && mayAccept.has(props.role)) {
    return (
      <div className="sig-extra row row-wrap">
        <Button size="s" onClick={props.onAccept} data-testid="accept">
          {t('accept.open')}
        </Button>
        <span className="small faint">{t('accept.hint')}</span>
      </div>
    )
  }

  if (needsCode(signing)) {
    return (
      <div className="sig-extra">
        {props.isFirstOpen ? <Code {...props} /> : <SignerLinks signing={signing} />}
        <div className="row row-wrap ask-now">
          <AskNow signing={signing} role={props.role} />
        </div>
      </div>
    )
  }

  if (!signingEnds.has(signing.state) && signing.signerUrl !== undefined) {
    return (
      <div className="sig-extra">
        <SignerLinks signing={signing} />
      </div>
    )
  }

  return null
}

/** What the key said, and where a person mends it. */
function Unsealed({ signing }: { readonly signing: Signing }) {
  const { t } = useAppSpeech()
  const isAsked = signing.requests.some(({ clerkSeal }) => clerkSeal !== undefined)
  const code = signing.requests.find(({ attention }) => attention?.kind === 'seal')?.attention?.code

  return (
    <div className="sig-extra stack-tight" data-testid="unsealed">
      {code === undefined ? null : <p className="code-line">{code}</p>}
      <div className="row row-wrap">
        <Link
          to={isAsked ? '/seals' : '/settings/keys'}
          className="button button-s"
          data-testid="mend-seal"
        >
          {t(isAsked ? 'seal.sign' : 'seal.keys')}
        </Link>
      </div>
    </div>
  )
}

function Code(props: Parameters<typeof SigningExtra>[0]) {
  return (
    <CodePanel
      signing={props.signing}
      phoneUrl={props.phoneUrl}
      isRenewing={props.isBusy}
      onRenew={props.onRenew}
    />
  )
}
