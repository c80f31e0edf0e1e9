import { filesOf } from '../../../workbench/order-files.ts'
import { accountIdOf, eventsOf, type OrderRow } from '../../../workbench/orders.ts'
import { partsOf } from '../../../workbench/push-parts.ts'
import type { Workbench } from '../../../workbench/workbench.ts'
import type { OrderBody, OrderDetailBody } from '../../schemas/workbench-schemas.ts'

/** An order as the API shows it. */
export function presentOrder(order: OrderRow): OrderBody {
  const { account_used: used, service_id: service, service_version: version } = order

  return {
    id: order.id,
    title: order.title,
    state: order.state,
    since: order.since,
    createdAt: order.created_at,
    account: { id: accountIdOf(order), ...used },
    signerKey: order.signer_key_id,
    service: service === null || version === null ? null : { id: service, version },
    serviceCode: order.service_code,
    targetCode: order.target_code,
    region: order.region,
    guid: order.guid,
    mainFile: order.main_file,
    orderNumber: order.order_number,
    sealDue: order.seal_due,
    progress:
      order.total_bytes === null
        ? null
        : { sentBytes: order.sent_bytes ?? 0, totalBytes: order.total_bytes },
    lastCode: order.last_code,
    isClosed: order.closed,
    portal: order.portal as OrderBody['portal'],
    observedAt: order.observed_at,
    isAsIs: order.as_is,
  }
}

/** An order with its files, the parts that its package goes out in, and its history. */
export async function presentOrderDetail(
  { app }: Pick<Workbench, 'app'>,
  order: OrderRow,
): Promise<OrderDetailBody> {
  const files = await filesOf(app.db, order)
  const events = await eventsOf(app.db, order)
  const sending = events.findLast(({ type }) => type === 'push-started')
  const chunkBytes = (sending?.data as { readonly chunkBytes?: number } | undefined)?.chunkBytes
  const parts = await partsOf(app.db, order, {
    files,
    sending: sending === undefined ? undefined : { at: sending.at, chunkBytes },
  })

  return {
    ...presentOrder(order),
    files: files.map((file) => ({
      id: file.id,
      role: file.role,
      name: file.name,
      sha256: file.sha256,
      size: file.size,
      mediaType: file.media_type,
      createdAt: file.created_at,
      removedAt: file.removed_at,
      href: `/v1/workbench/orders/${order.id}/files/${file.id}`,
    })),
    parts: [...parts],
    history: events.map(({ at, type, actor, data }) => ({
      at,
      type,
      actor: actor as Record<string, unknown>,
      data: data as Record<string, unknown>,
    })),
  }
}
