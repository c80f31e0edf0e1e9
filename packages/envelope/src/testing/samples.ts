import { hash } from 'node:crypto'
import { createEnvelope, type NewEnvelope, type NewRecipient } from '../create-envelope.ts'
import {
  type ConnectionId,
  type IdSource,
  type Instant,
  idPrefix,
  instantOf,
  type OrganisationId,
  type Sha256Hex,
} from '../ids.ts'
import type { NewRequest } from '../inputs.ts'
import type { EnvelopeAggregate, RequestTraits } from '../model.ts'
import { instantAfter } from '../time.ts'
import type { ActorRef, Verdict } from '../words.ts'

/** Where the clocks of tests start. */
export const epoch: Instant = instantOf(new Date('2026-03-02T06:00:00.000Z'))

export const clerk: ActorRef = { kind: 'user', id: 'usr_clerk' }

/** Ids that are the same in every run: `req_1`, `req_2`, … */
export function countingIds(): IdSource {
  const counts = new Map<string, number>()

  return {
    next: (kind) => {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)

      return `${idPrefix[kind]}_${count}`
    },
  }
}

/** SHA-256 of a text (UTF-8) or of bytes. */
export function digestOf(data: string | Uint8Array): Sha256Hex {
  return hash('sha256', data, 'hex') as Sha256Hex
}

export const localTraits: RequestTraits = {
  cancel: 'local',
  idempotency: 'reserved',
  renewal: 'on-demand',
}

export const passed: Verdict = {
  indication: 'TOTAL-PASSED',
  content: 'match',
  identity: 'match',
  report: digestOf('report: passed'),
}

export const undecided: Verdict = {
  indication: 'INDETERMINATE',
  subIndication: 'TRY_LATER',
  content: 'match',
  identity: 'match',
  report: digestOf('report: undecided'),
}

export const failed: Verdict = {
  indication: 'TOTAL-FAILED',
  subIndication: 'SIG_CRYPTO_FAILURE',
  content: 'match',
  identity: 'match',
  report: digestOf('report: failed'),
}

/** A recipient of the samples; `pinfl` tells persons apart. */
export function sampleRecipient(
  index: number,
  overrides: Partial<NewRecipient> = {},
): NewRecipient {
  return {
    name: `Үлгіұлы Сынақ ${index}`,
    locale: 'kk',
    orderGroup: 1,
    identifiers: { pinfl: `3000000000000${index}` },
    methods: [{ provider: 'sample', method: 'SAMPLE', connection: 'con_sample' as ConnectionId }],
    ...overrides,
  }
}

/** A draft with as many documents as asked and the recipients given (one by default). */
export function sampleDraft(
  options: {
    readonly documents?: number | undefined
    readonly recipients?: readonly NewRecipient[] | undefined
    readonly deadline?: Instant | undefined
    readonly ids?: IdSource | undefined
    readonly now?: Instant | undefined
  } = {},
): EnvelopeAggregate {
  const input: NewEnvelope = {
    organisation: 'org_sample' as OrganisationId,
    actor: clerk,
    title: 'Договор поставки',
    deadline: options.deadline,
    documents: Array.from({ length: options.documents ?? 1 }, (_, index) => ({
      sha256: digestOf(`document ${index}`),
      size: 10 + index,
      mediaType: 'application/pdf',
      fileName: `document-${index}.pdf`,
      title: { ru: `Документ ${index}` },
      meta: [],
    })),
    recipients: options.recipients ?? [sampleRecipient(1)],
  }
  const result = createEnvelope(input, {
    now: options.now ?? epoch,
    ids: options.ids ?? countingIds(),
  })
  if (!result.ok) {
    throw new Error(`the sample is refused: ${JSON.stringify(result.refusals)}`)
  }

  return result.next
}

/** A plan of one request over every document: exposed at once unless `opening` says `call`. */
export function sampleRequest(
  aggregate: EnvelopeAggregate,
  overrides: Partial<NewRequest> & { readonly now?: Instant | undefined } = {},
): NewRequest {
  const { now = epoch, ...rest } = overrides

  return {
    provider: 'sample',
    method: 'SAMPLE',
    connection: 'con_sample' as ConnectionId,
    traits: localTraits,
    contents: aggregate.documents.map((document) => ({
      document: document.id,
      derivation: 'identity',
      sha256: document.sha256,
      size: document.size,
    })),
    seals: [],
    opening: {
      kind: 'expose',
      handle: { token: 'sample' },
      window: { opensAt: now, expiresAt: instantAfter(now, 300_000) },
    },
    ...rest,
  }
}
