import type { Signing } from '../../api/types.ts'
import type { FullCatalogue } from '../../app/use-app-speech.ts'
import { deciderName } from '../../components/person-name.ts'
import type { Formats } from '../../format/formats.ts'
import type { Translate } from '../../i18n/message.ts'
import { signingSeal } from '../../seal/table.ts'
import { providerName } from '../../services/registry.ts'

/** The state of one signing in words: what it is, then what happens next and when. */
export function signingWords(
  speech: {
    readonly t: Translate<FullCatalogue>
    readonly format: Formats
    readonly self: { readonly id: string; readonly name: string } | undefined
  },
  signing: Signing,
): string {
  const { t, format } = speech
  const seal = signingSeal(signing)
  const service = providerName(signing.methods[0]?.provider ?? '')

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
      return signing.reason === undefined || signing.reason === ''
        ? t('signing.declined')
        : t('signing.declined.reason', { reason: signing.reason })
    case 'mismatch':
      return t(`signing.mismatch.${attentionKind(signing)}`)
    case 'waiting':
    case 'sealing':
    case 'received':
    case 'held':
    case 'expired':
    case 'voided':
    case 'failed':
    case 'unknown':
      return t(`signing.${seal}`)
    case 'dispatching':
      return t('signing.dispatching', { service })
    case 'viewed':
      return t('signing.viewed', { service })
    default:
      return t('signing.sent', { service })
  }
}

/** Why the last signature was refused. */
export function attentionKind(signing: Signing): 'person' | 'content' | 'verifier' | 'format' {
  return (
    signing.requests.find(({ attention }) => attention !== undefined)?.attention?.kind ?? 'verifier'
  )
}
