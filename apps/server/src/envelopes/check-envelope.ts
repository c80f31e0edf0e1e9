import {
  createEnvelope,
  type EnvelopeDocument,
  instantOf,
  type OrganisationId,
  type Recipient,
} from '@muhr/envelope'
import type { z } from 'zod'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { LoadedConnection, LoadedOrganisation } from '../connections/load-connection.ts'
import type { FieldProblem } from '../http/problems.ts'
import type { newRecipientSchema } from '../http/schemas/envelope-schemas.ts'
import type { Step } from '../jobs/plan-signing.ts'
import { checkRecipient } from './check-recipient.ts'
import { knownIdentifiers } from './known-identifiers.ts'
import { loadWishContext, type WishContext } from './load-wish-context.ts'

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
  readonly organisation: LoadedOrganisation
  /** The envelope as it would be; undefined while something stands in its way. */
  readonly draft: Step | undefined
}

/**
 * Looks at everything that can stand in the way of an envelope, all at once, and stores nothing:
 * documents that are there and fit, identifiers by their check digits, methods that are installed and
 * connected, and what each provider itself would refuse.
 */
export async function checkEnvelope(
  app: AppContext,
  caller: Pick<Caller, 'organisationId' | 'actor'>,
  wish: EnvelopeWish,
): Promise<CheckedEnvelope> {
  const obstacles: FieldProblem[] = []
  const warnings: FieldProblem[] = []
  if (wish.title === undefined || wish.title.trim() === '') {
    obstacles.push({ field: 'title', code: 'title.missing', advice: 'Give the envelope a title.' })
  }
  const { organisation, documents: uploaded } = await loadWishContext(
    app,
    caller.organisationId,
    wish.documents.map((document) => document.id),
  )
  const documents = checkDocuments(app, { wish, uploaded, obstacles })
  const { connections } = organisation
  if (wish.recipients.length === 0) {
    obstacles.push({
      field: 'recipients',
      code: 'recipient.missing',
      advice: 'Add at least one recipient.',
    })
  }
  const known = await knownIdentifiers(
    app.db,
    caller.organisationId,
    wish.recipients.flatMap(({ identifiersOf }) => identifiersOf?.recipient ?? []),
  )
  const recipients = wish.recipients.map((recipient, index) =>
    checkRecipient({
      recipient,
      known: known.get(recipient.identifiersOf?.recipient ?? ''),
      at: `recipients[${index}]`,
      installed: [...app.providers.keys()],
      connections,
      obstacles,
      warnings,
    }),
  )
  checkDeadline(app, wish.deadline, obstacles)
  const checked = { wish, documents, recipients, connections, obstacles }
  const draft = makeDraft(app, caller, checked)
  if (documents.length > 0 && documents.length === wish.documents.length) {
    askProviders(app, checked)
  }

  return { obstacles, warnings, organisation, draft }
}

function checkDocuments(
  app: AppContext,
  about: {
    readonly wish: EnvelopeWish
    readonly uploaded: WishContext['documents']
    readonly obstacles: FieldProblem[]
  },
): readonly EnvelopeDocument[] {
  const { wish, uploaded, obstacles } = about
  if (wish.documents.length === 0) {
    obstacles.push({
      field: 'documents',
      code: 'document.missing',
      advice: 'Add at least one document.',
    })
  }
  const documents: EnvelopeDocument[] = []
  const seen = new Map<string, number>()
  for (const [position, wanted] of wish.documents.entries()) {
    const row = uploaded.get(wanted.id)
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

const deadlineOf = (text: string | undefined) =>
  text === undefined || Number.isNaN(Date.parse(text)) ? undefined : instantOf(new Date(text))

/**
 * Makes the draft in memory. What no envelope may be without the domain says in its own words, as far as
 * it was not said already.
 */
function makeDraft(
  app: AppContext,
  caller: Pick<Caller, 'organisationId' | 'actor'>,
  asking: Asking,
): Step | undefined {
  const { wish, documents, recipients, obstacles } = asking
  const made = createEnvelope(
    {
      organisation: caller.organisationId as OrganisationId,
      actor: caller.actor,
      title: wish.title ?? '',
      deadline: deadlineOf(wish.deadline),
      // Unknown ones were named; with them left out the others would be counted wrongly.
      documents: documents.length === wish.documents.length ? documents : [],
      recipients,
    },
    { now: instantOf(app.now()), ids: app.ids },
  )
  if (made.ok) {
    return { aggregate: made.next, events: made.events, jobs: made.jobs }
  }
  for (const refusal of made.refusals) {
    const field = refusal.field.replace(/\.(\d+)(?=\.|$)/g, '[$1]')
    if (!obstacles.some((obstacle) => obstacle.field.startsWith(field))) {
      obstacles.push({ ...refusal, field })
    }
  }

  return undefined
}

/** What a provider will refuse later it can say now, since planning is pure. */
function askProviders(app: AppContext, asking: Asking): void {
  const now = instantOf(app.now())
  const known = asking.obstacles.map(({ field }) => field)
  for (const [index, recipient] of asking.recipients.entries()) {
    for (const [position, method] of recipient.methods.entries()) {
      const connection = asking.connections.find((candidate) => candidate.id === method.connection)
      const plan = connection?.provider.plan({
        connection: connection.settings,
        connectionId: method.connection,
        method: method.method,
        sender: connection.sender,
        recipient: { ...recipient, id: `rcp_${index}` as Recipient['id'] },
        documents: asking.documents,
        deadline: deadlineOf(asking.wish.deadline),
        now,
      })
      if (plan?.kind === 'refused') {
        for (const refusal of plan.refusals) {
          const field = refusal.field
            .replace(/^recipient\b/, `recipients[${index}]`)
            .replace(/^(?:method|connection)\b/, `recipients[${index}].methods[${position}].$&`)
          // What was said of a field in our own words is not said again by each service.
          if (!known.some((told) => told === field || field.startsWith(`${told}.`))) {
            asking.obstacles.push({ ...refusal, field })
          }
        }
      }
    }
  }
}
