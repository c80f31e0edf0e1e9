import type { JournalEvent, Signing } from '../../api/types.ts'
import type { SealState } from '../../seal/table.ts'
import { signingEnds, verdictSeal } from '../../seal/table.ts'

/** What a service says of a request, in one word of `said.WORD`. */
export type SaidWord = 'open' | 'signed' | 'declined' | 'deleted'

/** What stands beside it: our own report of the signature, or that there is none. */
export type Proven =
  | { readonly kind: 'seal'; readonly seal: SealState }
  | { readonly kind: 'none' | 'never' }

/**
 * What the service of a signing said last, out of the journal; undefined where there is nothing to set
 * beside each other yet.
 */
export function saidOf(signing: Signing, events: readonly JournalEvent[]): SaidWord | undefined {
  if (signing.reason?.endsWith('.deleted') === true) return 'deleted'
  if (signing.requests.some(({ outcome }) => outcome === 'declined')) return 'declined'

  const isSaidSigned = events.some(
    ({ type, signingId, data }) =>
      type === 'request.observed' &&
      signingId === signing.id &&
      data?.['observation'] === 'said-signed',
  )

  if (isSaidSigned) return 'signed'

  return signing.artifacts.length > 0 ? 'open' : undefined
}

/** What we verified of the same signing. */
export function provenOf(signing: Signing): Proven {
  const standing = (wanted: Signing['artifacts'][number]['standing']) =>
    signing.artifacts.find((artifact) => artifact.standing === wanted)
  const counted = standing('accepted') ?? standing('held')

  if (counted?.indication !== undefined) {
    return { kind: 'seal', seal: verdictSeal(counted.indication) }
  }
  if (standing('pending') !== undefined) return { kind: 'seal', seal: 'received' }
  if (standing('refused') !== undefined) return { kind: 'seal', seal: 'mismatch' }

  return { kind: signingEnds.has(signing.state) ? 'never' : 'none' }
}

/** Whether somebody is known to have signed by the word of the service alone. */
export function isVouched({ artifacts }: Signing): boolean {
  return artifacts.some(
    ({ vouched, standing }) => vouched === true && (standing === 'accepted' || standing === 'held'),
  )
}
