import type { Envelope } from '../../api/types.ts'
import { findProvider, identifierSetFor } from '../../services/registry.ts'
import type { KeptDraft } from './draft.ts'

/** A draft made from an ended envelope, on its way to the form. */
let carried: KeptDraft | undefined

/** Carries what an envelope holds to the form of a new one. */
export function carryDraft(envelope: Envelope): void {
  carried = draftAgain(envelope)
}

/** What was carried here; it stays until `dropCarriedDraft`. */
export function carriedDraft(): KeptDraft | undefined {
  return carried
}

export function dropCarriedDraft(): void {
  carried = undefined
}

/**
 * The same documents, which the server still has, and everybody who has not signed. The page knows
 * national numbers masked only, so it names the earlier recipient; the deadline is chosen anew.
 */
export function draftAgain(envelope: Envelope): KeptDraft {
  return {
    savedAt: '',
    draft: {
      title: envelope.title,
      deadline: '',
      recipients: envelope.signings
        .filter(({ state }) => state !== 'signed')
        .map(({ id, recipient, methods, orderGroup }) => ({
          key: `again-${id}`,
          name: recipient.name,
          provider: methods[0]?.provider ?? '',
          method: methods[0]?.method ?? '',
          identifierSet: identifierSetFor(
            findProvider(methods[0]?.provider ?? ''),
            methods[0]?.method ?? '',
            recipient.identifiersMasked,
          ),
          locale: recipient.locale,
          order: orderGroup,
          numbers: {},
          again: {
            recipient: recipient.id,
            name: recipient.name,
            masked: recipient.identifiersMasked,
          },
        })),
    },
    files: envelope.documents.map(({ id, sha256, size, mediaType, fileName }) => ({
      key: `again-${id}`,
      fileName,
      size,
      mediaType,
      phase: 'ready',
      sentBytes: size,
      sha256,
      document: { id, sha256, size, mediaType, fileName },
    })),
  }
}
