import { type TransitionContext, transition } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { LoadedOrganisation } from '../connections/load-connection.ts'
import type { Queryable, Tx } from '../database/open-database.ts'
import { type FieldProblem, Problem } from '../http/problems.ts'
import type { EnvelopeBody } from '../http/schemas/envelope-schemas.ts'
import { planAtOnce, type Step } from '../jobs/plan-signing.ts'
import { queuedJobs } from '../jobs/queue.ts'
import { dispatchesOf } from '../pacing/dispatches-of.ts'
import { checkEnvelope, type EnvelopeWish } from './check-envelope.ts'
import { presentWith } from './present-envelope.ts'
import { insertAggregate } from './save-aggregate.ts'

/**
 * Makes an envelope, and with `send` starts it, in one transaction: rows, events, jobs and (by
 * `alongside`) the kept answer of an idempotent request stand or fall together. Requests that need
 * nothing but thought to be planned are planned in the same step.
 * @throws Problem `envelope.refused`, `envelope.too-large` with every obstacle named; nothing is stored then
 */
export async function createAndSend(
  app: AppContext,
  caller: Caller,
  wish: EnvelopeWish & { readonly title: string; readonly send: boolean },
  alongside: ((tx: Tx, body: EnvelopeBody) => Promise<void>) | undefined,
): Promise<EnvelopeBody> {
  const { draft, obstacles, warnings, organisation } = await checkEnvelope(app, caller, wish)
  if (draft === undefined || obstacles.length > 0) {
    throw refusal(obstacles)
  }
  const now = draft.aggregate.envelope.createdAt
  const context = { now, ids: app.ids }
  const { aggregate, events, jobs } = wish.send
    ? await send(draft, { caller, context, organisation })
    : draft
  const body: EnvelopeBody = {
    ...presentWith(app, aggregate, {
      reports: new Map(),
      organisation,
      dispatches: await dispatchesOf(app, aggregate),
    }),
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
  }
  const insert = (db: Queryable) =>
    insertAggregate(db, aggregate, { events, at: now, hashes: app.hashes })
  if (queuedJobs(jobs).length === 0 && alongside === undefined) {
    // One statement is one transaction already.
    await insert(app.db)
  } else {
    await app.db.transaction().execute(async (tx) => {
      await insert(tx)
      await app.queue.enqueue(tx, aggregate.envelope.id, jobs)
      await alongside?.(tx, body)
    })
  }

  return body
}

async function send(
  draft: Step,
  about: {
    readonly caller: Caller
    readonly context: TransitionContext
    readonly organisation: LoadedOrganisation
  },
): Promise<Step> {
  const { caller, context, organisation } = about
  const sent = transition(draft.aggregate, { kind: 'send', actor: caller.actor }, context)
  if (!sent.ok) {
    const { code, field, advice } = sent.refusal
    throw refusal([{ code, field, advice }])
  }
  const events = [...draft.events, ...sent.events]

  return planAtOnce({ aggregate: sent.next, events, jobs: sent.jobs }, { organisation, context })
}

function refusal(obstacles: readonly FieldProblem[]): Problem {
  const codes = new Set(obstacles.map((obstacle) => obstacle.code))

  return codes.size === 1 && codes.has('envelope.too-large')
    ? new Problem('envelope.too-large', 'The documents are too large together.', {
        fields: obstacles,
      })
    : new Problem('envelope.refused', 'The envelope has fields that cannot be accepted.', {
        fields: obstacles,
      })
}
