import type { EnvelopeInput, MaskedRecipient, RecipientKind } from '../../api/types.ts'
import type { Locale } from '../../i18n/message.ts'
import { locales } from '../../i18n/message.ts'
import { findProvider, identifiersOf } from '../../services/registry.ts'
import { checkNumber, isContact } from './check-number.ts'
import type { UploadQueue, UploadRow } from './upload-queue.ts'

export type RecipientDraft = {
  readonly key: string
  readonly name: string
  readonly provider: string
  readonly method: string
  /** By which set of numbers the signer is known, where the method leaves the choice. */
  readonly identifierSet?: string | undefined
  readonly locale: Locale
  /** Order group, from 1; equal numbers sign at the same time. */
  readonly order: number
  /** As typed, spaces and all. */
  readonly numbers: { readonly [K in RecipientKind]?: string | undefined }
  /** The same person in an earlier envelope: the server knows the numbers, the page their last digits. */
  readonly again?:
    | { readonly recipient: string; readonly name: string; readonly masked: MaskedRecipient }
    | undefined
}

/** What the form holds besides the files. */
export type Draft = {
  readonly title: string
  /** Local wall clock, `2026-11-25T18:00`; empty for none. */
  readonly deadline: string
  readonly recipients: readonly RecipientDraft[]
}

export const emptyDraft: Draft = { title: '', deadline: '', recipients: [] }

/** The language in which people of a country are met first. */
export function countryLocale(country: 'RU' | 'KZ' | 'UZ' | undefined): Locale {
  return country === 'KZ' ? 'kk' : country === 'UZ' ? 'uz' : 'ru'
}

let recipientCount = 0

/** A recipient with nothing filled in, in the order group after the last. */
export function newRecipient(options: {
  readonly locale: Locale
  readonly provider: string
  readonly method: string
  readonly order: number
}): RecipientDraft {
  recipientCount += 1

  return { ...options, key: `r${Date.now().toString(36)}${recipientCount}`, name: '', numbers: {} }
}

/** The title that an untouched field offers: the name of the first file without its ending. */
export function suggestTitle(queue: UploadQueue): string {
  const first = queue.find(({ phase }) => phase !== 'refused')

  return first?.fileName.replace(/\.[\p{L}\p{N}]{1,5}$/u, '').trim() ?? ''
}

/** Order groups without holes: 1, 3, 3 is sent as 1, 2, 2. */
export function closeOrder(orders: readonly number[]): readonly number[] {
  const ranks = [...new Set(orders)].sort((a, b) => a - b)

  return orders.map((order) => ranks.indexOf(order) + 1)
}

/** The body of `POST /v1/envelopes`; also incomplete, for the pre-flight. */
export function toInput(draft: Draft, queue: UploadQueue): EnvelopeInput {
  const orders = closeOrder(draft.recipients.map(({ order }) => order))
  const deadline = deadlineOf(draft)

  return {
    title: draft.title.trim(),
    documents: queue
      .filter(
        (row): row is UploadRow & { document: NonNullable<UploadRow['document']> } =>
          row.phase === 'ready' && row.document !== undefined,
      )
      .map((row) => ({ id: row.document.id })),
    recipients: draft.recipients.map((recipient, index) => ({
      name: recipient.name.trim().replace(/\s+/g, ' '),
      locale: recipient.locale,
      orderGroup: orders[index] ?? 1,
      ...numbersOf(recipient),
      ...knownOf(recipient),
      methods: [{ provider: recipient.provider, method: recipient.method }],
    })),
    ...(deadline === undefined ? {} : { deadline: deadline.toISOString() }),
  }
}

/** The deadline as a moment, in the zone of the reader's machine; nothing when unreadable. */
export function deadlineOf(draft: Pick<Draft, 'deadline'>): Date | undefined {
  if (draft.deadline === '') return undefined

  const at = new Date(draft.deadline)

  return Number.isNaN(at.getTime()) ? undefined : at
}

/**
 * The numbers and contacts that the method asks for, in their stored form where they can be read, else as
 * typed. One that was typed for another method stays in the draft and is not sent.
 */
function numbersOf(
  recipient: RecipientDraft,
): Pick<EnvelopeInput['recipients'][number], 'identifiers' | 'contact'> {
  const asked = identifiersOf(findProvider(recipient.provider), recipient)
  const entries = asked
    .map(({ kind }): [RecipientKind, string] => [kind, recipient.numbers[kind] ?? ''])
    .filter(([, text]) => text.trim() !== '')
    .map(([kind, text]): [RecipientKind, string] => {
      const check = checkNumber(kind, text)

      return [kind, check.level === 'refusal' ? text.trim() : check.value]
    })
  const contacts = entries.filter(([kind]) => isContact(kind))

  return {
    identifiers: Object.fromEntries(entries.filter(([kind]) => !isContact(kind))),
    ...(contacts.length === 0 ? {} : { contact: Object.fromEntries(contacts) }),
  }
}

/**
 * The last digits of a number that stands from an earlier envelope, while nothing is typed in its place.
 * Another name is another person, whose numbers nobody knows.
 */
export function knownNumber(
  { again, name, numbers }: Pick<RecipientDraft, 'again' | 'name' | 'numbers'>,
  kind: RecipientKind,
): string | undefined {
  if (again === undefined || again.name.trim() !== name.trim()) return undefined

  return (numbers[kind] ?? '').trim() === '' ? again.masked[kind] : undefined
}

/** Which numbers of the earlier envelope stand: those alone that the method asks for. */
function knownOf(
  recipient: RecipientDraft,
): Pick<EnvelopeInput['recipients'][number], 'identifiersOf'> {
  const kinds = identifiersOf(findProvider(recipient.provider), recipient)
    .map(({ kind }) => kind)
    .filter((kind) => knownNumber(recipient, kind) !== undefined)

  return recipient.again === undefined || kinds.length === 0
    ? {}
    : { identifiersOf: { recipient: recipient.again.recipient, kinds } }
}

/** The draft as it is kept on this machine: files by what the server already holds of them. */
export type KeptDraft = {
  readonly savedAt: string
  readonly draft: Draft
  readonly files: readonly UploadRow[]
}

/** Writes a draft as text. Only files that are safely stored are worth keeping. */
export function writeDraft(draft: Draft, queue: UploadQueue, now: Date): string {
  const kept: KeptDraft = {
    savedAt: now.toISOString(),
    draft,
    files: queue.filter(({ phase }) => phase === 'ready'),
  }

  return JSON.stringify(kept)
}

/** Reads a kept draft; anything that is not one is nothing. */
export function readDraft(text: string | undefined): KeptDraft | undefined {
  if (text === undefined) return undefined

  try {
    const kept = JSON.parse(text) as Partial<KeptDraft>

    if (kept.draft === undefined || !Array.isArray(kept.draft.recipients)) return undefined

    return {
      savedAt: typeof kept.savedAt === 'string' ? kept.savedAt : '',
      draft: {
        ...emptyDraft,
        ...kept.draft,
        recipients: kept.draft.recipients.map((recipient) => ({
          ...recipient,
          locale: locales.find((locale) => locale === recipient.locale) ?? 'ru',
        })),
      },
      files: Array.isArray(kept.files) ? kept.files : [],
    }
  } catch {
    return undefined
  }
}

/** Is there anything in it that would be missed. */
export function isDraftEmpty(draft: Draft, queue: UploadQueue): boolean {
  return (
    queue.length === 0 &&
    draft.title.trim() === '' &&
    draft.deadline === '' &&
    draft.recipients.every(
      ({ name, numbers }) => name.trim() === '' && Object.values(numbers).every((text) => !text),
    )
  )
}
