import type { Signing } from '../../api/types.ts'
import type { FullCatalogue } from '../../app/use-app-speech.ts'
import { deciderName } from '../../components/person-name.ts'
import type { Formats } from '../../format/formats.ts'
import type { Translate } from '../../i18n/message.ts'
import { isReplaced, signingSeal } from '../../seal/table.ts'
import { providerName } from '../../services/registry.ts'
import {
  attentionWords,
  ownWords,
  reasonWords,
  type ServiceText,
} from '../../services/service-words.ts'

/** The state of one signing in words: what it is, then what happens next and when. */
export function signingWords(
  speech: {
    readonly t: Translate<FullCatalogue>
    readonly format: Formats
    readonly self: { readonly id: string; readonly name: string } | undefined
    readonly text: ServiceText
  },
  signing: Signing,
): string {
  const { t, format, text } = speech
  const seal = signingSeal(signing)
  const provider = signing.methods[0]?.provider ?? ''
  const service = providerName(text, provider)
  const why = reasonWords(text, provider, signing.reason)
  const leavesAt = leavesLater(signing)
  // What a service says of a lost answer is not said of whatever else it left open.
  const isElse = seal === 'unknown' && !signing.requests.some(({ state }) => state === 'unknown')
  const own = isElse
    ? undefined
    : leavesAt === undefined || (seal !== 'dispatching' && seal !== 'sealing')
      ? ownWords(text, { provider, key: `signing.${seal}` }, { time: endOf(speech, signing) })
      : ownWords(text, { provider, key: 'signing.leaves' }, { time: format.proofTime(leavesAt) })

  if (own !== undefined) return own

  switch (seal) {
    case 'signed': {
      const at = signing.report?.at ?? signing.report?.timestamp ?? signing.since

      return signing.acceptedBy === undefined
        ? t('signing.signed', { time: format.proofTime(at) })
        : t('signing.accepted', {
            name: deciderName(signing.acceptedBy, {
              self: speech.self,
              otherwise: t('actor.user'),
            }),
            reason: signing.acceptedBy.reason,
          })
    }
    case 'declined':
      if (why !== undefined) return t('signing.declined.why', { why })

      return signing.reason === undefined || signing.reason === ''
        ? t('signing.declined')
        : t('signing.declined.reason', { reason: signing.reason })
    case 'mismatch':
      return (
        attentionWords(text, provider, attentionOf(signing)?.code) ??
        t(`signing.mismatch.${attentionKind(signing)}`)
      )
    case 'unsealed':
      return unsealedWords(speech, signing)
    case 'unknown':
      return attentionWords(text, provider, attentionOf(signing)?.code) ?? silentWords(t, signing)
    case 'waiting':
    case 'sealing':
    case 'received':
    case 'held':
    case 'expired':
    case 'voided':
      return t(`signing.${seal}`)
    case 'failed':
      return why === undefined ? t('signing.failed') : t('signing.failed.why', { why })
    case 'dispatching':
      return t('signing.dispatching', { service })
    case 'viewed':
      return t('signing.viewed', { service })
    default:
      return t('signing.sent', { service })
  }
}

/** A clerk is to confirm, or the key did not sign. */
function unsealedWords(
  { t, format }: { readonly t: Translate<FullCatalogue>; readonly format: Formats },
  signing: Signing,
): string {
  const asked = signing.requests.find(({ clerkSeal }) => clerkSeal !== undefined)?.clerkSeal
  const section = t('nav.seals')

  if (asked === undefined) return t('signing.unsealed')

  return asked.due === undefined
    ? t('signing.unsealed.clerk.soon', { section })
    : t('signing.unsealed.clerk', { section, time: format.proofTime(asked.due) })
}

/** An answer that was lost is looked for; one that came and is wrong is told as such. */
function silentWords(t: Translate<FullCatalogue>, { requests }: Signing): string {
  return requests.some(({ state }) => state === 'unknown')
    ? t('signing.unknown')
    : t('signing.silent')
}

/** Nobody wants to be told of a shorter wait, ms. */
const shortWaitMs = 60_000

/** When a request of the signing is expected to leave that a quota makes wait. */
function leavesLater({ requests, since }: Signing): string | undefined {
  return requests
    .map(({ expectedDispatchAt }) => expectedDispatchAt)
    .find((at) => at !== undefined && Date.parse(at) - Date.parse(since) > shortWaitMs)
}

/** When the open request of a signing ends, in words; empty while none is open. */
function endOf({ format }: { readonly format: Formats }, { requests }: Signing): string {
  const at = requests.find(({ window }) => window !== undefined)?.window?.expiresAt

  return at === undefined ? '' : format.proofTime(at)
}

/** Why the last signature was refused; a kind without words of ours reads as a failed check. */
export function attentionKind(signing: Signing): 'person' | 'content' | 'verifier' | 'format' {
  const kind = attentionOf(signing)?.kind

  return kind === 'person' || kind === 'content' || kind === 'format' ? kind : 'verifier'
}

function attentionOf({ requests }: Signing) {
  return requests.find((request) => request.attention !== undefined && !isReplaced(request))
    ?.attention
}
