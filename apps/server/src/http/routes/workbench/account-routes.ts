import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { callerOf } from '../../../auth/guard-api.ts'
import {
  apiKeySealMs,
  type ListedAccount,
  listAccounts,
  loadAccount,
} from '../../../workbench/accounts.ts'
import { addAccount, chooseAccountKey, removeAccount } from '../../../workbench/change-accounts.ts'
import { asPortalCall } from '../../../workbench/portal-problem.ts'
import type { Workbench } from '../../../workbench/workbench.ts'
import { idempotent } from '../../idempotency.ts'
import { Problem } from '../../problems.ts'
import {
  type AccountBody,
  accountKeySchema,
  accountSchema,
  newAccountSchema,
  tokenSchema,
} from '../../schemas/workbench-schemas.ts'

const params = z.object({ id: z.string().max(120) })

function presentAccount(account: ListedAccount, tokenUntil: Date | undefined): AccountBody {
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
    ...(tokenUntil === undefined ? {} : { tokenUntil: tokenUntil.toISOString() }),
  }
}

/** `/v1/workbench/accounts`: whose API-Key, by which key, at which hosts. API-Keys go in and never come out. */
export function workbenchAccountRoutes({ app, gateways }: Workbench): FastifyPluginAsyncZod {
  const present = (account: ListedAccount): AccountBody => {
    const until = gateways.tokenUntil(account)

    return presentAccount(account, until !== undefined && until > app.now() ? until : undefined)
  }
  const read = async (organisationId: string, id: string): Promise<AccountBody> => {
    const found = (await listAccounts(app, organisationId)).find((each) => each.id === id)
    if (found === undefined) {
      throw new Problem('request.not-found', 'There is no such account.')
    }

    return present(found)
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
        items: (await listAccounts(app, callerOf(request).organisationId)).map(present),
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

    fastify.put(
      '/workbench/accounts/:id/signer-key',
      {
        config: { needs: 'keys:write' },
        schema: {
          tags: ['workbench'],
          summary: 'Choose the key that signs the API-Key, and packages by default',
          params,
          body: accountKeySchema,
          response: { 200: accountSchema },
        },
      },
      async (request) => {
        const { organisationId } = callerOf(request)
        const { id } = request.params
        await chooseAccountKey(app, { organisationId, id }, request.body.signerKey ?? undefined)

        return read(organisationId, id)
      },
    )

    fastify.post(
      '/workbench/accounts/:id/token',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary: 'A token of ESIA: kept in the process and never given out, what it says is told',
          params,
          response: { 200: tokenSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { id } = request.params

        return idempotent(app, { request, reply, caller }, async () => {
          const account = await loadAccount(app, caller.organisationId, id)
          await gateways.expectReady(account)
          const { expiresAt, claims } = await asPortalCall(() => gateways.token(account))

          return {
            status: 200,
            body: {
              expiresAt: expiresAt.toISOString(),
              issuedAt: claims?.issuedAt?.toISOString() ?? null,
              clientId: claims?.clientId ?? null,
              subjectOid: claims?.subjectOid ?? null,
              organisationOids: [...(claims?.organisationOids ?? [])],
              scopes: [...(claims?.scopes ?? [])],
            },
          }
        })
      },
    )
  }
}
