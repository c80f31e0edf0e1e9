import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Caller } from '../../../auth/authenticate.ts'
import { callerOf } from '../../../auth/guard-api.ts'
import { cancelAtPortal, refreshOrder, resolveOrder } from '../../../workbench/ask-portal.ts'
import { buildPackage } from '../../../workbench/build-package.ts'
import { chooseOrderKey, setXml } from '../../../workbench/change-content.ts'
import { createOrder } from '../../../workbench/create-order.ts'
import { downloadResults } from '../../../workbench/download-results.ts'
import { maxXmlLength } from '../../../workbench/main-xml.ts'
import { filesOf, liveFiles } from '../../../workbench/order-files.ts'
import { listOrders, loadOrder, type OrderRow } from '../../../workbench/orders.ts'
import { forOrder } from '../../../workbench/record-calls.ts'
import type { Workbench } from '../../../workbench/workbench.ts'
import { idempotent } from '../../idempotency.ts'
import { Problem } from '../../problems.ts'
import { eventsOf } from '../../schemas/answers.ts'
import {
  buildSchema,
  cancelSchema,
  chooseKeySchema,
  newOrderSchema,
  type OrderDetailBody,
  orderDetailSchema,
  orderSchema,
  pushSchema,
  resolveSchema,
} from '../../schemas/workbench-schemas.ts'
import { presentOrder, presentOrderDetail } from './present-order.ts'
import { streamOrder } from './stream-order.ts'

const params = z.object({ id: z.string().max(60) })
const xmlBody = z.strictObject({ xml: z.string().min(1).max(maxXmlLength) })
/** Escaped as JSON. */
const xmlBodyLimit = 6 * 1024 * 1024

type Http = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/** `/v1/workbench/orders`: an order of any service, from its number to its results. */
export function workbenchOrderRoutes(workbench: Workbench): FastifyPluginAsyncZod {
  const { app, gateways, pushes } = workbench
  /** A step of an order, once for an Idempotency-Key, answered with the order as it then is. */
  const step = (
    { request, reply }: Http,
    run: (at: { readonly caller: Caller; readonly order: OrderRow }) => Promise<OrderRow>,
    status = 200,
  ): Promise<OrderDetailBody> => {
    const caller = callerOf(request)
    const { id } = request.params as { readonly id: string }

    return idempotent(app, { request, reply, caller }, async () => {
      const order = await loadOrder(app, caller.organisationId, id)

      const changed = await forOrder(order.id, () => run({ caller, order }))

      return { status, body: await presentOrderDetail(workbench, changed) }
    })
  }

  return async (fastify) => {
    fastify.post(
      '/workbench/orders',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary: 'Make an order: its number is taken now and stands inside its XML',
          body: newOrderSchema,
          response: { 201: orderDetailSchema },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request)
        const { body } = request

        return idempotent(app, { request, reply, caller }, async () => {
          const order = await createOrder(app, gateways, { caller, wish: body })

          return { status: 201, body: await presentOrderDetail(workbench, order) }
        })
      },
    )

    fastify.get(
      '/workbench/orders',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'Orders of the organisation, newest first',
          querystring: z.object({
            before: z.string().max(60).optional().describe('Id of the last one that is known'),
            limit: z.coerce.number().int().min(1).max(200).default(50),
          }),
          response: { 200: z.object({ items: z.array(orderSchema) }) },
        },
      },
      async (request) => {
        const orders = await listOrders(app, callerOf(request).organisationId, request.query)

        return { items: orders.map(presentOrder) }
      },
    )

    fastify.get(
      '/workbench/orders/:id',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'An order with its files and history; while it is sent, how far it is',
          params,
          response: { 200: orderDetailSchema },
        },
      },
      async (request) => {
        const { organisationId } = callerOf(request)

        return presentOrderDetail(
          workbench,
          await loadOrder(app, organisationId, request.params.id),
        )
      },
    )

    fastify.get(
      '/workbench/orders/:id/stream',
      {
        exposeHeadRoute: false,
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'Server-sent events: the order whenever it changes or its upload goes on',
          params,
          response: { 200: eventsOf('`order`: the whole order with files and history') },
        },
      },
      async (request, reply) => {
        const { organisationId } = callerOf(request)

        return streamOrder(
          workbench,
          { request, reply },
          { orderId: request.params.id, organisationId },
        )
      },
    )

    fastify.put(
      '/workbench/orders/:id/signer-key',
      {
        config: { needs: 'workbench:write' },
        schema: {
          tags: ['workbench'],
          summary: 'Choose the key that signs the package; what another key signed is dropped',
          params,
          body: chooseKeySchema,
          response: { 200: orderDetailSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const order = await loadOrder(app, caller.organisationId, request.params.id)
        const { signerKey } = request.body

        return presentOrderDetail(
          workbench,
          await chooseOrderKey(app, { caller, order, signerKey }),
        )
      },
    )

    fastify.get(
      '/workbench/orders/:id/xml',
      {
        config: { needs: 'workbench:read' },
        schema: {
          tags: ['workbench'],
          summary: 'The text of the request file',
          params,
          response: { 200: z.object({ name: z.string(), xml: z.string() }) },
        },
      },
      async (request) => {
        const { organisationId } = callerOf(request)
        const order = await loadOrder(app, organisationId, request.params.id)
        const [main] = liveFiles(await filesOf(app.db, order), 'main')
        if (main === undefined) {
          throw new Problem('request.not-found', 'The order has no request file yet.')
        }

        return { name: main.name, xml: (await app.store.read(main.sha256)).toString('utf8') }
      },
    )

    fastify.put(
      '/workbench/orders/:id/xml',
      {
        config: { needs: 'workbench:write' },
        bodyLimit: xmlBodyLimit,
        schema: {
          tags: ['workbench'],
          summary: 'Set the request file; {{orderId}} and {{guid}} are replaced',
          params,
          body: xmlBody,
          response: { 200: orderDetailSchema },
        },
      },
      async (request) => {
        const caller = callerOf(request)
        const order = await loadOrder(app, caller.organisationId, request.params.id)
        const changed = await setXml(app, { caller, order, xml: request.body.xml })

        return presentOrderDetail(workbench, changed)
      },
    )

    fastify.post(
      '/workbench/orders/:id/build',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary:
            'Sign every file and pack them, checked rule by rule; for a clerk’s key it waits among /seals',
          params,
          body: buildSchema,
          response: { 200: orderDetailSchema },
        },
      },
      async (request, reply) => {
        const wish = request.body ?? {}

        return step({ request, reply }, (at) => buildPackage(app, at, wish))
      },
    )

    fastify.post(
      '/workbench/orders/:id/push',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary: 'Begin to send: in chunks under its number, else in one request; watch progress',
          params,
          body: pushSchema,
          response: { 202: orderDetailSchema },
        },
      },
      async (request, reply) => {
        const wish = request.body ?? {}

        return step({ request, reply }, (at) => pushes.start({ ...at, wish }), 202)
      },
    )

    fastify.post(
      '/workbench/orders/:id/refresh',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary: 'Ask the portal where the order stands; resolves an unknown sending',
          params,
          response: { 200: orderDetailSchema },
        },
      },
      async (request, reply) =>
        step(
          { request, reply },
          async (at) => (await refreshOrder({ app, gateways, ...at })).order,
        ),
    )

    fastify.post(
      '/workbench/orders/:id/resolve',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary: 'Say what became of a sending whose answer was lost; recorded with your name',
          params,
          body: resolveSchema,
          response: { 200: orderDetailSchema },
        },
      },
      async (request, reply) => {
        const said = request.body

        return step({ request, reply }, (at) => resolveOrder({ app, gateways, ...at }, said))
      },
    )

    fastify.post(
      '/workbench/orders/:id/download',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary: 'Download the result files that are not here yet, and keep them',
          params,
          response: { 200: orderDetailSchema },
        },
      },
      async (request, reply) =>
        step({ request, reply }, (at) => downloadResults({ app, gateways, ...at })),
    )

    fastify.post(
      '/workbench/orders/:id/cancel',
      {
        config: { needs: 'workbench:write', isIdempotent: true },
        schema: {
          tags: ['workbench'],
          summary: 'Ask the portal to cancel the order',
          params,
          body: cancelSchema,
          response: { 200: orderDetailSchema },
        },
      },
      async (request, reply) => {
        const { reason } = request.body ?? {}

        return step({ request, reply }, (at) => cancelAtPortal({ app, gateways, ...at }, reason))
      },
    )
  }
}
