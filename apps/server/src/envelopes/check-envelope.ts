import {
  type EnvelopeDocument,
  instantOf,
  type NationalIdentifiers,
  type Recipient,
} from '@muhr/envelope'
import type { z } from 'zod'
import type { AppContext } from '../app-context.ts'
import { type LoadedConnection, listConnections } from '../connections/load-connection.ts'
import { findDocuments } from '../documents/find-documents.ts'
import type { FieldProblem } from '../http/problems.ts'
import type { newRecipientSchema } from '../http/schemas/envelope-schemas.ts'
import {
  checkIdentifierField,
  type IdentifierField,
  identifierAdvice,
} from './identifier-fields.ts'

export type EnvelopeWish = {
  readonly title?: string | undefined
  readonly documents: readonly {
    readonly id: string
    readonly title?: EnvelopeDocument['title'] | undefined
    readonly meta?: EnvelopeDocument['meta'] | undefined
  }[]
  readonly recipients: readonly z.infer<typeof newRecipientSchema>[]
  readonly deadline?: string | undefined
}

export type CheckedEnvelope = {
  readonly obstacles: readonly FieldProblem[]
  readonly warnings: readonly FieldProblem[]
  readonly documents: readonly EnvelopeDocument[]
  readonly recipients: readonly Omit<Recipient, 'id'>[]
}

/**
 * Looks at everything that can stand in the way of an envelope, all at once, and stores nothing:
 * documents that are there and fit, identifiers by their check digits, methods that are installed and
 * connected, and what each provider itself would refuse.
 */
export async function checkEnvelope(
  app: AppContext,
  organisationId: string,
  wish: EnvelopeWish,
): Promise<CheckedEnvelope> {
  const obstacles: FieldProblem[] = []
  const warnings: FieldProblem[] = []
  if (wish.title === undefined || wish.title.trim() === '') {
    obstacles.push({ field: 'title', code: 'title.missing', advice: 'Give the envelope a title.' })
  }
  const documents = await checkDocuments(app, organisationId, wish, obstacles)
  const connections = await listConnections(app, organisationId)
  if (wish.recipients.length === 0) {
    obstacles.push({
      field: 'recipients',
      code: 'recipient.missing',
      advice: 'Add at least one recipient.',
    })
  }
  const recipients = wish.recipients.map((recipient, index) =>
    checkRecipient({ recipient, at: `recipients[${index}]`, connections, obstacles, warnings }),
  )
  checkDeadline(app, wish.deadline, obstacles)
  if (documents.length > 0 && obstacles.length === 0) {
    askProviders(app, { wish, documents, recipients, connections, obstacles })
  }

  return { obstacles, warnings, documents, recipients }
}

async function checkDocuments(
  app: AppContext,
  organisationId: string,
  wish: EnvelopeWish,
  obstacles: FieldProblem[],
): Promise<readonly EnvelopeDocument[]> {
  if (wish.documents.length === 0) {
    obstacles.push({
      field: 'documents',
      code: 'document.missing',
      advice: 'Add at least one document.',
    })
  }
  const found = await findDocuments(
    app.db,
    organisationId,
    wish.documents.map((document) => document.id),
  )
  const documents: EnvelopeDocument[] = []
  const seen = new Map<string, number>()
  for (const [position, wanted] of wish.documents.entries()) {
    const row = found.get(wanted.id)
    if (row === undefined) {
      obstacles.push({
        field: `documents[${position}].id`,
        code: 'document.unknown',
        advice: 'Upload the document first and use the id of the answer.',
      })
      continue
    }
    const twin = seen.get(row.sha256)
    if (twin !== undefined) {
      obstacles.push({
        field: `documents[${position}]`,
        code: 'document.duplicate',
        advice: `The same bytes are documents[${twin}]: leave one of them out.`,
      })
    }
    seen.set(row.sha256, position)
    documents.push({
      id: row.id,
      position,
      sha256: row.sha256,
      size: row.size,
      mediaType: row.mediaType,
      fileName: row.fileName,
      title: titleOf(wanted.title, row.fileName),
      meta: wanted.meta ?? [],
    })
  }
  const bytes = documents.reduce((sum, document) => sum + document.size, 0)
  if (bytes > app.config.maxEnvelopeBytes) {
    obstacles.push({
      field: 'documents',
      code: 'envelope.too-large',
      advice: `Together the documents have ${bytes} bytes; the limit is ${app.config.maxEnvelopeBytes}.`,
    })
  }

  return documents
}

/** The title as given; without one the file's name serves in every language. */
function titleOf(
  given: EnvelopeDocument['title'] | undefined,
  fileName: string,
): EnvelopeDocument['title'] {
  if (given !== undefined && Object.values(given).some((text) => text !== undefined)) {
    return given
  }
  const name = fileName.replace(/\.[^.]{1,5}$/, '') || fileName

  return { ru: name, kk: name, uz: name, en: name }
}

type RecipientCheck = {
  readonly recipient: EnvelopeWish['recipients'][number]
  readonly at: string
  readonly connections: readonly LoadedConnection[]
  readonly obstacles: FieldProblem[]
  readonly warnings: FieldProblem[]
}

function checkRecipient(check: RecipientCheck): Omit<Recipient, 'id'> {
  const { recipient, at, connections, obstacles } = check
  if (recipient.name.trim() === '') {
    obstacles.push({
      field: `${at}.name`,
      code: 'recipient.name',
      advice: 'Give the name of the person or organisation.',
    })
  }
  const identifiers = checkIdentifiers(check)
  if (recipient.methods.length === 0) {
    obstacles.push({
      field: `${at}.methods`,
      code: 'recipient.method',
      advice: 'Choose a service and a method for this recipient.',
    })
  }
  const methods = recipient.methods.flatMap((wanted, index) => {
    const field = `${at}.methods[${index}]`
    const candidates = connections.filter(
      (connection) =>
        connection.provider.describe().id === wanted.provider &&
        (wanted.connection === undefined || wanted.connection === connection.id),
    )
    const connection = candidates[0]
    if (connection === undefined) {
      obstacles.push({
        field,
        code: 'recipient.method',
        advice: `No usable connection to ${wanted.provider}: add one in the settings.`,
      })

      return []
    }
    const known = connection.provider.describe().methods.map((method) => method.method)
    if (!known.includes(wanted.method)) {
      obstacles.push({
        field,
        code: 'recipient.method',
        advice: `${wanted.provider} signs by ${known.join(', ')}.`,
      })

      return []
    }

    return [
      {
        provider: wanted.provider,
        method: wanted.method,
        connection: connection.id as Recipient['methods'][number]['connection'],
      },
    ]
  })

  return {
    name: recipient.name.trim(),
    locale: recipient.locale,
    orderGroup: recipient.orderGroup,
    identifiers,
    methods,
  }
}

function checkIdentifiers({
  recipient,
  at,
  obstacles,
  warnings,
}: RecipientCheck): NationalIdentifiers {
  const checked: Record<string, string> = {}
  for (const [kind, text] of Object.entries(recipient.identifiers)) {
    if (text === undefined || text.trim() === '') {
      continue
    }
    const field = `${at}.identifiers.${kind}`
    const result = checkIdentifierField(kind as IdentifierField, text)
    if (result.level === 'refusal') {
      obstacles.push({
        field,
        code: `identifier.${result.reason}`,
        advice: identifierAdvice[result.reason],
      })
      continue
    }
    if (result.level === 'warning') {
      warnings.push({
        field,
        code: `identifier.${result.reason}`,
        advice: identifierAdvice[result.reason],
      })
    }
    checked[kind] = result.value
  }
  if (
    Object.values(recipient.identifiers).every((text) => text === undefined || text.trim() === '')
  ) {
    obstacles.push({
      field: `${at}.identifiers`,
      code: 'recipient.identifier',
      advice: 'Give the national number by which the signature will be known.',
    })
  }

  return checked
}

function checkDeadline(
  app: AppContext,
  deadline: string | undefined,
  obstacles: FieldProblem[],
): void {
  if (deadline === undefined) {
    return
  }
  const at = Date.parse(deadline)
  if (Number.isNaN(at)) {
    obstacles.push({
      field: 'deadline',
      code: 'deadline.invalid',
      advice: 'Write the deadline as ISO 8601 with a zone (2026-12-01T18:00:00+05:00).',
    })
  } else if (at <= app.now().getTime()) {
    obstacles.push({
      field: 'deadline',
      code: 'deadline.past',
      advice: 'Choose a moment in the future.',
    })
  }
}

type Asking = {
  readonly wish: EnvelopeWish
  readonly documents: readonly EnvelopeDocument[]
  readonly recipients: readonly Omit<Recipient, 'id'>[]
  readonly connections: readonly LoadedConnection[]
  readonly obstacles: FieldProblem[]
}

/** What a provider will refuse later it can say now, since planning is pure. */
function askProviders(app: AppContext, asking: Asking): void {
  const now = instantOf(app.now())
  for (const [index, recipient] of asking.recipients.entries()) {
    for (const method of recipient.methods) {
      const connection = asking.connections.find((candidate) => candidate.id === method.connection)
      const plan = connection?.provider.plan({
        connection: connection.settings,
        connectionId: method.connection,
        method: method.method,
        sender: connection.sender,
        recipient: { ...recipient, id: `rcp_${index}` as Recipient['id'] },
        documents: asking.documents,
        deadline:
          asking.wish.deadline === undefined
            ? undefined
            : instantOf(new Date(asking.wish.deadline)),
        now,
      })
      if (plan?.kind === 'refused') {
        asking.obstacles.push(
          ...plan.refusals.map((refusal) => ({
            ...refusal,
            field: refusal.field.replace(/^recipient\b/, `recipients[${index}]`),
          })),
        )
      }
    }
  }
}
