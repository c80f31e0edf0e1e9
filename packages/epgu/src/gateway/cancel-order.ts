import { readBody, readJson } from '@muhr/http'
import { callGateway } from './call-gateway.ts'
import type { GatewayContext } from './context.ts'
import { outcomeUnknown } from './gateway-errors.ts'
import { parseOrderId } from './order-id.ts'

export type CancelOptions = {
  /** A parameter that the live test contour once demanded, in no document (spec §3.5). */
  readonly reason?: string
  readonly signal?: AbortSignal
}

/**
 * `POST /gusmev/order/{orderId}/cancel` (spec §3.5). Never repeated: a second one would be refused and
 * hide what the first did.
 */
export async function cancelOrder(
  context: GatewayContext,
  orderId: string | number,
  { reason, signal }: CancelOptions,
): Promise<void> {
  const id = parseOrderId(orderId)
  const query = reason === undefined ? '' : `?${new URLSearchParams({ reason })}`
  const response = await callGateway(context, {
    operation: 'cancel',
    orderId: id,
    effect: 'creates',
    method: 'POST',
    url: `${context.baseUrl}/gusmev/order/${id}/cancel${query}`,
    timeoutMs: context.limits.timeoutMs,
    signal,
  })
  await assertCancelled(response, id)
}

/** 200 with nothing in it (spec §3.5), or JSON. A page of a proxy or a login says nothing of the order. */
async function assertCancelled(response: Response, orderId: string): Promise<void> {
  const { status } = response
  const body = await readBody(response, 65_536)
  if (body.ok && (body.bytes.length === 0 || readJson(body.bytes).ok)) return

  throw outcomeUnknown(
    { operation: 'cancel', orderId },
    { reason: 'unreadable-answer', httpStatus: status },
  )
}
