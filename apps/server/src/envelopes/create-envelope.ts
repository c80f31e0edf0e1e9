import { createEnvelope, type EnvelopeAggregate, instantOf, transition } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { Tx } from '../database/open-database.ts'
import { appendEvents } from '../events/append-events.ts'
import { type FieldProblem, Problem } from '../http/problems.ts'
import { tellChange } from './change-envelope.ts'
import { checkEnvelope, type EnvelopeWish } from './check-envelope.ts'
import { insertAggregate } from './save-aggregate.ts'

export type CreatedEnvelope = {
  readonly aggregate: EnvelopeAggregate
  readonly warnings: readonly FieldProblem[]
}

/**
 * Makes an envelope, and with `send` starts it, in one transaction: rows, events, jobs and (by
 * `inTransaction`) the kept answer of an idempotent request stand or fall together.
 * @throws Problem `envelope.refused` with every obstacle named; nothing is stored then
 */
export async function createAndSend(
  app: AppContext,
  caller: Caller,
  wish: EnvelopeWish & { readonly title: string; readonly send: boolean },
  inTransaction: (tx: Tx, created: CreatedEnvelope) => Promise<void>,
): Promise<CreatedEnvelope> {
  const checked = await checkEnvelope(app, caller.organisationId, wish)
  if (checked.obstacles.length > 0) {
    throw refusal(checked.obstacles)
  }

  const now = instantOf(app.now())
  const created = createEnvelope(
    {
      organisation: caller.organisationId as EnvelopeAggregate['envelope']['organisation'],
      title: wish.title,
      actor: caller.actor,
      deadline: wish.deadline === undefined ? undefined : instantOf(new Date(wish.deadline)),
      documents: checked.documents,
      recipients: checked.recipients,
    },
    { now, ids: app.ids },
  )
  if (!created.ok) {
    throw refusal(
      created.refusals.map((each) => ({
        ...each,
        field: each.field.replace(/\.(\d+)(?=\.|$)/g, '[$1]'),
      })),
    )
  }
  const sent = wish.send
    ? transition(created.next, { kind: 'send', actor: caller.actor }, { now, ids: app.ids })
    : { ok: true as const, next: created.next, events: [], jobs: [] }
  if (!sent.ok) {
    throw new Problem('envelope.refused', 'The envelope cannot be sent.', {
      advice: sent.refusal.advice,
    })
  }

  const result = { aggregate: sent.next, warnings: checked.warnings }
  await app.db.transaction().execute(async (tx) => {
    const { envelope } = sent.next
    await insertAggregate(tx, sent.next, app.hashes)
    await appendEvents(
      tx,
      { id: envelope.id, organisation: envelope.organisation },
      [...created.events, ...sent.events],
      now,
    )
    await app.queue.enqueue(tx, envelope.id, sent.jobs)
    await inTransaction(tx, result)
    await tellChange(tx, sent.next)
  })

  return result
}

function refusal(obstacles: readonly FieldProblem[]): Problem {
  const only = new Set(obstacles.map((obstacle) => obstacle.code))

  return only.size === 1 && only.has('envelope.too-large')
    ? new Problem('envelope.too-large', 'The documents are too large together.', {
        fields: obstacles,
      })
    : new Problem('envelope.refused', 'The envelope has fields that cannot be accepted.', {
        fields: obstacles,
      })
}
