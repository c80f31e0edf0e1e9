import { isSupportedSignMethod, supportedSignMethods } from '@muhr/egov-mobile'
import type { EnvelopeDocument, Plan, PlanInput, Refusal } from '@muhr/envelope'
import { capabilities } from './capabilities.ts'
import type { EgovConnection } from './connection.ts'
import { namesOf } from './names.ts'

/** Why a signing cannot go to eGov Mobile. Each has a text of its own in `messages/`. */
export type PlanRefusalCode =
  | 'method.not-supported'
  | 'sender.name'
  | 'sender.bin'
  | 'recipient.identifier'
  | 'document.none'
  | 'document.too-many'
  | 'document.too-large'
  | 'document.empty'
  | 'document.type'
  | 'deadline.past'

/** What the app displays; any other type is signed unseen (kz-egov-mobile.md §4.2). */
const displayedTypes = ['application/pdf', 'text/plain']

/**
 * Plans one request for all documents, in their order. Pure; refusals name every field at once, so
 * that the sender mends them in one go.
 */
export function plan(input: PlanInput<EgovConnection>): Plan {
  const refusals = [
    ...methodRefusals(input.method),
    ...senderRefusals(input),
    ...recipientRefusals(input),
    ...deadlineRefusals(input),
    ...documentsRefusals(input.documents),
    ...input.documents.flatMap((document, index) =>
      documentRefusals(document, index, input.connection),
    ),
  ]
  if (refusals.length > 0) return { kind: 'refused', refusals }

  return {
    kind: 'planned',
    requests: [
      {
        method: input.method,
        contents: input.documents.map(({ id }) => ({ document: id, derivation: 'identity' })),
        seals: [],
      },
    ],
  }
}

/** The media type without its parameters, in lower case (RFC 9110 section 8.3.1). */
export function essenceOf(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase()
}

function methodRefusals(method: string): Refusal[] {
  return isSupportedSignMethod(method)
    ? []
    : [
        refusal(
          'method.not-supported',
          'method',
          `Choose one of ${supportedSignMethods.join(', ')}.`,
        ),
      ]
}

function senderRefusals({ sender }: PlanInput<EgovConnection>): Refusal[] {
  const refusals: Refusal[] = []

  if (namesOf(sender.name) === undefined) {
    refusals.push(
      refusal('sender.name', 'sender.name', 'Give the organisation a name: the app shows it.'),
    )
  }
  if (!isTwelveDigits(sender.bin)) {
    refusals.push(
      refusal('sender.bin', 'sender.bin', 'Give the BIN of the organisation, 12 digits.'),
    )
  }

  return refusals
}

function recipientRefusals({ recipient }: PlanInput<EgovConnection>): Refusal[] {
  const { iin, bin } = recipient.identifiers

  // Without a number nothing in the certificate could show that the expected person signed.
  if (iin === undefined && bin === undefined) {
    return [
      refusal(
        'recipient.identifier',
        'recipient.identifiers.iin',
        'Give the IIN of the person, or the BIN of the organisation.',
      ),
    ]
  }

  return (['iin', 'bin'] as const)
    .filter((kind) => {
      const value = recipient.identifiers[kind]

      return value !== undefined && !isTwelveDigits(value)
    })
    .map((kind) =>
      refusal(
        'recipient.identifier',
        `recipient.identifiers.${kind}`,
        `Write the ${kind.toUpperCase()} as 12 digits.`,
      ),
    )
}

function deadlineRefusals({ deadline, now }: PlanInput<EgovConnection>): Refusal[] {
  return deadline !== undefined && deadline <= now
    ? [refusal('deadline.past', 'deadline', 'Set a deadline in the future.')]
    : []
}

function documentsRefusals(documents: readonly EnvelopeDocument[]): Refusal[] {
  const { maxDocuments, maxBytes } = capabilities.limits
  const bytes = documents.reduce((total, { size }) => total + size, 0)
  const refusals: Refusal[] = []

  if (documents.length === 0) {
    refusals.push(refusal('document.none', 'documents', 'Add at least one document.'))
  }
  if (documents.length > maxDocuments) {
    refusals.push(
      refusal('document.too-many', 'documents', `Send at most ${maxDocuments} documents at once.`),
    )
  }
  if (bytes > maxBytes) {
    refusals.push(
      refusal(
        'document.too-large',
        'documents',
        `Send at most ${maxBytes} bytes at once: a phone has to load them.`,
      ),
    )
  }

  return refusals
}

function documentRefusals(
  { mediaType, size }: EnvelopeDocument,
  index: number,
  { otherTypes }: EgovConnection,
): Refusal[] {
  const refusals: Refusal[] = []

  if (size === 0) {
    refusals.push(
      refusal('document.empty', `documents[${index}]`, 'Add the file again: it has no bytes.'),
    )
  }
  if (otherTypes === 'refuse' && !displayedTypes.includes(essenceOf(mediaType))) {
    refusals.push(
      refusal(
        'document.type',
        `documents[${index}].mediaType`,
        'Save the document as PDF: eGov Mobile shows only PDF and plain text.',
      ),
    )
  }

  return refusals
}

function isTwelveDigits(value: string | undefined): boolean {
  return value !== undefined && /^\d{12}$/.test(value)
}

function refusal(code: PlanRefusalCode, field: string, advice: string): Refusal {
  return { code, field, advice }
}
