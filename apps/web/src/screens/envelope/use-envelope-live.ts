import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { countsQuery, envelopeQuery } from '../../api/queries.ts'
import type { Envelope } from '../../api/types.ts'
import { type LiveState, useLive } from '../../api/use-live.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useSay } from '../../components/live-region.tsx'
import { signingSeal } from '../../seal/table.ts'

function isEnvelope(value: unknown): value is Envelope {
  return typeof value === 'object' && value !== null && 'signings' in value && 'version' in value
}

/** Follows one envelope: fresh versions replace the one shown, changes are spoken as sentences. */
export function useEnvelopeLive(
  id: string,
  envelope: Envelope | undefined,
): LiveState & { readonly pressed: ReadonlySet<string> } {
  const client = useQueryClient()
  const { t } = useAppSpeech()
  const say = useSay()
  const before = useRef<Envelope | undefined>(undefined)
  const [pressed, setPressed] = useState<ReadonlySet<string>>(() => new Set())
  const live = useLive(`/v1/envelopes/${encodeURIComponent(id)}/stream`, {
    events: ['envelope'],
    onMessages: (messages) => {
      const fresh = messages.map(({ data }) => data).filter(isEnvelope)
      const [last] = fresh.slice(-1)

      if (last === undefined) return

      client.setQueryData(envelopeQuery(id).queryKey, (shown) =>
        shown !== undefined && shown.version > last.version ? shown : last,
      )
      void client.invalidateQueries({ queryKey: countsQuery.queryKey })
      void client.invalidateQueries({ queryKey: ['envelopes'] })
    },
  })

  useEffect(() => {
    const old = before.current
    before.current = envelope

    if (envelope === undefined || old === undefined || old.id !== envelope.id) return

    const states = new Map(old.signings.map((signing) => [signing.id, signingSeal(signing)]))
    const changed = envelope.signings.filter(
      (signing) => states.get(signing.id) !== signingSeal(signing),
    )

    for (const signing of changed) {
      say(`${signing.recipient.name}: ${t(`state.${signingSeal(signing)}`)}`)
    }

    const signed = changed.filter(({ state }) => state === 'signed').map((signing) => signing.id)

    if (signed.length > 0) setPressed((now) => new Set([...now, ...signed]))
  }, [envelope, say, t])

  return { ...live, pressed }
}
