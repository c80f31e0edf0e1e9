import { digitsOf, integerOf, isRecord, memberOf, textOf } from '@muhr/http'
import { EpguError } from '../error.ts'
import { formatMoscowTime, parsePortalTime } from '../moscow-time.ts'
import { callGateway } from './call-gateway.ts'
import type { GatewayContext } from './context.ts'
import { unreadableAnswer } from './gateway-errors.ts'
import { invalidArgument } from './invalid-argument.ts'
import { type OrderId, parseOrderId } from './order-id.ts'
import { readRecord } from './read-answer.ts'

/**
 * What a bulk answer says of one order (spec §4.4). `isFound: false`: the gateway does not know it, or
 * tells no status of it that can be read; its details may tell more.
 */
export type BulkStatus =
  | {
      readonly orderId: OrderId
      readonly isFound: true
      readonly statusId: number
      readonly statusName: string | undefined
      readonly updatedAt: Date | undefined
    }
  | { readonly orderId: OrderId; readonly isFound: false }

/** One page of a bulk answer: one call. */
export type StatusPage = {
  readonly pageNum: number
  /** Of the whole listing, when the gateway tells. */
  readonly totalCount: number | undefined
  readonly statuses: readonly BulkStatus[]
  /**
   * Entries without a number that can be read. A listing names orders of every service of the system, so
   * that one odd entry must not hide the others.
   */
  readonly unreadable: number
}

export type BulkOptions = {
  /** Orders on a page. Default 100. */
  readonly pageSize?: number
  readonly signal?: AbortSignal
}

/**
 * `GET /gusmev/order/getUpdatedAfter`: every order of this system whose status changed after that
 * time, one call per page. Pages may shift while they are read: an order can come twice.
 */
export async function* updatedAfter(
  context: GatewayContext,
  since: Date,
  options: BulkOptions,
): AsyncGenerator<StatusPage> {
  if (Number.isNaN(since.getTime())) throw invalidArgument('since', 'a valid Date')
  const query = { updatedAfter: formatMoscowTime(since) }

  yield* pages(context, { operation: 'updated-after', method: 'getUpdatedAfter', query, options })
}

/**
 * `GET /gusmev/order/getOrdersStatus`: the statuses of these orders, one call for each `pageSize` of
 * them. Numbers that the gateway does not know come as not found.
 */
export async function* ordersStatus(
  context: GatewayContext,
  orderIds: readonly (string | number)[],
  options: BulkOptions,
): AsyncGenerator<StatusPage> {
  const ids = orderIds.map(parseOrderId)
  const size = pageSizeOf(options)

  for (let at = 0; at < ids.length; at += size) {
    const query = { orderIds: ids.slice(at, at + size).join(',') }
    yield* pages(context, { operation: 'orders-status', method: 'getOrdersStatus', query, options })
  }
}

type Listing = {
  readonly operation: 'updated-after' | 'orders-status'
  readonly method: string
  readonly query: Readonly<Record<string, string>>
  readonly options: BulkOptions
}

async function* pages(context: GatewayContext, listing: Listing): AsyncGenerator<StatusPage> {
  const pageSize = pageSizeOf(listing.options)
  const { maxPages } = context.limits
  let seen = 0

  for (let pageNum = 0; pageNum < maxPages; pageNum += 1) {
    const page = await fetchPage(context, listing, pageNum, pageSize)
    const length = page.statuses.length + page.unreadable
    seen += length
    yield page
    // A gateway that cuts pages shorter than asked for still has more.
    const hasMore = page.totalCount === undefined ? length >= pageSize : seen < page.totalCount
    if (length === 0 || !hasMore) return
  }

  throw new EpguError({
    code: 'epgu.too-many-pages',
    message: `A listing has more than ${maxPages} pages.`,
    advice: 'Ask for a shorter time, or raise maxPages.',
    data: { operation: listing.operation, limit: maxPages },
  })
}

async function fetchPage(
  context: GatewayContext,
  { operation, method, query, options }: Listing,
  pageNum: number,
  pageSize: number,
): Promise<StatusPage> {
  const search = new URLSearchParams({
    pageNum: String(pageNum),
    pageSize: String(pageSize),
    ...query,
  })
  const response = await callGateway(context, {
    operation,
    effect: 'none',
    method: 'GET',
    // Commas and colons stand in a query as they are (RFC 3986 §3.4), and do so in every example.
    url: `${context.baseUrl}/gusmev/order/${method}?${search}`
      .replace(/%2C/g, ',')
      .replace(/%3A/g, ':'),
    wholeBytes: context.limits.maxAnswerBytes,
    timeoutMs: context.limits.timeoutMs,
    signal: options.signal,
  })
  const { status } = response
  const answer = await readRecord(response, { operation }, context.limits.maxAnswerBytes)
  const content = memberOf(answer, 'content')
  if (!Array.isArray(content)) throw unreadableAnswer(operation, 'wrong-shape', status)
  const statuses = content.flatMap((entry) => readEntry(entry) ?? [])
  // Nothing at all: it is another form, not one odd entry.
  if (content.length > 0 && statuses.length === 0) {
    throw unreadableAnswer(operation, 'wrong-shape', status)
  }

  return {
    pageNum,
    totalCount: integerOf(answer, 'totalCount'),
    statuses,
    unreadable: content.length - statuses.length,
  }
}

/** Undefined without a number: nobody could be found by it. */
function readEntry(value: unknown): BulkStatus | undefined {
  if (!isRecord(value)) return undefined
  // One example of the operator spells the key `" orderId"`.
  const entry = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.trim(), member]),
  )
  const digits = digitsOf(entry, 'orderId')
  if (digits === undefined) return undefined

  const orderId = parseOrderId(digits)
  const status = memberOf(entry, 'status')
  const statusId = isRecord(status) ? integerOf(status, 'statusId') : undefined
  const isDenied = textOf(entry, 'orderSearchStatus') === 'NOT_FOUND'
  if (!isRecord(status) || statusId === undefined || isDenied) return { orderId, isFound: false }

  return {
    orderId,
    isFound: true,
    statusId,
    statusName: textOf(status, 'statusName'),
    updatedAt: parsePortalTime(textOf(status, 'updated')),
  }
}

function pageSizeOf({ pageSize = 100 }: BulkOptions): number {
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 10_000) {
    throw invalidArgument('pageSize', 'a whole number from 1 to 10000')
  }

  return pageSize
}
