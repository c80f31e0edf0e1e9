import { createHash } from 'node:crypto'
import {
  type DomainEvent,
  type EnvelopeAggregate,
  type EnvelopeDocument,
  instantOf,
  type Job,
  type NewContent,
  type Sha256Hex,
  type TransitionContext,
  transition,
} from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { type LoadedOrganisation, loadOrganisation } from '../connections/load-connection.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { planRequests } from './plan-requests.ts'

/** Plans the requests of a signing's round, if it still is owed. */
export async function planSigning(
  app: AppContext,
  envelopeId: string,
  job: { readonly signing: string; readonly round: number },
): Promise<void> {
  const aggregate = await loadAggregate(app.db, { envelope: envelopeId })
  const found = aggregate === undefined ? undefined : findOwed(aggregate, job)
  if (aggregate === undefined || found === undefined) {
    return
  }
  const { connections } = await loadOrganisation(app, aggregate.envelope.organisation)
  const input = await planRequests({
    aggregate,
    ...found,
    connections,
    storeContent: (document, derivation) => storeContent(app, document, derivation),
    now: instantOf(app.now()),
  })
  await changeEnvelope(app, envelopeId, input)
}

function findOwed(
  aggregate: EnvelopeAggregate,
  job: { readonly signing: string; readonly round: number },
) {
  const signing = aggregate.signings.find((candidate) => candidate.id === job.signing)
  const recipient = aggregate.recipients.find((candidate) => candidate.id === signing?.recipient)

  return signing?.planning === true && signing.round === job.round && recipient !== undefined
    ? { signing, recipient }
    : undefined
}

/** An envelope as it will be stored, with what its transitions caused. */
export type Step = {
  readonly aggregate: EnvelopeAggregate
  readonly events: readonly DomainEvent[]
  readonly jobs: readonly Job[]
}

/** A content that must be derived and stored first: such a plan is left to its job. */
class NotAtOnce extends Error {}

/**
 * Does the plan jobs of a step within the step itself, where planning is pure: the signers' codes are
 * there with the answer, and the queue has nothing to do. Jobs that need more stay.
 */
export async function planAtOnce(
  step: Step,
  about: { readonly organisation: LoadedOrganisation; readonly context: TransitionContext },
): Promise<Step> {
  const { organisation, context } = about
  let { aggregate } = step
  const events = [...step.events]
  const jobs: Job[] = []
  for (const job of step.jobs) {
    const found = job.kind === 'plan' ? findOwed(aggregate, job) : undefined
    const input =
      found === undefined
        ? undefined
        : await planRequests({
            aggregate,
            ...found,
            connections: organisation.connections,
            storeContent: identityOnly,
            now: context.now,
          }).catch(leaveToJob)
    const planned = input === undefined ? undefined : transition(aggregate, input, context)
    if (planned?.ok === true) {
      aggregate = planned.next
      events.push(...planned.events)
      jobs.push(...planned.jobs)
    } else {
      jobs.push(job)
    }
  }

  return { aggregate, events, jobs }
}

function leaveToJob(error: unknown): undefined {
  if (error instanceof NotAtOnce) {
    return undefined
  }
  throw error
}

const identityOnly = async (
  document: EnvelopeDocument,
  derivation: NewContent['derivation'],
): Promise<NewContent> => {
  if (derivation !== 'identity') {
    throw new NotAtOnce()
  }

  return { document: document.id, derivation, sha256: document.sha256, size: document.size }
}

/** `identity` is the document itself, which is stored already. */
async function storeContent(
  app: AppContext,
  document: EnvelopeDocument,
  derivation: NewContent['derivation'],
): Promise<NewContent> {
  if (derivation === 'identity') {
    return identityOnly(document, derivation)
  }
  if (derivation === 'utf8-of-base64') {
    const bytes = Buffer.from((await app.store.read(document.sha256)).toString('base64'), 'utf8')
    const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256Hex
    await app.store.put(bytes)

    return { document: document.id, derivation, sha256, size: bytes.byteLength }
  }
  throw new Error(`derivation ${derivation} is not installed`)
}
