import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { providersQuery, sessionQuery } from '../../api/queries.ts'
import type { ProviderInfo } from '../../api/types.ts'
import { useAppSpeech } from '../../app/use-app-speech.ts'
import { useTitle } from '../../app/use-title.ts'
import { SkeletonRows } from '../../components/skeleton.tsx'
import { providerDescriptors } from '../../services/registry.ts'
import type { FileLimits } from './accept-files.ts'
import { defaultLimits } from './accept-files.ts'
import { carriedDraft, dropCarriedDraft } from './carried-draft.ts'
import { NewEnvelopeForm } from './new-envelope-form.tsx'
import { draftKey, loadKeptDraft } from './use-kept-draft.ts'

/** Loads what the form stands on: who sends, which services there are, what was kept. */
export function NewEnvelopeScreen() {
  const { t } = useAppSpeech()
  const { data: session } = useSuspenseQuery(sessionQuery)
  const providers = useQuery(providersQuery)
  const key = draftKey(session.organisation.id, session.user.id)
  const [carried] = useState(carriedDraft)
  const [kept] = useState(() => carried ?? loadKeptDraft(key))
  useTitle(t('new.heading'))
  useEffect(dropCarriedDraft, [])

  if (providers.isPending) {
    return (
      <section className="card">
        <SkeletonRows rows={4} />
      </section>
    )
  }

  const offered = providers.data?.items
  const known =
    offered === undefined
      ? providerDescriptors
      : providerDescriptors.filter(({ id }) => offered.some((provider) => provider.id === id))

  return (
    <NewEnvelopeForm
      // What was being written before stays kept under its own key.
      storageKey={carried === undefined ? key : `${key}.again`}
      kept={kept}
      providers={known}
      limitsOf={(chosen) => limitsOf((offered ?? []).filter(({ id }) => chosen.includes(id)))}
    />
  )
}

/** The tightest limits of these services. */
function limitsOf(providers: readonly ProviderInfo[]): FileLimits {
  return providers.reduce(
    (limits, provider) => ({
      maxBytes: Math.min(limits.maxBytes, provider.limits?.maxBytes ?? limits.maxBytes),
      maxDocuments: Math.min(
        limits.maxDocuments,
        provider.limits?.maxDocuments ?? limits.maxDocuments,
      ),
    }),
    defaultLimits,
  )
}
