import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemError } from '../../api/problem.ts'
import { request } from '../../api/request.ts'
import type { ConfirmedSeal, SealBatch, SealTask } from '../../api/settings-types.ts'
import { useSettingsSpeech } from '../../app/settings-texts.tsx'
import { useSay } from '../../components/live-region.tsx'

/** What became of a confirmation. */
export type Confirmation = {
  readonly made: number
  /** Seals that were out of date, before or after they were signed. */
  readonly stale: number
  /** The rest, each with its code. */
  readonly refused: readonly ConfirmedSeal[]
}

type Signed = {
  readonly id: string
  readonly items: readonly {
    readonly name: string
    readonly sha256: string
    readonly signature: string
  }[]
}

/** Signs the chosen seals by the plug-in and gives the signatures to the server, all in one go. */
export function useConfirm() {
  const { t } = useSettingsSpeech()
  const client = useQueryClient()
  const say = useSay()
  const [signed, setSigned] = useState(0)
  const mutation = useMutation({
    mutationFn: (tasks: readonly SealTask[]) => confirm(tasks, setSigned),
    onMutate: () => setSigned(0),
    onSuccess: ({ made }) => {
      if (made > 0) say(t('seals.said', { count: made }))
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['seals'] }),
        client.invalidateQueries({ queryKey: ['envelopes'] }),
        client.invalidateQueries({ queryKey: ['bench'] }),
      ]),
  })

  return { ...mutation, signed }
}

async function confirm(
  tasks: readonly SealTask[],
  onSigned: (count: number) => void,
): Promise<Confirmation> {
  // Loaded here alone: no other screen needs it.
  const [{ loadPlugIn }, { signDigests }] = await Promise.all([
    import('../../plug-in/load-plug-in.ts'),
    import('../../plug-in/sign-digests.ts'),
  ])
  const cades = await loadPlugIn()
  const signed: Signed[] = []
  const refused: ConfirmedSeal[] = []
  let done = 0
  for (const { id } of tasks) {
    const batch = await readBatch(id)
    if ('state' in batch) {
      refused.push(batch)
      continue
    }
    const before = done
    const signatures = await signDigests(cades, {
      thumbprint: batch.thumbprint,
      digestAlgorithm: batch.digestAlgorithm,
      digests: batch.items.map(({ digest }) => digest),
      onSigned: (count) => onSigned(before + count),
    })
    done += signatures.length
    signed.push({
      id,
      items: batch.items.map(({ name, sha256 }, index) => ({
        name,
        sha256,
        signature: signatures[index] ?? '',
      })),
    })
  }
  if (signed.length > 0) {
    const { items } = await request<{ readonly items: readonly ConfirmedSeal[] }>('/v1/seals', {
      method: 'POST',
      body: { seals: signed },
    })
    refused.push(...items.filter(({ state }) => state === 'refused'))
  }
  const stale = refused.filter(({ code }) => code === 'seal.stale')

  return {
    made: tasks.length - refused.length,
    stale: stale.length,
    refused: refused.filter((each) => !stale.includes(each)),
  }
}

/** The batch as it is now, or why it cannot be signed. */
async function readBatch(id: string): Promise<SealBatch | ConfirmedSeal> {
  try {
    return await request<SealBatch>(`/v1/seals/${encodeURIComponent(id)}`)
  } catch (error) {
    if (!(error instanceof ProblemError) || ![404, 409, 422].includes(error.status)) throw error
    const [field] = error.fields
    const isGone = error.status === 404 || error.code === 'seal.stale'

    return {
      id,
      state: 'refused',
      code: isGone ? 'seal.stale' : (field?.code ?? error.code),
      advice: field?.advice ?? error.advice,
    }
  }
}
