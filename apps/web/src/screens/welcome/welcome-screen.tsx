import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { asProblem, type ProblemError } from '../../api/problem.ts'
import { envelopeQuery, providersQuery, sessionQuery } from '../../api/queries.ts'
import { request } from '../../api/request.ts'
import type { Envelope } from '../../api/types.ts'
import { useProviderText } from '../../app/app-context.tsx'
import { readStored, writeStored } from '../../app/preferences.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useTitle } from '../../app/use-title.ts'
import { Fault } from '../../components/fault.tsx'
import { needsCode } from '../../seal/table.ts'
import { providerName } from '../../services/registry.ts'
import { CodePanel } from '../envelope/code-panel.tsx'
import { useEnvelopeLive } from '../envelope/use-envelope-live.ts'
import { sampleRecipient, sendSample } from './sample-envelope.ts'
import { WelcomeNext } from './welcome-next.tsx'
import { WelcomeSteps } from './welcome-steps.tsx'

/** First run: three steps, each of which ticks itself when it really happened. */
export function WelcomeScreen() {
  const { t, format } = useAppSpeech()
  const text = useProviderText()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const client = useQueryClient()
  const providers = useQuery(providersQuery)
  const storageKey = `muhr.welcome.${session.organisation.id}`
  const [id, setId] = useState(() => readStored(storageKey))
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const recipient = sampleRecipient(session)
  useTitle(t('welcome.title'))

  const send = async () => {
    setSending(true)
    setProblem(undefined)

    try {
      const envelope = await sendSample({
        session,
        title: t('sample.title'),
        fileName: t('sample.file'),
        texts: {
          title: t('sample.title'),
          paragraphs: [
            t('sample.parties', { name: recipient.name }),
            t('sample.subject'),
            t('sample.made', { time: format.proofTime(new Date(), 'seconds') }),
          ],
          foot: t('sample.foot'),
        },
      })
      client.setQueryData(envelopeQuery(envelope.id).queryKey, envelope)
      writeStored(storageKey, envelope.id)
      setId(envelope.id)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setSending(false)
    }
  }

  return (
    <>
      <div className="page-head">
        <div className="grow">
          <h1>{t('welcome.title')}</h1>
          <p className="dim">{t('welcome.text')}</p>
        </div>
      </div>
      {problem === undefined ? null : <Fault problem={problem} onRetry={() => void send()} />}
      {id === undefined ? (
        <WelcomeSteps
          services={(providers.data?.items ?? []).map((provider) =>
            providerName(text, provider.id),
          )}
          envelope={undefined}
          recipient={recipient.name}
          code={undefined}
          isSending={isSending}
          isPressed={false}
          onSend={() => void send()}
        />
      ) : (
        <Followed
          id={id}
          services={(providers.data?.items ?? []).map((provider) =>
            providerName(text, provider.id),
          )}
          recipient={recipient.name}
          phoneUrl={session.sandbox?.phoneUrl}
          isSending={isSending}
          onSend={() => void send()}
          onLost={() => {
            writeStored(storageKey, undefined)
            setId(undefined)
          }}
        />
      )}
    </>
  )
}

type FollowedProps = {
  readonly id: string
  readonly services: readonly string[]
  readonly recipient: string
  readonly phoneUrl: string | undefined
  readonly isSending: boolean
  readonly onSend: () => void
  readonly onLost: () => void
}

/** The steps with the sample envelope followed live. */
function Followed(props: FollowedProps) {
  const query = useQuery(envelopeQuery(props.id))
  const live = useEnvelopeLive(props.id, query.data)

  const isLost = query.isError && asProblem(query.error).status === 404
  const { onLost } = props

  // The data folder was emptied since: the first step is to send again.
  useEffect(() => {
    if (isLost) onLost()
  }, [isLost, onLost])

  const [isRenewing, setRenewing] = useState(false)
  const client = useQueryClient()
  const signing = query.data?.signings[0]
  const isDone = signing?.state === 'signed'
  const renew = async (requestId: string) => {
    if (signing === undefined) return

    setRenewing(true)

    try {
      const next = await request<Envelope>(`/v1/signings/${signing.id}/renew`, {
        method: 'POST',
        body: {},
        idempotencyKey: `renew:${requestId}`,
      })
      client.setQueryData(envelopeQuery(props.id).queryKey, next)
    } catch {
      // The old code stays on the page with its own "new code" button.
    } finally {
      setRenewing(false)
    }
  }

  return (
    <>
      <WelcomeSteps
        services={props.services}
        envelope={query.data}
        recipient={props.recipient}
        code={
          signing !== undefined && needsCode(signing) ? (
            <CodePanel
              signing={signing}
              phoneUrl={props.phoneUrl}
              isRenewing={isRenewing}
              isPhoneFirst
              onRenew={(requestId) => void renew(requestId)}
            />
          ) : undefined
        }
        isSending={props.isSending}
        isPressed={live.pressed.size > 0}
        onSend={props.onSend}
      />
      {isDone && query.data !== undefined ? <WelcomeNext envelope={query.data} /> : null}
    </>
  )
}
