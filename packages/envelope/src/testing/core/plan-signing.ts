import type { EnvelopeId } from '../../ids.ts'
import type { Job, NewContent, NewRequest, NewSeal } from '../../inputs.ts'
import type { AllowedMethod, EnvelopeAggregate, Recipient } from '../../model.ts'
import type { PlannedRequest } from '../../provider.ts'
import { plannedView } from '../../views.ts'
import { sender } from './core-io.ts'
import {
  type CoreState,
  changeEnvelope,
  connectionOf,
  keepBytes,
  readBytes,
  storedOf,
} from './core-state.ts'

/** Asks the provider of every allowed method, derives and stores the contents, records the plan. */
export async function planSigning(
  state: CoreState,
  envelope: EnvelopeId,
  job: Extract<Job, { readonly kind: 'plan' }>,
): Promise<'done' | 'again'> {
  const { aggregate } = storedOf(state, envelope)
  const signing = aggregate.signings.find((each) => each.id === job.signing)
  const recipient = aggregate.recipients.find((each) => each.id === signing?.recipient)
  if (recipient === undefined || !signing?.planning || signing.round !== job.round) {
    return 'done'
  }
  const plans = recipient.methods.map((allowed) => planWay(state, aggregate, recipient, allowed))
  const requests = plans.flatMap((plan) => (typeof plan === 'string' ? [] : plan))
  const code = plans.find((plan) => typeof plan === 'string')
  const refused = { kind: 'plan-refused', code: code ?? 'no-method' } as const
  const result = await changeEnvelope(state, envelope, {
    ...(requests.length > 0 ? { kind: 'planned', requests } : refused),
    signing: signing.id,
    round: job.round,
  })
  // Thought out so slowly that its seals fell due meanwhile: it is thought out again.
  if (!result.ok && result.refusal.code === 'plan.seal-due') {
    return 'again'
  }
  if (!result.ok) {
    throw new Error(`the plan is refused: ${result.refusal.code}`)
  }

  return 'done'
}

/** The requests of one way to sign, or the code of its refusal. */
function planWay(
  state: CoreState,
  aggregate: EnvelopeAggregate,
  recipient: Recipient,
  allowed: AllowedMethod,
): readonly NewRequest[] | string {
  const { provider, connection } = connectionOf(state, allowed.connection)
  const plan = provider.plan({
    connection,
    connectionId: allowed.connection,
    method: allowed.method,
    sender,
    recipient,
    documents: aggregate.documents,
    deadline: aggregate.envelope.deadline,
    now: state.options.clock.now(),
  })
  if (plan.kind === 'refused') {
    return plan.refusals[0]?.code ?? 'no-method'
  }

  return plan.requests.map((planned) =>
    makeRequest(state, { aggregate, recipient, allowed, planned }),
  )
}

type Making = {
  readonly aggregate: EnvelopeAggregate
  readonly recipient: Recipient
  readonly allowed: AllowedMethod
  readonly planned: PlannedRequest
}

function makeRequest(state: CoreState, making: Making): NewRequest {
  const { aggregate, recipient, allowed, planned } = making
  const { provider, connection } = connectionOf(state, allowed.connection)
  const contents = planned.contents.map((wanted) => derive(state, aggregate, wanted))
  const seals = planned.seals.map(
    (seal): NewSeal =>
      seal.items === 'built'
        ? { purpose: seal.purpose, items: seal.items }
        : {
            ...seal,
            items: seal.items.flatMap(({ content, ...item }) => {
              const found = contents[content]

              return found === undefined
                ? []
                : [{ ...item, sha256: found.sha256, size: found.size }]
            }),
          },
  )
  const first = provider.advance({
    connection,
    sender,
    request: plannedView({
      title: aggregate.envelope.title,
      method: planned.method,
      recipient,
      contents: contents.flatMap((content) => {
        const document = aggregate.documents.find((each) => each.id === content.document)

        return document === undefined
          ? []
          : [{ document, sha256: content.sha256, size: content.size }]
      }),
    }),
    now: state.options.clock.now(),
    deadline: aggregate.envelope.deadline,
  })

  return {
    provider: allowed.provider,
    method: planned.method,
    connection: allowed.connection,
    traits: provider.describe().traits,
    contents,
    seals,
    opening:
      first.kind === 'expose' && seals.length === 0
        ? { kind: 'expose', handle: first.handle, window: first.window }
        : { kind: 'call' },
  }
}

function derive(
  state: CoreState,
  aggregate: EnvelopeAggregate,
  wanted: PlannedRequest['contents'][number],
): NewContent {
  const document = aggregate.documents.find((each) => each.id === wanted.document)
  if (document === undefined) {
    throw new Error('a provider planned a document that the envelope does not have')
  }
  const bytes = readBytes(state, document.sha256)
  switch (wanted.derivation) {
    case 'identity':
      return { ...wanted, sha256: document.sha256, size: document.size }
    case 'utf8-of-base64': {
      const text = Buffer.from(Buffer.from(bytes).toString('base64'))

      return { ...wanted, sha256: keepBytes(state, text), size: text.length }
    }
    default:
      throw new Error(`the core in memory does not know the derivation ${wanted.derivation}`)
  }
}
