import { EpguError } from '../error.ts'
import { takePlace } from '../quota/take-place.ts'
import { callGateway } from './call-gateway.ts'
import type { GatewayContext } from './context.ts'
import { type OrderMeta, writeMeta } from './meta.ts'
import type { OrderId } from './order-id.ts'
import { readOrderId } from './read-answer.ts'

/** `POST /gusmev/order`: a number for an order that is sent later (spec §3.1). */
export function reserveOrder(
  context: GatewayContext,
  meta: OrderMeta,
  signal: AbortSignal | undefined,
): Promise<OrderId> {
  const body = writeMeta(meta)

  return countedAsOrder(context, meta, signal, async () => {
    const response = await callGateway(context, {
      operation: 'reserve',
      effect: 'creates',
      method: 'POST',
      url: `${context.baseUrl}/gusmev/order`,
      headers: { 'content-type': 'application/json' },
      body: () => body,
      timeoutMs: context.limits.timeoutMs,
      signal,
    })

    return readOrderId(response, { operation: 'reserve' })
  })
}

/** Makes a call that creates an order under the rule of 20 orders in 10 minutes. */
export async function countedAsOrder<Result>(
  { quotas, io }: GatewayContext,
  { serviceCode }: OrderMeta,
  signal: AbortSignal | undefined,
  create: () => Promise<Result>,
): Promise<Result> {
  const place = await takePlace({
    take: () => quotas.orders.take({ user: quotas.user, serviceCode }),
    quota: 'orders',
    whenFull: quotas.whenFull,
    io,
    signal,
  })

  try {
    const result = await create()
    await place.settle()

    return result
  } catch (error) {
    if (surelyNeverCame(error)) await place.release()
    else await place.settle()
    throw error
  }
}

/** The service was not reached, or not even called: it had no token, or our own count of calls was full. */
function surelyNeverCame(error: unknown): boolean {
  return (
    error instanceof EpguError &&
    (error.code.startsWith('esia.') ||
      error.code === 'epgu.unreachable' ||
      error.code === 'epgu.quota-full')
  )
}
