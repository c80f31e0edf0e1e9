import type { FastifyReply, FastifyRequest } from 'fastify'
import { loadOrder } from '../../../workbench/orders.ts'
import type { Workbench } from '../../../workbench/workbench.ts'
import { Problem } from '../../problems.ts'
import { mayStillRead, streamSnapshots } from '../../stream-envelope.ts'
import { presentOrderDetail } from './present-order.ts'

/** `GET /v1/workbench/orders/{id}/stream`: the whole order whenever it changes or its upload goes on. */
export function streamOrder(
  workbench: Workbench,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  who: { readonly orderId: string; readonly organisationId: string },
): Promise<FastifyReply> {
  const { app } = workbench
  const { orderId, organisationId } = who

  return streamSnapshots(app, http, {
    listen: (refresh) => ({
      onOrder: (move) => {
        if (move.order === orderId && move.organisation === organisationId) {
          refresh()
        }
      },
    }),
    event: 'order',
    read: async () => {
      if (!(await mayStillRead(app, http.request, organisationId, 'workbench:read'))) {
        return undefined
      }
      try {
        const order = await loadOrder(app, organisationId, orderId)

        return {
          id: `${order.version}.${order.sent_bytes ?? ''}`,
          body: await presentOrderDetail(workbench, order),
        }
      } catch (error) {
        if (error instanceof Problem && error.code === 'request.not-found') {
          return undefined
        }
        throw error
      }
    },
  })
}
