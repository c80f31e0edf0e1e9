import {
  type AllowedMethod,
  type EnvelopeAggregate,
  type EnvelopeDocument,
  type Input,
  type Instant,
  type NewContent,
  type NewRequest,
  type NewSeal,
  type PlannedRequest,
  plannedView,
  type Recipient,
  type Refusal,
  type Signing,
} from '@muhr/envelope'
import type { LoadedConnection } from '../connections/load-connection.ts'

/** Runs a derivation and stores its bytes, before anybody is shown them. */
export type StoreContent = (
  document: EnvelopeDocument,
  derivation: NewContent['derivation'],
) => Promise<NewContent>

export type Planning = {
  readonly aggregate: EnvelopeAggregate
  readonly signing: Signing
  readonly recipient: Recipient
  readonly connections: readonly LoadedConnection[]
  readonly storeContent: StoreContent
  readonly now: Instant
}

type MethodPlan =
  | { readonly kind: 'planned'; readonly requests: readonly NewRequest[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] }

/**
 * Plans the requests of a signing's round: asks the provider of every allowed method and derives the
 * contents. A method that is refused leaves the others; when all are, the signing fails with the first
 * reason.
 */
export async function planRequests(planning: Planning): Promise<Input> {
  const { signing, recipient } = planning
  const plans: MethodPlan[] = []
  for (const allowed of recipient.methods) {
    plans.push(await planMethod(planning, allowed))
  }
  const requests = plans.flatMap((plan) => (plan.kind === 'planned' ? plan.requests : []))
  const refusal = plans.flatMap((plan) => (plan.kind === 'refused' ? plan.refusals : []))[0]
  const about = { signing: signing.id, round: signing.round }

  return requests.length > 0
    ? { kind: 'planned', ...about, requests }
    : {
        kind: 'plan-refused',
        ...about,
        code: refusal?.code ?? 'no-method',
        field: refusal?.field,
      }
}

async function planMethod(planning: Planning, allowed: AllowedMethod): Promise<MethodPlan> {
  const { aggregate, recipient, now } = planning
  const connection = planning.connections.find(({ id }) => id === allowed.connection)
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
    requests.push(await makeRequest(planning, { connection, allowed, planned }))
  }

  return { kind: 'planned', requests }
}

type Making = {
  readonly connection: LoadedConnection
  readonly allowed: AllowedMethod
  readonly planned: PlannedRequest
}

async function makeRequest(planning: Planning, making: Making): Promise<NewRequest> {
  const { aggregate, recipient, now } = planning
  const { connection, allowed, planned } = making
  const derived: { readonly document: EnvelopeDocument; readonly content: NewContent }[] = []
  for (const wanted of planned.contents) {
    const document = aggregate.documents.find((candidate) => candidate.id === wanted.document)
    if (document === undefined) {
      throw new Error('a provider planned a document that the envelope does not have')
    }
    derived.push({ document, content: await planning.storeContent(document, wanted.derivation) })
  }
  const step = connection.provider.advance({
    connection: connection.settings,
    sender: connection.sender,
    request: plannedView({
      title: aggregate.envelope.title,
      method: planned.method,
      recipient,
      contents: derived.map(({ document, content: { sha256, size } }) => ({
        document,
        sha256,
        size,
      })),
    }),
    now,
    deadline: aggregate.envelope.deadline,
  })
  const contents = derived.map(({ content }) => content)

  return {
    provider: allowed.provider,
    method: planned.method,
    connection: allowed.connection,
    traits: connection.provider.describe().traits,
    contents,
    seals: planned.seals.map((seal) => sealOver(contents, seal)),
    opening:
      step.kind === 'expose'
        ? { kind: 'expose', handle: step.handle, window: step.window }
        : { kind: 'call' },
  }
}

function sealOver(contents: readonly NewContent[], seal: PlannedRequest['seals'][number]): NewSeal {
  if (seal.items === 'built') {
    return { purpose: seal.purpose, items: seal.items }
  }

  return {
    ...seal,
    items: seal.items.map(({ name, format, content: index }) => {
      const content = contents[index]
      if (content === undefined) {
        throw new Error('a provider wants a seal over a content that it did not plan')
      }

      return { name, format, sha256: content.sha256, size: content.size }
    }),
  }
}
