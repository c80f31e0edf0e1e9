import type {
  DocumentId,
  EnvelopeId,
  Instant,
  OrganisationId,
  RecipientId,
  Sha256Hex,
  SigningId,
} from './ids.ts'
import type { DomainEvent, Job } from './inputs.ts'
import type {
  AllowedMethod,
  EnvelopeAggregate,
  EnvelopeDocument,
  Recipient,
  Signing,
} from './model.ts'
import { isDue } from './time.ts'
import type { TransitionContext } from './transition/change.ts'
import type { ActorRef } from './words.ts'

export type NewDocument = Omit<EnvelopeDocument, 'id' | 'position'> & {
  /** Where the bytes were uploaded under an id already. */
  readonly id?: DocumentId | undefined
}

export type NewRecipient = Omit<Recipient, 'id'>

export type NewEnvelope = {
  readonly organisation: OrganisationId
  readonly actor: ActorRef
  readonly title: string
  readonly deadline?: Instant | undefined
  /** In the order in which they are shown. */
  readonly documents: readonly NewDocument[]
  readonly recipients: readonly NewRecipient[]
}

/** What may be wrong with a new envelope, with what the reader is to do next. */
export const newEnvelopeAdvice = {
  'title.missing': 'Give the envelope a title.',
  'deadline.past': 'Choose a deadline in the future.',
  'documents.missing': 'Add at least one document.',
  'document.empty': 'Choose a file that is not empty.',
  'document.duplicate': 'Add each file once; this one has the same bytes as an earlier one.',
  'document.name':
    'Give the file a name without slashes and control characters, up to 255 letters.',
  'document.title': 'Give the document a title in at least one language.',
  'recipients.missing': 'Add at least one recipient.',
  'recipient.name': 'Give the recipient a name.',
  'recipient.duplicate': 'Name each person once; this one has the identifiers of an earlier one.',
  'recipient.identifier-missing':
    'Give at least one national identifier of the recipient, or a contact by which the service knows them.',
  'recipient.method-missing': 'Allow the recipient at least one way to sign.',
  'recipient.method-duplicate': 'Allow each way to sign once.',
  'recipient.order-group': 'Order groups are whole numbers from 1.',
} as const

export type NewEnvelopeRefusalCode = keyof typeof newEnvelopeAdvice

export type NewEnvelopeRefusal = {
  readonly code: NewEnvelopeRefusalCode
  /** Path into the input: `recipients.0.identifiers`. */
  readonly field: string
  readonly advice: string
}

export type NewEnvelopeResult =
  | {
      readonly ok: true
      readonly next: EnvelopeAggregate
      readonly events: readonly DomainEvent[]
      readonly jobs: readonly Job[]
    }
  | { readonly ok: false; readonly refusals: readonly NewEnvelopeRefusal[] }

/**
 * Makes a draft, or names everything that is wrong with it at once. Check digits of identifiers, limits
 * of size and what a provider's plan says are checked where they are known; here stands what no
 * envelope may be without. Holes between order groups are closed (1, 3, 7 become 1, 2, 3): only their
 * order means anything.
 */
export function createEnvelope(input: NewEnvelope, context: TransitionContext): NewEnvelopeResult {
  const refusals = [
    ...checkEnvelope(input, context.now),
    ...input.documents.flatMap((_, index) => checkDocument(input.documents, index)),
    ...input.recipients.flatMap((_, index) => checkRecipient(input.recipients, index)),
  ]
  if (refusals.length > 0) {
    return { ok: false, refusals }
  }
  const { ids, now } = context
  const groups = [...new Set(input.recipients.map((each) => each.orderGroup))].sort((a, b) => a - b)
  const recipients = input.recipients.map((recipient) => ({
    ...recipient,
    id: ids.next('recipient') as RecipientId,
    orderGroup: groups.indexOf(recipient.orderGroup) + 1,
  }))
  const next: EnvelopeAggregate = {
    envelope: {
      id: ids.next('envelope') as EnvelopeId,
      organisation: input.organisation,
      title: input.title.trim(),
      state: 'draft',
      version: 1,
      createdAt: now,
      createdBy: input.actor,
      ...(input.deadline === undefined ? {} : { deadline: input.deadline }),
    },
    documents: input.documents.map((document, position) => ({
      ...document,
      id: document.id ?? (ids.next('document') as DocumentId),
      position,
    })),
    recipients,
    signings: recipients.map(
      (recipient): Signing => ({
        id: ids.next('signing') as SigningId,
        recipient: recipient.id,
        state: 'waiting',
        since: now,
        round: 0,
        planning: false,
      }),
    ),
    contents: [],
    requests: [],
    attempts: [],
    seals: [],
    artifacts: [],
  }

  return { ok: true, next, events: [createdEvent(next, input.actor)], jobs: [] }
}

/** Documents stand in the audit chain by digest; recipients by id, since identifiers must be erasable. */
function createdEvent(aggregate: EnvelopeAggregate, actor: ActorRef): DomainEvent {
  const documents: readonly Sha256Hex[] = aggregate.documents.map((document) => document.sha256)

  return {
    type: 'envelope.created',
    actor,
    data: { documents, recipients: aggregate.recipients.map((recipient) => recipient.id) },
  }
}

function refusal(code: NewEnvelopeRefusalCode, field: string): NewEnvelopeRefusal {
  return { code, field, advice: newEnvelopeAdvice[code] }
}

function checkEnvelope(input: NewEnvelope, now: Instant): readonly NewEnvelopeRefusal[] {
  return [
    ...(input.title.trim() === '' ? [refusal('title.missing', 'title')] : []),
    ...(input.deadline !== undefined && isDue(input.deadline, now)
      ? [refusal('deadline.past', 'deadline')]
      : []),
    ...(input.documents.length === 0 ? [refusal('documents.missing', 'documents')] : []),
    ...(input.recipients.length === 0 ? [refusal('recipients.missing', 'recipients')] : []),
  ]
}

function checkDocument(
  documents: readonly NewDocument[],
  index: number,
): readonly NewEnvelopeRefusal[] {
  const document = documents[index]
  if (document === undefined) {
    return []
  }
  const field = `documents.${index}`
  const isTitled = Object.values(document.title).some(
    (text) => text !== undefined && text.trim() !== '',
  )
  const isRepeated = documents.slice(0, index).some((other) => other.sha256 === document.sha256)

  return [
    ...(document.size > 0 ? [] : [refusal('document.empty', field)]),
    ...(isRepeated ? [refusal('document.duplicate', field)] : []),
    ...(isFileName(document.fileName) ? [] : [refusal('document.name', `${field}.fileName`)]),
    ...(isTitled ? [] : [refusal('document.title', `${field}.title`)]),
  ]
}

/** A name that can stand in an archive and in a header: one path segment, printable. */
function isFileName(name: string): boolean {
  const isSegment = name.trim() !== '' && name !== '.' && name !== '..'

  return isSegment && name.length <= 255 && !/[/\\\p{Cc}\p{Bidi_Control}]/u.test(name)
}

function checkRecipient(
  recipients: readonly NewRecipient[],
  index: number,
): readonly NewEnvelopeRefusal[] {
  const recipient = recipients[index]
  if (recipient === undefined) {
    return []
  }
  const field = `recipients.${index}`
  const identity = identityOf(recipient)
  const isRepeated =
    identity !== '' && recipients.slice(0, index).some((other) => identityOf(other) === identity)
  const ways = recipient.methods.map(wayText)
  const isGroup = Number.isSafeInteger(recipient.orderGroup) && recipient.orderGroup >= 1

  return [
    ...(recipient.name.trim() === '' ? [refusal('recipient.name', `${field}.name`)] : []),
    ...(identity === '' ? [refusal('recipient.identifier-missing', `${field}.identifiers`)] : []),
    ...(isRepeated ? [refusal('recipient.duplicate', `${field}.identifiers`)] : []),
    ...(ways.length === 0 ? [refusal('recipient.method-missing', `${field}.methods`)] : []),
    ...(new Set(ways).size < ways.length
      ? [refusal('recipient.method-duplicate', `${field}.methods`)]
      : []),
    ...(isGroup ? [] : [refusal('recipient.order-group', `${field}.orderGroup`)]),
  ]
}

function wayText(method: AllowedMethod): string {
  return JSON.stringify([method.provider, method.method, method.connection])
}

/** What the recipient is known by, in one order; empty text when there is nothing. */
function identityOf(recipient: NewRecipient): string {
  return Object.entries({ ...recipient.identifiers, ...recipient.contact })
    .filter(([, value]) => value !== undefined && value.trim() !== '')
    .map(([kind, value]) => `${kind}=${value}`)
    .sort()
    .join(' ')
}
