import { type BulkStatus, parseOrderId, portalStatuses, type StatusPage } from '@muhr/epgu'
import { type ExitCode, exitCode, usageError } from '../command/cli-error.ts'
import type { CommandIo } from '../command/io.ts'
import { parseAt } from '../command/parse-time.ts'
import { plainText, printableJson } from '../command/plain-text.ts'
import { gatewayOptions, gatewayUsage, parseEpguArguments, wholeNumber } from './gateway-options.ts'
import { openGateway } from './open-gateway.ts'

const statusesUsage = `muhr epgu statuses NUMBER... [--page-size N] ${gatewayUsage}`
const updatedUsage = `muhr epgu updated --since DAY|TIME [--page-size N] ${gatewayUsage}`
const listOptions = { ...gatewayOptions, 'page-size': { type: 'string' } } as const

const presentBulk = (status: BulkStatus) =>
  status.isFound
    ? {
        orderId: status.orderId,
        found: true,
        statusId: status.statusId,
        statusName: status.statusName ?? null,
        stage: portalStatuses.get(status.statusId)?.stage ?? null,
        updatedAt: status.updatedAt?.toISOString() ?? null,
      }
    : { orderId: status.orderId, found: false }

function renderBulk(status: BulkStatus): string {
  if (!status.isFound) {
    return `${status.orderId}  not found`
  }
  const { orderId, statusId, statusName = '', updatedAt } = status
  const stage = portalStatuses.get(statusId)?.stage ?? 'unknown'

  return plainText(
    `${orderId}  ${updatedAt?.toISOString() ?? '-'.repeat(24)}  ${String(statusId).padStart(3)}  ${stage}; ${statusName}`,
  )
}

async function listPages(
  pages: AsyncIterable<StatusPage>,
  { io, isJson }: { readonly io: CommandIo; readonly isJson: boolean },
): Promise<void> {
  const all: BulkStatus[] = []
  for await (const { statuses } of pages) {
    if (isJson) {
      all.push(...statuses)
    } else {
      io.stdout(statuses.map((status) => `${renderBulk(status)}\n`).join(''))
    }
  }
  if (isJson) {
    io.stdout(printableJson({ count: all.length, items: all.map(presentBulk) }))
  }
}

/** `muhr epgu statuses`: where these orders stand (getOrdersStatus, ru-epgu-goskey.md §4.4). */
export async function runStatuses(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const usage = statusesUsage
  const { values, positionals } = parseEpguArguments(args, { usage, options: listOptions })
  if (positionals.length === 0) {
    throw usageError('No order is named.', `Usage: ${usage}`)
  }
  const orderIds = positionals.flatMap((each) => each.split(',')).map(parseOrderId)
  const pageSize = wholeNumber('page-size', values['page-size'])
  const gateway = await openGateway(values, io)
  await listPages(gateway.ordersStatus(orderIds, pageSize === undefined ? {} : { pageSize }), {
    io,
    isJson: values.json === true,
  })

  return exitCode.passed
}

/** `muhr epgu updated`: every order of this system that changed since then (getUpdatedAfter). */
export async function runUpdated(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const usage = updatedUsage
  const { values, positionals } = parseEpguArguments(args, {
    usage,
    options: { ...listOptions, since: { type: 'string' } },
  })
  if (values.since === undefined || positionals.length > 0) {
    throw usageError('--since is missing.', `Usage: ${usage}`)
  }
  const since = parseAt(values.since, '--since')
  const pageSize = wholeNumber('page-size', values['page-size'])
  const gateway = await openGateway(values, io)
  await listPages(gateway.updatedAfter(since, pageSize === undefined ? {} : { pageSize }), {
    io,
    isJson: values.json === true,
  })

  return exitCode.passed
}
