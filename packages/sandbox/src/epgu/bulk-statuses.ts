import type { EsiaUser } from '../esia/accounts.ts'
import { jsonResponse, type SimResponse } from '../http/sim-http.ts'
import { badParameter } from './error.ts'
import type { IndexedOrder } from './order-index.ts'
import { TITLES } from './outcomes.ts'
import { type EpguState, systemNumber } from './state.ts'
import { bulkTime, parseBulkTime } from './times.ts'

const DEFAULT_PAGE = 100
const MAX_PAGE = 10_000

/** `getUpdatedAfter` (ru-epgu-goskey §4.4): all orders of the system that changed, the last change first. */
export function updatedAfter(
  state: EpguState,
  user: EsiaUser,
  query: URLSearchParams,
): SimResponse {
  const after = parseBulkTime(query.get('updatedAfter') ?? '')
  if (after === undefined) {
    throw badParameter('updatedAfter', 'must be of the form yyyy-MM-ddTHH:mm:ss.SSS')
  }
  const { pageNum, pageSize } = pageOf(query)
  const { total, orders } = state.index.changedAfter({
    system: systemNumber(user.organisation.mnemonic),
    after,
    skip: pageNum * pageSize,
    take: pageSize,
  })

  return page(state, total, orders)
}

/** `getOrdersStatus` (§4.4): the orders asked for; those of other systems are as little found as none. */
export function ordersStatus(
  state: EpguState,
  user: EsiaUser,
  query: URLSearchParams,
): SimResponse {
  const ids = query
    .getAll('orderIds')
    .join()
    .split(',')
    .map((text) => text.trim())
  if (ids.some((id) => !/^\d{1,16}$/.test(id))) {
    throw badParameter('orderIds', 'must be order numbers, separated by commas')
  }
  const { pageNum, pageSize } = pageOf(query)
  const system = systemNumber(user.organisation.mnemonic)
  const orders = ids.slice(pageNum * pageSize, (pageNum + 1) * pageSize).map((text) => {
    const id = Number(text)
    const order = state.index.get(id)

    return order?.system === system
      ? order
      : { id, isOnPortal: false, statusId: 0, title: 0, updated: 0 }
  })

  return page(state, ids.length, orders)
}

function page(
  { switches }: EpguState,
  totalCount: number,
  orders: readonly IndexedOrder[],
): SimResponse {
  return jsonResponse(200, {
    count: orders.length,
    totalCount,
    content: orders.map(({ id, isOnPortal, statusId, title, updated }) =>
      isOnPortal && !switches.bulkNotFound
        ? {
            orderId: id,
            orderSearchStatus: 'FOUND',
            status: { statusId, statusName: TITLES[title] ?? '', updated: bulkTime(updated) },
          }
        : { orderId: id, orderSearchStatus: 'NOT_FOUND', status: null },
    ),
  })
}

function pageOf(query: URLSearchParams): { readonly pageNum: number; readonly pageSize: number } {
  const pageNum = numberOf(query, 'pageNum', 0)
  const pageSize = numberOf(query, 'pageSize', DEFAULT_PAGE)
  if (pageSize < 1 || pageSize > MAX_PAGE) {
    throw badParameter('pageSize', `must be from 1 to ${MAX_PAGE}`)
  }

  return { pageNum, pageSize }
}

function numberOf(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  if (!/^\d{1,9}$/.test(text)) throw badParameter(name, 'must be a whole number from 0')

  return Number(text)
}
