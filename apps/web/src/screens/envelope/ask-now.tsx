import { useState } from 'react'
import { asProblem, type ProblemError } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import type { Session, Signing } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { useToast } from '../../components/toast.tsx'
import { findProvider } from '../../services/registry.ts'

/** Who may act on a request. */
const mayAct: ReadonlySet<Session['user']['role']> = new Set(['owner', 'sender'])

/** Asks the service how a request stands, before its turn; the answer comes with the envelope. */
export function AskNow(props: {
  readonly signing: Signing
  readonly role: Session['user']['role']
}) {
  const { t } = useAppSpeech()
  const toast = useToast()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ProblemError | undefined>()
  const asked = props.signing.requests.findLast(
    ({ state, provider }) =>
      (state === 'open' || state === 'unknown') && findProvider(provider)?.isAsked === true,
  )

  if (asked === undefined || !mayAct.has(props.role)) return null

  const ask = async () => {
    setBusy(true)
    setProblem(undefined)

    try {
      await request(`/v1/requests/${asked.id}/look`, { method: 'POST', body: {} })
      toast(t('look.asked'))
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <Button
        size="s"
        icon="refresh"
        busy={isBusy}
        onClick={() => void ask()}
        data-testid="ask-now"
      >
        {t('look.button')}
      </Button>
      {problem === undefined ? null : <Fault problem={problem} />}
    </>
  )
}
