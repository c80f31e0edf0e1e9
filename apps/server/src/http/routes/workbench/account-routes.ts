import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../../app-context.ts'
import { callerOf } from '../../../auth/guard-api.ts'
import { apiKeySealMs, type ListedAccount, listAccounts } from '../../../workbench/accounts.ts'
import { addAccount, removeAccount } from '../../../workbench/change-accounts.ts'
import { sealAccount, viewAccountSeal } from '../../../workbench/seal-account.ts'
import { idempotent } from '../../idempotency.ts'
import { Problem } from '../../problems.ts'
import {
  type AccountBody,
  accountSchema,
  newAccountSchema,
  sealSubmissionSchema,
  sealViewSchema,
} from '../../schemas/workbench-schemas.ts'
import { submittedOf } from './submitted-seals.ts'

const params = z.object({ id: z.string().max(120) })

function presentAccount(account: ListedAccount): AccountBody {
  const { source, publicOrigin, signerKey } = account
  const seal = source.kind === 'account' ? source.seal : undefined

  return {
    id: account.id,
    name: account.name,
    source: source.kind,
    esiaUrl: account.esiaUrl,
    epguUrl: account.epguUrl,
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    pathPrefix: account.pathPrefix,
    apiKeyHint: account.apiKeyHint,
    ...(signerKey === undefined ? {} : { signerKey }),
    isReadable: account.isReadable,
    ...(seal === undefined
      ? {}
      : { sealedUntil: new Date(seal.signedAt.getTime() + apiKeySealMs).toISOString() }),
  }
}

/** `/v1/workbench/accounts`: whose API-Key, by which key, at which hosts. API-Keys go in and never come out. */
export function workbenchAccountRoutes(app: AppContext): FastifyPluginAsyncZod {
  const read = async (organisationId: string, id: string): Promise<AccountBody> => {
    const found = (await listAccounts(app, organisationId)).find((each) => each.id === id)
    if (found === undefined) {
      throw new Problem('request.not-found', 'There is no such account.')
    }

    return presentAccount(found)
  }

  return async (fastify) => {
    fastify.get(
      '/workbench/accounts',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'Accounts at EPGU: of the workbench, and employees of connections to Госключ',
          response: { 200: z.object({ items: z.array(accountSchema) }) },
        },
      },
      async (request) => ({
        items: (await listAccounts(app, callerOf(request).organisationId)).map(presentAccount),
      }),
    )

    fastify.post(
      '/workbench/accounts',
      {
        config: { needs: 'keys:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary: 'Add an account: hosts, an API-Key, and the key that signs it',
          body: newAccountSchema,
          response: { 201: accountSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { body } = request

        return idempotent(
          app,
          { request, reply, caller },
          async () => {
            const id = await addAccount(app, app.db, { caller, account: body })

            return { status: 201, body: await read(caller.organisationId, id) }
          },
          // A plain digest of an API-Key could be searched for by whoever reads the database.
          async () => app.secrets.fingerprint(JSON.stringify(body)),
        )
      },
    )

    fastify.delete(
      '/workbench/accounts/:id',
      {
        config: { needs: 'keys:write' },
        schema: {
          tags: ['workbench'],
          summary: 'Remove an account: its API-Key is erased, its orders stay',
          params,
          response: { 204: z.null().describe('Removed') },
        },
      },
      async (request, reply) => {
        await removeAccount(app, callerOf(request).organisationId, request.params.id)

        return reply.code(204).send(null)
      },
    )

    fastify.get(
      '/workbench/accounts/:id/seal',
      {
        config: { needs: 'workbench:write' },
        schema: {
          tags: ['workbench'],
          summary: 'The API-Key as the clerk’s plug-in signs it: its digest alone',
          params,
          response: { 200: sealViewSchema },
        },
      },
      async (request) => {
        const view = await viewAccountSeal(app, callerOf(request).organisationId, request.params.id)

        return { ...view, items: [...view.items] }
      },
    )

    fastify.post(
      '/workbench/accounts/:id/seal',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary: 'The clerk’s signature over the API-Key, which serves for a day',
          params,
          body: sealSubmissionSchema,
          response: { 200: accountSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { organisationId } = caller
        const { id } = request.params

        return idempotent(app, { request, reply, caller }, async () => {
          await sealAccount(app, { organisationId, id }, submittedOf(request.body.items))

          return { status: 200, body: await read(organisationId, id) }
        })
      },
    )
  }
}
