import type { RecipientKind } from '../../api/types.ts'
import type { ProviderDescriptor } from '../../services/contract.ts'
import { identifiersOf, oneOfGroups } from '../../services/registry.ts'
import { checkNumber, type NumberCheck } from './check-number.ts'
import { type Draft, deadlineOf, knownNumber, type RecipientDraft } from './draft.ts'
import type { UploadQueue } from './upload-queue.ts'

export type LocalCode =
  | 'title.missing'
  | 'documents.missing'
  | 'documents.moving'
  | 'documents.refused'
  | 'documents.broken'
  | 'documents.not-shown'
  | 'recipients.missing'
  | 'recipient.nameless'
  | 'recipient.no-service'
  | 'number.missing'
  | 'number.length'
  | 'number.not-digits'
  | 'number.zeros'
  | 'number.check-digit'
  | 'number.phone'
  | 'number.email'
  | 'number.one-of'
  | 'deadline.unreadable'
  | 'deadline.past'

/** Something in the way (`obstacle`), or something to know (`warning`), with the field it stands in. */
export type Finding = {
  readonly level: 'obstacle' | 'warning'
  readonly code: LocalCode
  /** Id of the field on the page, without `f-`. */
  readonly field: string
  readonly place?: number | undefined
  readonly kind?: RecipientKind | undefined
  /** Fields of which one is wanted, the first of them where the finding stands. */
  readonly kinds?: readonly RecipientKind[] | undefined
  readonly name?: string | undefined
}

/** Kinds of file that eGov Mobile shows to the signer; others are signed unseen (kz §4.2). */
const shownTypes: Readonly<Record<string, ReadonlySet<string>>> = {
  'egov-mobile': new Set(['application/pdf', 'text/plain', 'application/xml', 'text/xml']),
}

/** Every obstacle and warning that the browser can tell by itself, in the order of the form. */
export function checkDraft(input: {
  readonly draft: Draft
  readonly queue: UploadQueue
  readonly providers: readonly ProviderDescriptor[]
  readonly now: Date
}): readonly Finding[] {
  const { draft, queue, providers, now } = input

  return [
    ...checkDocuments(draft, queue),
    ...(draft.title.trim() === '' ? [obstacle('title.missing', 'title')] : []),
    ...(draft.recipients.length === 0 ? [obstacle('recipients.missing', 'recipients')] : []),
    ...draft.recipients.flatMap((recipient, index) =>
      checkRecipient(recipient, { place: index + 1, providers }),
    ),
    ...checkDeadline(draft, now),
  ]
}

const obstacle = (code: LocalCode, field: string, more: Partial<Finding> = {}): Finding => ({
  level: 'obstacle',
  code,
  field,
  ...more,
})

function checkDocuments(draft: Draft, queue: UploadQueue): readonly Finding[] {
  if (queue.length === 0) return [obstacle('documents.missing', 'documents')]

  const findings: Finding[] = []

  for (const row of queue) {
    const more = { name: row.fileName }

    if (row.phase === 'waiting' || row.phase === 'uploading') {
      findings.push(obstacle('documents.moving', row.key, more))
    } else if (row.phase === 'broken') {
      findings.push(obstacle('documents.broken', row.key, more))
    } else if (row.phase === 'refused' || row.phase === 'twin') {
      findings.push(obstacle('documents.refused', row.key, more))
    } else if (draft.recipients.some(({ provider }) => isUnseen(provider, row.mediaType))) {
      findings.push({ level: 'warning', code: 'documents.not-shown', field: row.key, ...more })
    }
  }

  return findings
}

function isUnseen(provider: string, mediaType: string): boolean {
  const shown = shownTypes[provider]

  return shown !== undefined && !shown.has(mediaType.split(';')[0]?.trim() ?? '')
}

function checkRecipient(
  recipient: RecipientDraft,
  options: { readonly place: number; readonly providers: readonly ProviderDescriptor[] },
): readonly Finding[] {
  const { place } = options
  const service = options.providers.find(({ id }) => id === recipient.provider)

  if (service === undefined) {
    return [obstacle('recipient.no-service', `${recipient.key}-service`, { place })]
  }

  const findings: Finding[] = []

  if (recipient.name.trim() === '') {
    findings.push(obstacle('recipient.nameless', `${recipient.key}-name`, { place }))
  }

  for (const { kind, need } of identifiersOf(service, recipient)) {
    if (knownNumber(recipient, kind) !== undefined) continue

    const field = `${recipient.key}-${kind}`
    const check = checkNumber(kind, recipient.numbers[kind] ?? '')

    if (check.level === 'warning') {
      findings.push({ level: 'warning', code: 'number.check-digit', field, place, kind })
    }
    if (check.level === 'refusal' && !(check.reason === 'empty' && need === 'optional')) {
      findings.push(obstacle(codeOf(check), field, { place, kind }))
    }
  }

  for (const kinds of oneOfGroups(service, recipient.method)) {
    const [first = 'phone'] = kinds

    if (kinds.every((kind) => isMissing(recipient, kind))) {
      findings.push(obstacle('number.one-of', `${recipient.key}-${first}`, { place, kinds }))
    }
  }

  return findings
}

function isMissing(recipient: RecipientDraft, kind: RecipientKind): boolean {
  return (recipient.numbers[kind] ?? '').trim() === '' && knownNumber(recipient, kind) === undefined
}

function codeOf(check: Extract<NumberCheck, { level: 'refusal' }>): LocalCode {
  return check.reason === 'empty' ? 'number.missing' : `number.${check.reason}`
}

function checkDeadline(draft: Draft, now: Date): readonly Finding[] {
  if (draft.deadline === '') return []

  const at = deadlineOf(draft)

  if (at === undefined) return [obstacle('deadline.unreadable', 'deadline')]

  return at.getTime() <= now.getTime() ? [obstacle('deadline.past', 'deadline')] : []
}
