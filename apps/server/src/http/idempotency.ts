import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { Queryable } from '../database/open-database.ts'
import { Problem } from './problems.ts'

export type IdempotentAnswer = { readonly status: number; readonly body: unknown }

/**
 * Stores the answer. Called inside the transaction of the effect it makes both stand or fall together,
 * so that a crash between them cannot let a repeat do the work twice.
 */
export type KeepAnswer = (db: Queryable, answer: IdempotentAnswer) => Promise<void>

/** How long a `running` row may stand before its process is taken for dead, ms. */
const staleMs = 60_000

/**
 * Runs a POST at most once for an `Idempotency-Key`. The key counts together with who asked, method,
 * path and body: another body is refused, a request still running is a conflict, a finished one is
 * answered from store with `idempotent-replayed: true`. Refusals (4xx) are not kept: nothing happened.
 * @throws Problem `idempotency.key`, `idempotency.in-flight`, `idempotency.mismatch`
 */
export async function idempotent(
  app: AppContext,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
  run: (keep: KeepAnswer) => Promise<IdempotentAnswer>,
  bodyDigest?: string,
): Promise<unknown> {
  const key = request.headers['idempotency-key']
  if (key === undefined) {
    const answer = await run(async () => undefined)
    reply.code(answer.status)

    return answer.body
  }
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Problem('idempotency.key', 'The Idempotency-Key is not usable.')
  }

  const row = {
    actor: `${caller.organisationId}/${caller.actor.kind}/${'id' in caller.actor ? caller.actor.id : ''}`,
    method: request.method,
    path: request.url,
    key,
  }
  const bodyHash =
    bodyDigest ??
    createHash('sha256')
      .update(JSON.stringify(request.body ?? null))
      .digest('hex')
  const stale = new Date(app.now().getTime() - staleMs).toISOString()
  const claimed = await app.db
    .insertInto('idempotency_keys')
    .values({ ...row, body_hash: bodyHash, state: 'running', created_at: app.now() })
    .onConflict((conflict) =>
      conflict
        .columns(['actor', 'method', 'path', 'key'])
        .doUpdateSet({ created_at: app.now() })
        .where('idempotency_keys.state', '=', 'running')
        .where('idempotency_keys.created_at', '<', stale)
        .where('idempotency_keys.body_hash', '=', bodyHash),
    )
    .returning('key')
    .executeTakeFirst()

  if (claimed === undefined) {
    const known = await app.db
      .selectFrom('idempotency_keys')
      .selectAll()
      .where((where) => where.and(row))
      .executeTakeFirst()
    if (known !== undefined && known.body_hash !== bodyHash) {
      throw new Problem('idempotency.mismatch', 'This Idempotency-Key was used with another body.')
    }
    if (known === undefined || known.state === 'running') {
      throw new Problem('idempotency.in-flight', 'A request with this Idempotency-Key is running.')
    }
    reply.header('idempotent-replayed', 'true')
    reply.code(known.status ?? 200)

    return known.response === null ? undefined : JSON.parse(known.response)
  }

  let kept = false
  const keep: KeepAnswer = async (db, answer) => {
    await db
      .updateTable('idempotency_keys')
      .set({ state: 'done', status: answer.status, response: JSON.stringify(answer.body ?? null) })
      .where((where) => where.and(row))
      .execute()
    kept = true
  }
  try {
    const answer = await run(keep)
    if (!kept) {
      await keep(app.db, answer)
    }
    reply.code(answer.status)

    return answer.body
  } catch (error) {
    await app.db
      .deleteFrom('idempotency_keys')
      .where((where) => where.and(row))
      .where('state', '=', 'running')
      .execute()
    throw error
  }
}
