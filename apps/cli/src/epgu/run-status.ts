import { type OrderDetails, parseOrderId } from '@muhr/epgu'
import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { printableJson } from '../command/plain-text.ts'
import { gatewayOptions, gatewayUsage, onlyOne, parseEpguArguments } from './gateway-options.ts'
import { openGateway } from './open-gateway.ts'
import { presentOrder, renderOrder, renderStatus } from './present-order.ts'

const usageOf = (action: string): string => `muhr epgu ${action} NUMBER ${gatewayUsage}`

async function askOrder(
  args: readonly string[],
  { io, usage }: { readonly io: CommandIo; readonly usage: string },
) {
  const { values, positionals } = parseEpguArguments(args, { usage, options: gatewayOptions })
  const orderId = parseOrderId(onlyOne(positionals, usage))
  const gateway = await openGateway(values, io)
  const details: OrderDetails = await gateway.orderDetails(orderId)

  return { orderId, details, isJson: values.json === true }
}

/** `muhr epgu status`: where an order stands (ru-epgu-goskey.md §4.1). */
export async function runStatus(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { orderId, details, isJson } = await askOrder(args, { io, usage: usageOf('status') })
  io.stdout(isJson ? printableJson(presentOrder(orderId, details)) : renderOrder(orderId, details))

  return exitCode.passed
}

/** `muhr epgu history`: every status that an order had, oldest first. */
export async function runHistory(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { orderId, details, isJson } = await askOrder(args, { io, usage: usageOf('history') })
  const statuses = details.order?.statuses ?? []
  if (isJson) {
    const { code, order } = presentOrder(orderId, details)
    io.stdout(printableJson({ orderId, code, statuses: order?.statuses ?? [] }))
  } else if (statuses.length === 0) {
    io.stdout(renderOrder(orderId, details))
  } else {
    io.stdout(`${statuses.map(renderStatus).join('\n')}\n`)
  }

  return exitCode.passed
}
