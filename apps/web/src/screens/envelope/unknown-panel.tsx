import { useState } from 'react'
import type { Session, Signing } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { Button } from '../../components/button.tsx'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { ownWords } from '../../services/service-words.ts'
import { AskNow } from './ask-now.tsx'

/** The request whose answer was lost, of a service that makes a second one of whatever is sent again. */
export function lostRequest({ requests }: Signing) {
  return requests.findLast(({ state }) => state === 'unknown')
}

/**
 * What a person can do about a lost answer: ask, or send again, which may make a second request. Nothing
 * is sent again without their word.
 */
export function UnknownPanel(props: {
  readonly signing: Signing
  readonly role: Session['user']['role']
  readonly onSendAgain: (requestId: string) => Promise<void>
}) {
  const text = useProviderText()
  const [isAsking, setAsking] = useState(false)
  const { signing } = props
  const lost = lostRequest(signing)
  const provider = lost?.provider ?? ''
  const words = (key: string) =>
    ownWords(text, { provider, key }, { name: signing.recipient.name }) ?? ''
  const mayAct = props.role === 'owner' || props.role === 'sender'

  if (lost === undefined || words('unknown.again') === '' || !mayAct) return null

  return (
    <div className="sig-extra stack-tight" data-testid="unknown">
      <p className="small dim">{words('unknown.look.hint')}</p>
      <div className="row row-wrap">
        <AskNow signing={signing} role={props.role} />
        <Button size="s" kind="danger" onClick={() => setAsking(true)} data-testid="send-anew">
          {words('unknown.again')}
        </Button>
      </div>
      {isAsking ? (
        <ConfirmDialog
          title={words('unknown.again.title')}
          confirm={words('unknown.again.title')}
          kind="danger"
          testId="send-anew-dialog"
          onClose={() => setAsking(false)}
          onConfirm={() => props.onSendAgain(lost.id)}
        >
          <p>{words('unknown.again.text')}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  )
}
