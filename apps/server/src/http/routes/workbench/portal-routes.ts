import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { callerOf } from '../../../auth/guard-api.ts'
import { type BulkWish, bulkStatuses } from '../../../workbench/bulk-statuses.ts'
import type { Workbench } from '../../../workbench/workbench.ts'
import { Problem } from '../../problems.ts'
import {
  bulkQuerySchema,
  bulkStatusesSchema,
  dictionaryQuerySchema,
  dictionarySchema,
} from '../../schemas/workbench-schemas.ts'

function wishOf(query: {
  readonly date?: string | undefined
  readonly since?: string | undefined
  readonly orders?: string | undefined
}): BulkWish {
  const { date, since, orders } = query
  if ([date, since, orders].filter((each) => each !== undefined).length !== 1) {
    throw new Problem('request.invalid', 'Name one of date, since and orders.', { field: 'date' })
  }
  if (date !== undefined) {
    return { kind: 'date', date }
  }

  return since === undefined
    ? { kind: 'orders', orderNumbers: (orders ?? '').split(',') }
    : { kind: 'since', since: new Date(since) }
}

/** What of the portal belongs to no order of ours: statuses in bulk, dictionaries. */
export function workbenchPortalRoutes(workbench: Workbench): FastifyPluginAsyncZod {
  const { app, gateways, dictionaries } = workbench

  return async (fastify) => {
    fastify.get(
      '/workbench/statuses',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'Statuses in bulk: of a day, since a moment, or of orders by their numbers',
          querystring: bulkQuerySchema,
          response: { 200: bulkStatusesSchema },
        },
      },
      async (request) => {
        const { organisationId } = callerOf(request)
        const { account, ...rest } = request.query
        const { items, isCut } = await bulkStatuses(app, gateways, {
          organisationId,
          account,
          wish: wishOf(rest),
        })

        return { isCut, items: [...items] }
      },
    )

    fastify.get(
      '/workbench/dictionary',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'A dictionary of the portal, page by page, or what a search finds in it',
          querystring: dictionaryQuerySchema,
          response: { 200: dictionarySchema },
        },
      },
      async (request) => {
        const { organisationId } = callerOf(request)
        const { account, subtree, ...wish } = request.query
        const { total, items } = await dictionaries({
          organisationId,
          account,
          wish: { ...wish, isSubtree: subtree },
        })

        return {
          total,
          items: items.map(({ parentValue, title, isLeaf, ...item }) => ({
            ...item,
            ...(parentValue === undefined ? {} : { parentValue }),
            ...(title === undefined ? {} : { title }),
            ...(isLeaf === undefined ? {} : { isLeaf }),
          })),
        }
      },
    )
  }
}
