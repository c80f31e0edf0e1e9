import { multipartBody } from '../http/multipart.ts'
import { callGateway } from './call-gateway.ts'
import type { GatewayContext } from './context.ts'
import { invalidArgument } from './invalid-argument.ts'
import { type OrderMeta, writeMeta } from './meta.ts'
import type { OrderId } from './order-id.ts'
import type { PackageSource } from './package-source.ts'
import { assertPackage, pushMaxBytes } from './plan-chunks.ts'
import { readOrderId } from './read-answer.ts'
import { countedAsOrder } from './reserve-order.ts'

/** A package that goes out in one request. */
export type Push = {
  readonly meta: OrderMeta
  /** The zip, up to 50 000 000 octets. */
  readonly source: PackageSource
  /** File name without extension. Default `archive`. */
  readonly name?: string
  /** Octets of the package handed to the network so far; from 0 again when it is repeated. */
  readonly onProgress?: (sentBytes: number) => void
  readonly signal?: AbortSignal
}

/** `POST /gusmev/push` (spec §3.2): creates an order each time, so it is never repeated. */
export function pushOrder(context: GatewayContext, push: Push): Promise<OrderId> {
  const { meta, source, name = 'archive', onProgress, signal } = push
  const metaText = writeMeta(meta)
  assertPackage(source.size, name)
  if (source.size > pushMaxBytes) {
    throw invalidArgument('source', `a package of at most ${pushMaxBytes} octets`)
  }

  const body = () => {
    let sentBytes = 0

    return multipartBody({
      fields: [{ name: 'meta', value: metaText, contentType: 'application/json' }],
      file: {
        name: 'file',
        fileName: `${name}.zip`,
        contentType: 'application/zip',
        lengthBytes: source.size,
        content: () => source.slice(0, source.size),
      },
      random: context.io.random(16),
      onPiece: (lengthBytes) => {
        sentBytes += lengthBytes
        onProgress?.(sentBytes)
      },
    })
  }

  return countedAsOrder(context, meta, signal, async () => {
    const response = await callGateway(context, {
      operation: 'push',
      effect: 'creates',
      method: 'POST',
      url: `${context.baseUrl}/gusmev/push`,
      body,
      timeoutMs: context.limits.transferTimeoutMs,
      signal,
    })

    return readOrderId(response, { operation: 'push' })
  })
}
