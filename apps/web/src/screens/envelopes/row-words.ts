import type { EnvelopeSummary, SigningSummary } from '../../api/types.ts'
import type { FullCatalogue } from '../../app/use-app-speech.ts'
import { shortName } from '../../format/texts.ts'
import type { Translate } from '../../i18n/message.ts'
import { envelopeSeal, type SealState, signingSeal } from '../../seal/table.ts'
import { providerName } from '../../services/registry.ts'
import { ownWords, reasonWords, type ServiceText } from '../../services/service-words.ts'

export type RowWords = {
  readonly seal: SealState
  readonly state: string
  /** One sentence of cause, or of what goes on. */
  readonly why: string
  /** The one button, when a person can act. */
  readonly action?: { readonly text: string; readonly hash: 'signings' } | undefined
}

/** What a row of the list says about an envelope (ui.md §4, §8). Names stand in the nominative. */
export function rowWords(
  t: Translate<FullCatalogue>,
  envelope: EnvelopeSummary,
  text: ServiceText,
): RowWords {
  const seal = envelopeSeal(envelope)

  switch (seal) {
    case 'draft':
      return {
        seal,
        state: t('state.draft'),
        why: envelope.signings.length === 0 ? t('row.draft.noRecipients') : t('row.draft.why'),
      }
    case 'completed':
      return {
        seal,
        state: t('state.completed'),
        why: t('row.completed.why', { count: envelope.signings.length }),
      }
    case 'declined':
      return {
        seal,
        state: t('row.declined'),
        why: blamed(t, envelope, { state: 'declined', text }),
      }
    case 'expired':
      return { seal, state: t('row.expired'), why: overdue(envelope, text) ?? t('row.expired.why') }
    case 'voided':
      return { seal, state: t('row.voided'), why: envelope.reason ?? '' }
    case 'failed':
      return { seal, state: t('state.failed'), why: blamed(t, envelope, { state: 'failed', text }) }
    case 'mismatch':
      return {
        seal,
        state: t('state.mismatch'),
        why: t('row.mismatch.why', { name: nameOf(envelope, 'mismatch') }),
        action: { text: t('row.compare'), hash: 'signings' },
      }
    case 'unknown':
      return { seal, state: t('row.unknown'), ...unclear(t, envelope, text) }
    case 'unsealed':
      return {
        seal,
        state: t('state.unsealed'),
        why: t('row.unsealed.why', { name: nameOf(envelope, 'unsealed') }),
        action: { text: t('row.decide'), hash: 'signings' },
      }
    case 'held':
      return {
        seal,
        state: t('state.indeterminate'),
        why: t('row.held.why', { name: nameOf(envelope, 'held') }),
        action: { text: t('row.decide'), hash: 'signings' },
      }
    case 'received':
      return { seal, state: t('state.received'), why: progress(t, envelope, text) }
    default:
      return { seal, state: waitingFor(t, envelope), why: progress(t, envelope, text) }
  }
}

const open = ({ state }: SigningSummary) => state !== 'signed'

function waitingFor(t: Translate<FullCatalogue>, envelope: EnvelopeSummary): string {
  return t('row.waiting', {
    left: envelope.signings.filter(open).length,
    of: envelope.signings.length,
  })
}

/** First signing that shows this seal, its person shortened. */
function nameOf(envelope: EnvelopeSummary, seal: SealState): string {
  const signing = envelope.signings.find((each) => signingSeal(each) === seal)

  return shortName(signing?.name ?? envelope.signings[0]?.name ?? '')
}

function blamed(
  t: Translate<FullCatalogue>,
  envelope: EnvelopeSummary,
  about: { readonly state: 'declined' | 'failed'; readonly text: ServiceText },
): string {
  const name = nameOf(envelope, about.state)
  const signing = envelope.signings.find(({ state }) => state === about.state)
  const reason = envelope.reason ?? signing?.reason
  const why = reasonWords(about.text, signing?.provider ?? '', reason)

  if (why !== undefined) return t('row.why.reason', { name, why })

  return reason === undefined || reason === '' ? name : t('row.reason', { name, reason })
}

/** What the service of the signing that ran out of time says of it. */
function overdue(envelope: EnvelopeSummary, text: ServiceText): string | undefined {
  const signing = envelope.signings.find(({ state }) => state === 'expired')

  return signing === undefined
    ? undefined
    : ownWords(
        text,
        { provider: signing.provider ?? '', key: 'row.expired' },
        { name: shortName(signing.name) },
      )
}

/** What a service left open; a person can act on it where the service has words for that. */
function unclear(
  t: Translate<FullCatalogue>,
  envelope: EnvelopeSummary,
  text: ServiceText,
): Pick<RowWords, 'why' | 'action'> {
  const signing = envelope.signings.find(({ attention }) => attention === 'unknown')
  const own = ownWords(
    text,
    { provider: signing?.provider ?? '', key: 'row.unknown' },
    { name: shortName(signing?.name ?? '') },
  )

  return own === undefined
    ? { why: t('row.unknown.why') }
    : { why: own, action: { text: t('row.decide'), hash: 'signings' } }
}

/** What goes on, told by the most advanced of the open signings. */
function progress(
  t: Translate<FullCatalogue>,
  envelope: EnvelopeSummary,
  text: ServiceText,
): string {
  const furthest = envelopeSeal(envelope)
  const signing = envelope.signings.find(({ state }) => state === furthest)

  if (signing === undefined) return ''

  const params = {
    name: shortName(signing.name),
    service: providerName(text, signing.provider ?? ''),
  }
  const at = { provider: signing.provider ?? '', key: `row.${signing.state}` }
  const own = ownWords(text, at, params)

  if (own !== undefined) return own

  switch (signing.state) {
    case 'viewed':
      return t('row.why.viewed', params)
    case 'received':
      return t('row.why.received', params)
    case 'sent':
      return t('row.why.sent', params)
    case 'sealing':
      return t('row.why.sealing', params)
    default:
      return t('row.why.dispatching', params)
  }
}
