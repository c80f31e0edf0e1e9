import { type BulkOptions, ordersStatus, type StatusPage, updatedAfter } from './bulk-statuses.ts'
import { type CancelOptions, cancelOrder } from './cancel-order.ts'
import { type GatewayOptions, prepareContext } from './context.ts'
import { type DictionaryPage, type DictionaryQuery, lookUpDictionary } from './dictionary.ts'
import { type Download, type DownloadOptions, downloadFile } from './download-file.ts'
import type { FileAddress } from './file-address.ts'
import type { OrderMeta } from './meta.ts'
import type { OrderDetails } from './order.ts'
import { type OrderDetailsOptions, orderDetails } from './order-details.ts'
import type { OrderId } from './order-id.ts'
import { type ChunkedPush, pushChunks } from './push-chunks.ts'
import { type Push, pushOrder } from './push-order.ts'
import { reserveOrder } from './reserve-order.ts'

/**
 * The gateway of the portal for one employee of one organisation (spec §2 to §4). Order numbers are
 * strings of digits outward; strings and safe whole numbers are taken.
 *
 * Every method rejects with {@link EpguError}: `epgu.refused` with the code of the gateway and what to
 * do, `epgu.outcome-unknown` when a call may have had its effect and must not be made again blindly.
 */
export type Gateway = {
  /** Reserves a number. Keep it before {@link Gateway.pushChunks}: it is how a lost answer is resolved. */
  readonly reserveOrder: (
    meta: OrderMeta,
    options?: { readonly signal?: AbortSignal },
  ) => Promise<OrderId>
  /** Sends a package of up to 50 MB at once. After `epgu.outcome-unknown` nobody knows its number. */
  readonly pushOrder: (push: Push) => Promise<OrderId>
  /** Sends a package of any size under a reserved number. */
  readonly pushChunks: (
    push: ChunkedPush,
  ) => Promise<{ readonly orderId: OrderId; readonly chunks: number }>
  readonly orderDetails: (
    orderId: string | number,
    options?: OrderDetailsOptions,
  ) => Promise<OrderDetails>
  /** Cancels an order where its service allows; else `epgu.refused` with `cancel_not_allowed`. */
  readonly cancelOrder: (orderId: string | number, options?: CancelOptions) => Promise<void>
  /** Statuses of these orders, page by page. */
  readonly ordersStatus: (
    orderIds: readonly (string | number)[],
    options?: BulkOptions,
  ) => AsyncIterable<StatusPage>
  /** Statuses that changed after that time, of every order of this system, page by page. */
  readonly updatedAfter: (since: Date, options?: BulkOptions) => AsyncIterable<StatusPage>
  readonly downloadFile: (file: FileAddress, options?: DownloadOptions) => Promise<Download>
  /** A page of a dictionary; needs no token. */
  readonly lookUpDictionary: (code: string, query?: DictionaryQuery) => Promise<DictionaryPage>
}

/** @throws EpguError `epgu.invalid-argument` */
export function createGateway(options: GatewayOptions): Gateway {
  const context = prepareContext(options)

  return Object.freeze({
    // Input is checked inside the promise: a caller has one way to learn of a refusal.
    reserveOrder: async (meta, { signal } = {}) => reserveOrder(context, meta, signal),
    pushOrder: async (push) => pushOrder(context, push),
    pushChunks: (push) => pushChunks(context, push),
    orderDetails: (orderId, detailsOptions = {}) => orderDetails(context, orderId, detailsOptions),
    cancelOrder: (orderId, cancelOptions = {}) => cancelOrder(context, orderId, cancelOptions),
    ordersStatus: (orderIds, bulkOptions = {}) => ordersStatus(context, orderIds, bulkOptions),
    updatedAfter: (since, bulkOptions = {}) => updatedAfter(context, since, bulkOptions),
    downloadFile: (file, downloadOptions = {}) => downloadFile(context, file, downloadOptions),
    lookUpDictionary: (code, query = {}) => lookUpDictionary(context, code, query),
  } satisfies Gateway)
}
