import { type ExitCode, exitCode } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { printableJson } from '../command/plain-text.ts'
import {
  gatewayOptions,
  gatewayUsage,
  parseEpguArguments,
  readMeta,
  serviceOptions,
  serviceUsage,
} from './gateway-options.ts'
import { openGateway } from './open-gateway.ts'

const usage = `muhr epgu reserve ${serviceUsage} ${gatewayUsage}`

/** `muhr epgu reserve`: a number for an order that is sent later (ru-epgu-goskey.md §3.1). */
export async function runReserve(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values } = parseEpguArguments(args, {
    usage,
    options: { ...gatewayOptions, ...serviceOptions },
  })
  const meta = readMeta(values, usage)
  const gateway = await openGateway(values, io)
  const orderId = await gateway.reserveOrder(meta)
  io.stdout(values.json === true ? printableJson({ orderId }) : `${orderId}\n`)

  return exitCode.passed
}
