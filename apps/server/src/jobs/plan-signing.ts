import { createHash } from 'node:crypto'
import {
  type AllowedMethod,
  type ContentView,
  type EnvelopeAggregate,
  type EnvelopeDocument,
  instantOf,
  type NewContent,
  type NewRequest,
  type NewSeal,
  type PlannedRequest,
  type Recipient,
  type Refusal,
  type RequestView,
  type Sha256Hex,
} from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { type LoadedConnection, loadConnection } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'

type MethodPlan =
  | { readonly kind: 'planned'; readonly requests: readonly NewRequest[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

/**
 * Plans the requests of a signing's round: asks the provider of every allowed method, derives the
 * contents and stores them before anybody is shown them. A method that is refused leaves the others;
 * when all are, the signing fails with the first reason.
 */
export async function planSigning(
  app: AppContext,
  envelopeId: string,
  signingId: string,
  round: number,
): Promise<void> {
  const aggregate = await loadAggregate(app.db, envelopeId)
  const signing = aggregate?.signings.find((candidate) => candidate.id === signingId)
  const recipient = aggregate?.recipients.find((candidate) => candidate.id === signing?.recipient)
  if (aggregate === undefined || signing === undefined || recipient === undefined) {
    return
  }
  if (!signing.planning || signing.round !== round) {
    return
  }

  const plans: MethodPlan[] = []
  for (const allowed of recipient.methods) {
    plans.push(await planMethod(app, aggregate, recipient, allowed))
  }
  const requests = plans.flatMap((plan) => (plan.kind === 'planned' ? plan.requests : []))
  const refusal = plans.flatMap((plan) => (plan.kind === 'refused' ? plan.refusals : []))[0]
  await changeEnvelope(
    app,
    envelopeId,
    requests.length > 0
      ? { kind: 'planned', signing: signing.id, round, requests }
      : {
          kind: 'plan-refused',
          signing: signing.id,
          round,
          code: refusal?.code ?? 'no-method',
          field: refusal?.field,
        },
  )
}

async function planMethod(
  app: AppContext,
  aggregate: EnvelopeAggregate,
  recipient: Recipient,
  allowed: AllowedMethod,
): Promise<MethodPlan> {
  const connection = await loadConnection(app, allowed.connection)
  if (connection === undefined) {
    return {
      kind: 'refused',
      refusals: [
        {
          code: 'connection-unusable',
          field: 'recipient.methods',
          advice: 'Check the connection in the settings; it is missing or no longer valid.',
        },
      ],
    }
  }
  const now = instantOf(app.now())
  const plan = connection.provider.plan({
    connection: connection.settings,
    connectionId: allowed.connection,
    method: allowed.method,
    sender: connection.sender,
    recipient,
    documents: aggregate.documents,
    deadline: aggregate.envelope.deadline,
    now,
  })
  if (plan.kind === 'refused') {
    return plan
  }
  const requests: NewRequest[] = []
  for (const planned of plan.requests) {
    requests.push(await makeRequest(app, { aggregate, recipient, connection, allowed, planned }))
  }

  return { kind: 'planned', requests }
}

type Making = {
  readonly aggregate: EnvelopeAggregate
  readonly recipient: Recipient
  readonly connection: LoadedConnection
  readonly allowed: AllowedMethod
  readonly planned: PlannedRequest
}

async function makeRequest(app: AppContext, making: Making): Promise<NewRequest> {
  const { aggregate, connection, allowed, planned } = making
  const contents: NewContent[] = []
  for (const wanted of planned.contents) {
    const document = aggregate.documents.find((candidate) => candidate.id === wanted.document)
    if (document === undefined) {
      throw new Error('a provider planned a document that the envelope does not have')
    }
    contents.push(await storeContent(app, document, wanted.derivation))
  }
  const seals: NewSeal[] = planned.seals.map((seal) => ({
    ...seal,
    items: seal.items.map((item) => {
      const content = contents[item.content]
      if (content === undefined) {
        throw new Error('a provider wants a seal over a content that it did not plan')
      }

      return { name: item.name, format: item.format, sha256: content.sha256 }
    }),
  }))
  const step = connection.provider.advance({
    connection: connection.settings,
    sender: connection.sender,
    request: provisionalView(making, contents),
    now: instantOf(app.now()),
    deadline: aggregate.envelope.deadline,
  })

  return {
    provider: allowed.provider,
    method: planned.method,
    connection: allowed.connection,
    traits: connection.provider.describe().traits,
    contents,
    seals,
    opening:
      step.kind === 'expose'
        ? { kind: 'expose', handle: step.handle, window: step.window }
        : { kind: 'call' },
  }
}

/** The request as it will be, for the pure question what its first step is; it has no id yet. */
function provisionalView(making: Making, contents: readonly NewContent[]): RequestView<never> {
  const views: ContentView[] = contents.flatMap((content, position) => {
    const document = making.aggregate.documents.find(
      (candidate) => candidate.id === content.document,
    )

    return document === undefined
      ? []
      : [
          {
            id: `cnt_${position}` as ContentView['id'],
            position,
            document,
            sha256: content.sha256,
            size: content.size,
          },
        ]
  })

  return {
    id: 'req_provisional' as RequestView<never>['id'],
    method: making.planned.method,
    handle: undefined,
    window: undefined,
    closed: false,
    accepted: false,
    title: making.aggregate.envelope.title,
    recipient: making.recipient,
    contents: views,
    submissions: [],
    seals: [],
  }
}

/** Runs a derivation and stores its bytes. `identity` is the document itself, which is stored already. */
async function storeContent(
  app: AppContext,
  document: EnvelopeDocument,
  derivation: NewContent['derivation'],
): Promise<NewContent> {
  if (derivation === 'identity') {
    return { document: document.id, derivation, sha256: document.sha256, size: document.size }
  }
  if (derivation === 'utf8-of-base64') {
    const bytes = Buffer.from((await app.store.read(document.sha256)).toString('base64'), 'utf8')
    const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256Hex
    await app.store.put(bytes)

    return { document: document.id, derivation, sha256, size: bytes.byteLength }
  }
  throw new Error(`derivation ${derivation} is not installed`)
}
