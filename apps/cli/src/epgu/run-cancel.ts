import { parseOrderId } from '@muhr/epgu'
import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { printableJson } from '../command/plain-text.ts'
import { gatewayOptions, gatewayUsage, onlyOne, parseEpguArguments } from './gateway-options.ts'
import { openGateway } from './open-gateway.ts'

const usage = `muhr epgu cancel NUMBER [--reason TEXT] ${gatewayUsage}`

/** `muhr epgu cancel`: withdraws an order where its service allows that (ru-epgu-goskey.md §3.5). */
export async function runCancel(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseEpguArguments(args, {
    usage,
    options: { ...gatewayOptions, reason: { type: 'string' } },
  })
  const orderId = parseOrderId(onlyOne(positionals, usage))
  const { reason } = values
  const gateway = await openGateway(values, io)
  await gateway.cancelOrder(orderId, reason === undefined ? {} : { reason })
  if (values.json === true) {
    io.stdout(printableJson({ orderId, isCancelAsked: true }))
  } else {
    io.stderr(`Order ${orderId}: cancelling was taken; the status tells when it is done.\n`)
  }

  return exitCode.passed
}
