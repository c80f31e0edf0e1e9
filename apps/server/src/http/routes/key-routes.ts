import { SignerKeyError } from '@muhr/signer-key'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import type { Caller } from '../../auth/authenticate.ts'
import { callerOf } from '../../auth/guard-api.ts'
import type { Tx } from '../../database/open-database.ts'
import { addSignerKey } from '../../signer-keys/add-signer-key.ts'
import {
  acknowledgeSignerKey,
  chooseSignerKey,
  expectSignerKey,
  removeSignerKey,
} from '../../signer-keys/change-signer-key.ts'
import { choicesOf, findSignerKey, listSignerKeys } from '../../signer-keys/find-signer-keys.ts'
import { prepareSignerKey } from '../../signer-keys/prepare-signer-key.ts'
import { presentSignerKey, readKeyEvents } from '../../signer-keys/present-signer-key.ts'
import { recordKeyEvent } from '../../signer-keys/record-key-event.ts'
import { trySignerKey } from '../../signer-keys/try-signer-key.ts'
import { idempotent } from '../idempotency.ts'
import { Problem } from '../problems.ts'
import {
  type KeyBody,
  keyDetailSchema,
  keySchema,
  keyTrialSchema,
  newKeySchema,
} from '../schemas/key-schemas.ts'

const params = z.object({ id: z.string().max(60) })
type Http = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly caller: Caller
}

/** `/v1/keys`: what makes the seals of an organisation. Secrets go in and never come out. */
export function keyRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.get(
      '/keys',
      {
        config: { needs: 'keys:read' },
        schema: {
          tags: ['keys'],
          summary: 'Signer keys of the organisation, oldest first',
          response: { 200: z.object({ items: z.array(keySchema) }) },
        },
      },
      async (request) => {
        const { organisationId } = callerOf(request)
        const choices = await choicesOf(app.db, organisationId)
        const rows = await listSignerKeys(app.db, organisationId)

        return {
          items: rows.map((row) =>
            presentSignerKey(row, { now: app.now(), connections: choices.get(row.id) ?? [] }),
          ),
        }
      },
    )

    fastify.post(
      '/keys',
      {
        config: { needs: 'keys:write', isIdempotent: true },
        bodyLimit: 1024 * 1024,
        schema: {
          tags: ['keys'],
          summary:
            'Add a signer key: a file, CryptoPro CSP, a token, a service or a browser plug-in',
          body: newKeySchema,
          response: { 201: keySchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { body } = request

        return idempotent(
          app,
          { request, reply, caller },
          async (keep) => {
            const prepared = await refusedByName(() => prepareSignerKey(app, body))
            const { organisation, name } = prepared.description
            const given = body.name ?? organisation ?? name ?? prepared.description.sha1
            const answer = await app.db.transaction().execute(async (tx) => {
              const id = await addSignerKey(app, tx, {
                caller,
                prepared,
                name: given.slice(0, 120),
                acknowledges: 'acknowledge' in body && body.acknowledge === true,
              })
              const added = { status: 201, body: await readKey(app, tx, { caller, id }) }
              await keep?.(tx, added)

              return added
            })

            return answer
          },
          // A plain digest of a PIN could be searched for by whoever reads the database.
          async () => app.secrets.fingerprint(JSON.stringify(body)),
        )
      },
    )

    fastify.get(
      '/keys/:id',
      {
        config: { needs: 'keys:read' },
        schema: {
          tags: ['keys'],
          summary: 'A signer key with its history; a removed one too',
          params,
          response: { 200: keyDetailSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const { id } = request.params
        const key = await readKey(app, app.db, { caller, id })
        const events = await readKeyEvents(app.db, caller.organisationId, id)

        return { ...key, events: events as z.output<typeof keyDetailSchema>['events'] }
      },
    )

    fastify.delete(
      '/keys/:id',
      {
        config: { needs: 'keys:write' },
        schema: {
          tags: ['keys'],
          summary: 'Remove a signer key: its secret is erased, its history stays',
          params,
          response: { 204: z.null().describe('Removed') },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        await app.db
          .transaction()
          .execute((tx) => removeSignerKey(app, tx, { caller, id: request.params.id }))

        return reply.code(204).send(null)
      },
    )

    fastify.post(
      '/keys/:id/check',
      {
        config: { needs: 'keys:write', isIdempotent: true },
        schema: {
          tags: ['keys'],
          summary: 'Try a signer key: a signature over random bytes, thrown away',
          params,
          response: { 200: keyTrialSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { id } = request.params

        return idempotent(app, { request, reply, caller }, async () => {
          const row = await expectSignerKey(app.db, caller.organisationId, id)
          const trial = await trySignerKey(app, row)
          await recordKeyEvent(app.db, {
            organisationId: caller.organisationId,
            keyId: id,
            at: app.now(),
            type: 'checked',
            actor: caller.actor,
            data: { passed: trial.passed, code: trial.code ?? null },
          })

          return { status: 200, body: trial }
        })
      },
    )

    fastify.post(
      '/keys/:id/choose',
      {
        config: { needs: 'keys:write', isIdempotent: true },
        schema: {
          tags: ['keys'],
          summary: 'Make a signer key the one that a connection seals with',
          params,
          body: z.strictObject({ connection: z.string().min(1).max(60) }),
          response: { 200: keySchema },
        },
      },
      async (request, reply) => {
        const { connection } = request.body

        return change({ request, reply, caller: callerOf(request) }, (tx, named) =>
          chooseSignerKey(app, tx, { ...named, connection }),
        )
      },
    )

    fastify.post(
      '/keys/:id/acknowledge',
      {
        config: { needs: 'keys:write', isIdempotent: true },
        schema: {
          tags: ['keys'],
          summary: 'Take note that a key in a file signs in live mode without a certified tool',
          params,
          response: { 200: keySchema },
        },
      },
      async (request, reply) =>
        change({ request, reply, caller: callerOf(request) }, (tx, named) =>
          acknowledgeSignerKey(app, tx, named),
        ),
    )

    /** Changes a key and answers with it, the answer kept in the transaction of the change. */
    const change = (
      http: Http,
      run: (tx: Tx, named: { readonly caller: Caller; readonly id: string }) => Promise<void>,
    ): Promise<KeyBody> =>
      idempotent(app, http, (keep) =>
        app.db.transaction().execute(async (tx) => {
          const named = { caller: http.caller, id: (http.request.params as { id: string }).id }
          await run(tx, named)
          const answer = { status: 200, body: await readKey(app, tx, named) }
          await keep?.(tx, answer)

          return answer
        }),
      )
  }
}

async function readKey(
  app: AppContext,
  db: Parameters<typeof findSignerKey>[0],
  { caller, id }: { readonly caller: Caller; readonly id: string },
): Promise<KeyBody> {
  const row = await findSignerKey(db, caller.organisationId, id)
  if (row === undefined) {
    throw new Problem('request.not-found', 'There is no such key.')
  }
  const choices = await choicesOf(db, caller.organisationId)

  return presentSignerKey(row, { now: app.now(), connections: choices.get(id) ?? [] })
}

/** Which field of the body a refusal is about. */
function fieldOf({ code, data }: SignerKeyError): string {
  const { setting } = data
  if (typeof setting === 'string') {
    return setting
  }
  switch (code) {
    case 'signer-key.wrong-pin':
    case 'signer-key.needs-pin':
    case 'signer-key.pin-blocked':
      return 'pin'
    case 'signer-key.key-not-found':
    case 'signer-key.several-keys':
      return 'thumbprint'
    case 'signer-key.service-address':
    case 'signer-key.service-unreachable':
    case 'signer-key.service-redirect':
      return 'url'
    case 'signer-key.service-denied':
      return 'secret'
    case 'signer-key.unreadable':
      return 'file'
    default:
      return 'certificate'
  }
}

async function refusedByName<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof SignerKeyError) {
      const { code, advice, message } = error
      throw new Problem('key.refused', message, {
        fields: [{ field: fieldOf(error), code, advice }],
        advice,
        cause: error,
      })
    }
    throw error
  }
}
