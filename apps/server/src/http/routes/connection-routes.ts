import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import type { Caller } from '../../auth/authenticate.ts'
import { callerOf } from '../../auth/guard-api.ts'
import { checkConnection } from '../../connections/check-connection.ts'
import { isJsonObject, openSettings } from '../../connections/connection-secrets.ts'
import { listConnections, readConnectionEvents } from '../../connections/find-connections.ts'
import { presentConnection } from '../../connections/present-connection.ts'
import { readApiKeyFile } from '../../connections/read-api-key-file.ts'
import { recordConnectionEvent } from '../../connections/record-connection-event.ts'
import {
  changeConnection,
  createConnection,
  expectConnection,
  switchConnection,
} from '../../connections/save-connection.ts'
import type { Queryable, Tx } from '../../database/open-database.ts'
import { idempotent } from '../idempotency.ts'
import { Problem } from '../problems.ts'
import {
  apiKeyFileSchema,
  apiKeyFileWishSchema,
  type ConnectionBody,
  type ConnectionCheckBody,
  changedConnectionSchema,
  connectionCheckSchema,
  connectionDetailSchema,
  connectionSchema,
  newConnectionSchema,
} from '../schemas/connection-schemas.ts'
import { localeSchema } from '../schemas/envelope-schemas.ts'

const params = z.object({ id: z.string().max(60) })
const bodyBytes = 2 * 1024 * 1024
const tags = ['connections']

type Http = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly caller: Caller
}
type Named = { readonly caller: Caller; readonly id: string }

/** `/v1/connections`: accounts at services. Secrets go in and come out masked. */
export function connectionRoutes(app: AppContext): FastifyPluginAsyncZod {
  const read = async (db: Queryable, { caller, id }: Named): Promise<ConnectionBody> =>
    presentConnection(app, await expectConnection(db, caller.organisationId, id))
  /** A plain digest of secrets could be searched for by whoever reads the database. */
  const fingerprintOf = (body: unknown) => async () => app.secrets.fingerprint(JSON.stringify(body))
  /** Switches a connection and answers with it, the answer kept in the transaction of the change. */
  const turn = (http: Http, to: 'on' | 'off'): Promise<ConnectionBody> =>
    idempotent(app, http, (keep) =>
      app.db.transaction().execute(async (tx: Tx) => {
        const named = { caller: http.caller, id: (http.request.params as { id: string }).id }
        await switchConnection(app, tx, { ...named, to })
        const answer = { status: 200, body: await read(tx, named) }
        await keep?.(tx, answer)

        return answer
      }),
    )

  return async (fastify) => {
    fastify.get(
      '/connections',
      {
        config: { needs: 'settings:read' },
        schema: {
          tags,
          summary: 'Accounts of the organisation at services, oldest first',
          response: { 200: z.object({ items: z.array(connectionSchema) }) },
        },
      },
      async (request) => {
        const rows = await listConnections(app.db, callerOf(request).organisationId)

        return { items: rows.map((row) => presentConnection(app, row)) }
      },
    )

    fastify.post(
      '/connections',
      {
        config: { needs: 'settings:write', isIdempotent: true },
        bodyLimit: bodyBytes,
        schema: {
          tags,
          summary: 'Add a connection; every setting that is wrong is named at once',
          body: newConnectionSchema,
          response: { 201: connectionSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { body } = request

        return idempotent(
          app,
          { request, reply, caller },
          (keep) =>
            app.db.transaction().execute(async (tx) => {
              const id = await createConnection(app, tx, { caller, wish: body })
              const answer = { status: 201, body: await read(tx, { caller, id }) }
              await keep?.(tx, answer)

              return answer
            }),
          fingerprintOf(body),
        )
      },
    )

    fastify.post(
      '/connections/api-key-file',
      {
        config: { needs: 'settings:write', isIdempotent: true },
        bodyLimit: bodyBytes,
        schema: {
          tags,
          summary: 'What a CSV file of API-Keys says; nothing of it is stored',
          body: apiKeyFileWishSchema,
          response: { 200: apiKeyFileSchema },
        },
      },
      async (request, reply) => {
        const { file, connection } = request.body
        const row =
          connection === undefined
            ? undefined
            : await expectConnection(app.db, callerOf(request).organisationId, connection)
        const known = row === undefined ? undefined : openSettings(app.secrets, row)
        const { header, keys, refused, ...rest } = readApiKeyFile(
          Buffer.from(file, 'base64'),
          new Set(knownKeys(known)),
        )
        if (keys.length === 0 && refused.every(({ reason }) => reason === 'no-key')) {
          throw new Problem('connection.file', 'There is no API-Key in the file.', {
            field: 'file',
          })
        }
        reply.header('cache-control', 'no-store')

        return {
          ...rest,
          header: header === null ? null : [...header],
          keys: keys.map(({ dates, ...key }) => ({ ...key, dates: [...dates] })),
          refused: [...refused],
        }
      },
    )

    fastify.get(
      '/connections/:id',
      {
        config: { needs: 'settings:read' },
        schema: {
          tags,
          summary: 'A connection with its history',
          params,
          response: { 200: connectionDetailSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const { id } = request.params
        const connection = await read(app.db, { caller, id })
        const events = await readConnectionEvents(app.db, caller.organisationId, id)

        return {
          ...connection,
          events: events as z.output<typeof connectionDetailSchema>['events'],
        }
      },
    )

    fastify.patch(
      '/connections/:id',
      {
        config: { needs: 'settings:write' },
        bodyLimit: bodyBytes,
        schema: {
          tags,
          summary: 'Change a connection as it was read',
          params,
          body: changedConnectionSchema,
          response: { 200: connectionSchema },
        },
      },
      async (request) => {
        const named = { caller: callerOf(request), id: request.params.id }
        const { revision, ...wish } = request.body

        return app.db.transaction().execute(async (tx) => {
          await changeConnection(app, tx, { ...named, revision, wish })

          return read(tx, named)
        })
      },
    )

    fastify.post(
      '/connections/:id/disable',
      {
        config: { needs: 'settings:write', isIdempotent: true },
        schema: {
          tags,
          summary: 'No new envelope can use it; what was sent goes on to its end',
          params,
          response: { 200: connectionSchema },
        },
      },
      async (request, reply) => turn({ request, reply, caller: callerOf(request) }, 'off'),
    )

    fastify.post(
      '/connections/:id/enable',
      {
        config: { needs: 'settings:write', isIdempotent: true },
        schema: { tags, summary: 'Use it again', params, response: { 200: connectionSchema } },
      },
      async (request, reply) => turn({ request, reply, caller: callerOf(request) }, 'on'),
    )

    fastify.post(
      '/connections/:id/check',
      {
        config: { needs: 'settings:write', isIdempotent: true },
        schema: {
          tags,
          summary: 'Look at a connection as the doctor does: calls without an effect',
          params,
          querystring: z.object({ locale: localeSchema.optional() }),
          response: { 200: connectionCheckSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { id } = request.params

        return idempotent(app, { request, reply, caller }, async () => {
          const row = await expectConnection(app.db, caller.organisationId, id)
          const locale = request.query.locale ?? caller.user?.locale ?? 'en'
          const found = await checkConnection(app, row, { locale })
          const result = worstOf(found.map((finding) => finding.result))
          await recordConnectionEvent(app.db, {
            organisationId: caller.organisationId,
            connectionId: id,
            at: app.now(),
            type: 'checked',
            actor: caller.actor,
            data: { result },
          })

          return {
            status: 200,
            body: { at: app.now().toISOString(), result, findings: [...found] },
          }
        })
      },
    )
  }
}

const byWeight = ['failed', 'warning', 'notice', 'passed'] as const

function worstOf(results: readonly ConnectionCheckBody['result'][]): ConnectionCheckBody['result'] {
  return byWeight.find((result) => results.includes(result)) ?? 'passed'
}

/** API-Keys among the settings of a connection, lower case. */
function knownKeys(settings: unknown): readonly string[] {
  const { apiKeys } = isJsonObject(settings) ? settings : {}

  return Array.isArray(apiKeys)
    ? apiKeys.flatMap((each) =>
        isJsonObject(each) && typeof each.apiKey === 'string' ? [each.apiKey.toLowerCase()] : [],
      )
    : []
}
