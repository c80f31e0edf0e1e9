import { Readable } from 'node:stream'
import type { Sha256Hex } from '@muhr/envelope'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { AppContext } from '../../app-context.ts'
import type { Caller } from '../../auth/authenticate.ts'
import { callerOf } from '../../auth/guard-api.ts'
import { confirmSeal, viewSeal } from '../../seals/confirm-seal.ts'
import { type FoundSeal, findSeal, listSealTasks } from '../../seals/seal-tasks.ts'
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
        const tasks = await listSealTasks(app, callerOf(request).organisationId)

        return {
          items: tasks.map((task) => ({
            ...task,
            items: task.items.map((item, index) => ({ ...item, href: hrefOf(task.id, index) })),
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
        const { organisationId } = callerOf(request)
        const { id } = request.params
        const view = await viewSeal(app, organisationId, await expectSeal(app, organisationId, id))

        return {
          id,
          ...view,
          items: view.items.map((item, index) => ({ ...item, href: hrefOf(id, index) })),
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
          await confirmSeal(app, caller, {
            found: await expectSeal(app, caller.organisationId, id),
            submitted: submittedOf(request.body.items),
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
        const found = await expectSeal(app, callerOf(request).organisationId, id)
        const item = /^\d{1,4}$/.test(index) ? found.items[Number(index)] : undefined
        if (item === undefined) {
          throw new Problem('request.not-found', 'There is no such item.')
        }

        return reply
          .header('content-type', 'application/octet-stream')
          .header('content-length', item.size)
          .header('content-disposition', contentDisposition('attachment', item.name))
          .header('x-content-type-options', 'nosniff')
          .header('cache-control', 'private, no-store')
          .send(Readable.from(found.open(item.sha256 as Sha256Hex)))
      },
    )
  }
}

const hrefOf = (id: string, index: number) => `/v1/seals/${id}/items/${index}`

async function expectSeal(app: AppContext, organisation: string, id: string): Promise<FoundSeal> {
  const found = await findSeal(app, organisation, id)
  if (found === undefined) {
    throw new Problem('request.not-found', 'There is no such seal.')
  }

  return found
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
    const found = await expectSeal(app, caller.organisationId, id)
    await confirmSeal(app, caller, { found, submitted: submittedOf(items) })

    return { id, state: 'made' }
  } catch (error) {
    if (error instanceof Problem) {
      const [field] = error.data.fields ?? []

      return { id, state: 'refused', code: field?.code ?? error.code, advice: error.advice }
    }
    throw error
  }
}
