import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { Queryable } from '../database/open-database.ts'
import { Problem } from './problems.ts'

export type IdempotentAnswer<Body> = { readonly status: number; readonly body: Body }

/**
 * Stores the answer. Called inside the transaction of the effect it makes both stand or fall together,
 * so that no crash can leave an effect whose repeat would do the work twice.
 */
export type KeepAnswer = (
  db: Queryable,
  answer: IdempotentAnswer<unknown>,
  fingerprint?: string,
) => Promise<void>

/** Thrown to roll an effect back whose key another process has used a moment before. */
class KeyTaken extends Error {}

type Row = {
  readonly actor: string
  readonly method: string
  readonly path: string
  readonly key: string
}

/**
 * Runs a POST at most once for an `Idempotency-Key`. The key counts together with who asked, method and
 * path. Another body (or query) is refused, a request that still runs in this process is a conflict, a
 * finished one is answered as it was, with `idempotent-replayed: true`. Of two processes at the same
 * moment the second's effect is rolled back and the first's answer given. Refusals are not kept:
 * nothing happened. Answers name links, so they are kept encrypted.
 *
 * @param run does the work; without a key it is given nothing to keep its answer with
 * @param fingerprint digest of the body where it is not JSON; called only to compare with a kept answer
 * @throws Problem `idempotency.key`, `idempotency.in-flight`, `idempotency.mismatch`
 */
export async function idempotent<Body>(
  app: AppContext,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly caller: Caller },
  run: (keep: KeepAnswer | undefined) => Promise<IdempotentAnswer<Body>>,
  fingerprint: () => Promise<string> = async () => digestOf(http.request.body),
): Promise<Body> {
  const { request, reply } = http
  const row = readKey(http)
  if (row === undefined) {
    const answer = await run(undefined)
    reply.code(answer.status)

    return answer.body
  }

  const lock = JSON.stringify(row)
  if (app.inFlight.has(lock)) {
    throw new Problem('idempotency.in-flight', 'A request with this Idempotency-Key is running.')
  }
  app.inFlight.add(lock)
  try {
    const query = request.url.slice(row.path.length)
    const withQuery = (digest: string) => digestOf([query, digest])
    const replay = async () => {
      const known = await findAnswer(app, row)
      if (known !== undefined && known.fingerprint !== withQuery(await fingerprint())) {
        throw new Problem(
          'idempotency.mismatch',
          'This Idempotency-Key was used with another body.',
        )
      }

      return known
    }
    let answer: IdempotentAnswer<unknown> | undefined = await replay()
    const isReplayed = answer !== undefined
    answer ??= await runOnce(app, row, { run, fingerprint, withQuery })
    const taken = answer === undefined ? await replay() : undefined
    answer ??= taken
    if (answer === undefined) {
      throw new Error('an idempotency key was taken and has no answer')
    }
    if (isReplayed || taken !== undefined) {
      reply.header('idempotent-replayed', 'true')
    }
    reply.code(answer.status)

    return answer.body as Body
  } finally {
    app.inFlight.delete(lock)
  }
}

function readKey({ request, caller }: Parameters<typeof idempotent>[1]): Row | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) {
    return undefined
  }
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Problem('idempotency.key', 'The Idempotency-Key is not usable.')
  }
  const { actor } = caller

  return {
    actor: `${caller.organisationId}/${actor.kind}/${'id' in actor ? actor.id : ''}`,
    method: request.method,
    path: request.url.split('?')[0] ?? '',
    key,
  }
}

/** Runs the effect with its answer; undefined when the key was taken meanwhile and nothing was done. */
async function runOnce<Body>(
  app: AppContext,
  row: Row,
  input: {
    readonly run: (keep: KeepAnswer | undefined) => Promise<IdempotentAnswer<Body>>
    readonly fingerprint: () => Promise<string>
    readonly withQuery: (digest: string) => string
  },
): Promise<IdempotentAnswer<Body> | undefined> {
  let isKept = false
  const keep: KeepAnswer = async (db, answer, known) => {
    const inserted = await db
      .insertInto('idempotency_keys')
      .values({
        ...row,
        fingerprint: input.withQuery(known ?? (await input.fingerprint())),
        status: answer.status,
        response: app.sealer.seal(JSON.stringify(answer.body ?? null)),
        created_at: app.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst()
    if (inserted === undefined) {
      throw new KeyTaken()
    }
    isKept = true
  }
  try {
    const answer = await input.run(keep)
    if (!isKept) {
      await keep(app.db, answer)
    }

    return answer
  } catch (error) {
    if (error instanceof KeyTaken) {
      return undefined
    }
    throw error
  }
}

async function findAnswer(
  app: AppContext,
  row: Row,
): Promise<(IdempotentAnswer<unknown> & { readonly fingerprint: string }) | undefined> {
  const known = await app.db
    .selectFrom('idempotency_keys')
    .select(['fingerprint', 'status', 'response'])
    .where((where) => where.and(row))
    .executeTakeFirst()

  return known === undefined
    ? undefined
    : {
        fingerprint: known.fingerprint,
        status: known.status,
        body: JSON.parse(app.sealer.open(known.response)),
      }
}

/** SHA-256 (hex) of a value as JSON. */
function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value ?? null))
    .digest('hex')
}
