import { callGateway } from './call-gateway.ts'
import type { GatewayContext } from './context.ts'
import { unreadableAnswer } from './gateway-errors.ts'
import type { OrderDetails } from './order.ts'
import { parseOrderId } from './order-id.ts'
import { readRecord } from './read-answer.ts'
import { readOrderDetails } from './read-order.ts'

export type OrderDetailsOptions = {
  /** Adds `?embed=STATUS_HISTORY`, which the service specification of Goskey 1.8 knows. */
  readonly embedStatusHistory?: boolean
  readonly signal?: AbortSignal
}

/** `POST /gusmev/order/{orderId}` with an empty body (spec §4.1). It reads, so it is repeated. */
export async function orderDetails(
  context: GatewayContext,
  orderId: string | number,
  { embedStatusHistory = false, signal }: OrderDetailsOptions,
): Promise<OrderDetails> {
  const id = parseOrderId(orderId)
  const query = embedStatusHistory ? '?embed=STATUS_HISTORY' : ''
  const subject = { operation: 'order-details', orderId: id } as const
  const response = await callGateway(context, {
    ...subject,
    effect: 'none',
    method: 'POST',
    url: `${context.baseUrl}/gusmev/order/${id}${query}`,
    wholeBytes: context.limits.maxAnswerBytes,
    timeoutMs: context.limits.timeoutMs,
    signal,
  })
  const { status } = response
  const envelope = await readRecord(response, subject, context.limits.maxAnswerBytes)
  const reading = readOrderDetails(envelope)
  if (!reading.ok) throw unreadableAnswer('order-details', reading.reason, status)
  // The details of another order under our number must never complete ours.
  if (reading.value.order !== undefined && reading.value.order.id !== id) {
    throw unreadableAnswer('order-details', 'wrong-shape', status)
  }

  return reading.value
}
