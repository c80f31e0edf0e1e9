import { Readable } from 'node:stream'
import type { Sha256Hex } from '@muhr/envelope'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import { type Caller, requireScope } from '../../auth/authenticate.ts'
import { callerOf } from '../../auth/guard-api.ts'
import type { Tx } from '../../database/open-database.ts'
import { confirmSeal, viewSeal } from '../../seals/confirm-seal.ts'
import { type FoundSeal, findSeal, listSealTasks } from '../../seals/seal-tasks.ts'
import {
  confirmWorkbenchSeal,
  fileOfItem,
  findWorkbenchSeal,
  listWorkbenchSeals,
  viewWorkbenchSeal,
  type WorkbenchSeal,
} from '../../workbench/waiting-seals.ts'
import { idempotent } from '../idempotency.ts'
import { Problem } from '../problems.ts'
import { bytesOf } from '../schemas/answers.ts'
import {
  confirmedSealSchema,
  confirmedSealsSchema,
  manySealsSchema,
  sealBatchSchema,
  sealListSchema,
  sealSignaturesSchema,
} from '../schemas/seal-schemas.ts'
import { contentDisposition } from '../send-bytes.ts'

const idParams = z.object({ id: z.string().max(60) })

/** A megabyte or two for the signatures of a package, base64; many packages at once are more. */
const manyBytes = 32 * 1024 * 1024

type Signatures = z.infer<typeof sealSignaturesSchema>['items']

/** `/v1/seals`: what waits for a clerk's signer key, and the signatures that the clerk confirmed. */
export function sealRoutes(app: AppContext): FastifyPluginAsyncZod {
  return async (fastify) => {
    fastify.get(
      '/seals',
      {
        config: { needs: 'envelopes:read' },
        schema: {
          tags: ['seals'],
          summary: 'What waits for a clerk to sign in the name of the organisation',
          response: { 200: sealListSchema },
        },
      },
      async (request) => {
        const { organisationId, scopes } = callerOf(request)
        const tasks = [
          ...(await listSealTasks(app, organisationId)),
          ...(scopes.includes('workbench:read')
            ? await listWorkbenchSeals(app, organisationId)
            : []),
        ]

        return {
          items: tasks.map((task) => ({
            ...task,
            items: task.items.map((item, index) => ({
              ...item,
              ...(task.kind === 'account' ? {} : { href: hrefOf(task.id, index) }),
            })),
          })),
        }
      },
    )

    fastify.post(
      '/seals',
      {
        bodyLimit: manyBytes,
        config: { needs: 'envelopes:write', isIdempotent: true },
        schema: {
          tags: ['seals'],
          summary: 'The signatures of several seals, confirmed in one go; each counts by itself',
          body: manySealsSchema,
          response: { 200: confirmedSealsSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)

        return idempotent(app, { request, reply, caller }, async (keep) => {
          const items: z.infer<typeof confirmedSealsSchema>['items'] = []
          for (const each of request.body.seals) {
            items.push(await confirmOne(app, caller, each))
          }
          const answer = { status: 200, body: { items } }
          if (keep !== undefined) {
            await app.db.transaction().execute((tx) => keep(tx, answer))
          }

          return answer
        })
      },
    )

    fastify.get(
      '/seals/:id',
      {
        config: { needs: 'envelopes:read' },
        schema: {
          tags: ['seals'],
          summary: 'What the browser plug-in signs with one confirmation: names and digests',
          params: idParams,
          response: { 200: sealBatchSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const { id } = request.params
        const found = await expectSeal(app, caller, id)
        const view =
          'seal' in found
            ? await viewWorkbenchSeal(app, found.seal)
            : await viewSeal(app, caller.organisationId, found.found)

        return {
          id,
          ...view,
          items: view.items.map((item, index) => ({
            ...item,
            ...('seal' in found && found.seal.kind === 'account'
              ? {}
              : { href: hrefOf(id, index) }),
          })),
        }
      },
    )

    fastify.post(
      '/seals/:id',
      {
        config: { needs: 'envelopes:write', isIdempotent: true },
        schema: {
          tags: ['seals'],
          summary: 'The signatures of a seal, one for each item; all count or none',
          params: idParams,
          body: sealSignaturesSchema,
          response: { 200: confirmedSealSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { id } = request.params

        return idempotent(app, { request, reply, caller }, async (keep) => {
          const answer = { status: 200, body: { id, state: 'made' as const } }
          await confirm(app, caller, {
            id,
            items: request.body.items,
            alongside: keep && ((tx) => keep(tx, answer)),
          })

          return answer
        })
      },
    )

    fastify.get(
      '/seals/:id/items/:index',
      {
        config: { needs: 'envelopes:read' },
        schema: {
          tags: ['seals'],
          summary: 'The bytes of an item',
          params: idParams.extend({ index: z.string().max(60).describe('From 0') }),
          response: { 200: bytesOf('The item', 'application/octet-stream') },
        },
      },
      async (request, reply) => {
        const { id, index } = request.params
        const found = await expectSeal(app, callerOf(request), id)
        const at = /^\d{1,4}$/.test(index) ? Number(index) : -1
        const item = 'seal' in found ? fileOfItem(found.seal, at) : found.found.items[at]
        if (item === undefined) {
          throw new Problem('request.not-found', 'There is no such item.')
        }
        const sha256 = item.sha256 as Sha256Hex
        const bytes = 'seal' in found ? app.store.open(sha256) : found.found.open(sha256)

        return reply
          .header('content-type', 'application/octet-stream')
          .header('content-length', item.size)
          .header('content-disposition', contentDisposition('attachment', item.name))
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'private, no-store')
          .send(Readable.from(bytes))
      },
    )
  }
}

const hrefOf = (id: string, index: number) => `/v1/seals/${id}/items/${index}`

/** A seal of an envelope or a connection, or one of the workbench. */
type AnySeal = { readonly found: FoundSeal } | { readonly seal: WorkbenchSeal }

/** @throws Problem `request.not-found`, also where the caller may not see the workbench */
async function expectSeal(app: AppContext, caller: Caller, id: string): Promise<AnySeal> {
  const { organisationId, scopes } = caller
  const found = await findSeal(app, organisationId, id)
  if (found !== undefined) {
    return { found }
  }
  const seal = scopes.includes('workbench:read')
    ? await findWorkbenchSeal(app, organisationId, id)
    : undefined
  if (seal === undefined) {
    throw new Problem('request.not-found', 'There is no such seal.')
  }

  return { seal }
}

async function confirm(
  app: AppContext,
  caller: Caller,
  about: {
    readonly id: string
    readonly items: Signatures
    readonly alongside?: ((tx: Tx) => Promise<void>) | undefined
  },
): Promise<void> {
  const { id, items, alongside } = about
  const found = await expectSeal(app, caller, id)
  const submitted = submittedOf(items)
  if ('found' in found) {
    await confirmSeal(app, caller, { found: found.found, submitted, alongside })
  } else {
    requireScope(caller, 'workbench:write')
    await confirmWorkbenchSeal(app, caller, { seal: found.seal, submitted, alongside })
  }
}

function submittedOf(items: Signatures) {
  return items.map(({ name, sha256, signature }) => ({
    name,
    sha256,
    container: Buffer.from(signature, 'base64'),
  }))
}

/** One seal of many: a refusal leaves the others. */
async function confirmOne(
  app: AppContext,
  caller: Caller,
  { id, items }: { readonly id: string; readonly items: Signatures },
): Promise<z.infer<typeof confirmedSealsSchema>['items'][number]> {
  try {
    await confirm(app, caller, { id, items })

    return { id, state: 'made' }
  } catch (error) {
    if (error instanceof Problem) {
      const [field] = error.data.fields ?? []

      return { id, state: 'refused', code: field?.code ?? error.code, advice: error.advice }
    }
    throw error
  }
}
