import { type BulkStatus, portalStatuses, type StatusPage } from '@muhr/epgu'
import type { AppContext } from '../app-context.ts'
import { loadAccount } from './accounts.ts'
import type { WorkbenchGateways } from './gateways.ts'
import { asPortalCall } from './portal-problem.ts'

const dayMs = 86_400_000
/** Most statuses of one answer. */
const maxItems = 5_000
const pageSize = 100

export type BulkWish =
  /** Orders that changed on a day of Moscow, `YYYY-MM-DD`. */
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'since'; readonly since: Date }
  | { readonly kind: 'orders'; readonly orderNumbers: readonly string[] }

export type BulkItem = {
  readonly orderNumber: string
  readonly isFound: boolean
  readonly statusId: number | null
  readonly statusName: string | null
  readonly stage: string | null
  readonly updatedAt: string | null
  /** Id of our order with that number. */
  readonly order: string | null
}

/** Midnight in Moscow, where the clocks are three hours ahead of UTC. */
const startOf = (date: string): Date => new Date(`${date}T00:00:00+03:00`)

async function collect(
  pages: AsyncIterable<StatusPage>,
  isWanted: (status: BulkStatus) => boolean,
) {
  // An order comes twice when pages shift while they are read; the later one is newer.
  const found = new Map<string, BulkStatus>()
  for await (const { statuses } of pages) {
    for (const status of statuses.filter(isWanted)) {
      found.set(status.orderId, status)
    }
    if (found.size >= maxItems) {
      return { statuses: [...found.values()].slice(0, maxItems), isCut: true }
    }
  }

  return { statuses: [...found.values()], isCut: false }
}

/**
 * Statuses in bulk: of a day, since a moment (getUpdatedAfter), or of orders by their numbers
 * (getOrdersStatus).
 * @throws Problem `request.not-found`, `workbench.refused`, `workbench.unavailable`
 */
export async function bulkStatuses(
  app: AppContext,
  gateways: WorkbenchGateways,
  input: { readonly organisationId: string; readonly account: string; readonly wish: BulkWish },
): Promise<{ readonly items: readonly BulkItem[]; readonly isCut: boolean }> {
  const { organisationId, wish } = input
  const gateway = gateways.open(await loadAccount(app, organisationId, input.account))
  const { statuses, isCut } = await asPortalCall(async () => {
    if (wish.kind === 'orders') {
      return collect(gateway.ordersStatus(wish.orderNumbers, { pageSize }), () => true)
    }
    const since = wish.kind === 'date' ? startOf(wish.date) : wish.since
    const endMs = wish.kind === 'date' ? since.getTime() + dayMs : Number.POSITIVE_INFINITY

    return collect(
      gateway.updatedAfter(since, { pageSize }),
      (status) => !status.isFound || (status.updatedAt?.getTime() ?? 0) < endMs,
    )
  })
  const ours = await ordersByNumber(
    app,
    organisationId,
    statuses.map(({ orderId }) => orderId),
  )

  return {
    isCut,
    items: statuses.map((status) => ({
      orderNumber: status.orderId,
      isFound: status.isFound,
      statusId: status.isFound ? status.statusId : null,
      statusName: status.isFound ? (status.statusName ?? null) : null,
      stage: status.isFound ? (portalStatuses.get(status.statusId)?.stage ?? 'unknown') : null,
      updatedAt: status.isFound ? (status.updatedAt?.toISOString() ?? null) : null,
      order: ours.get(status.orderId) ?? null,
    })),
  }
}

async function ordersByNumber(
  app: Pick<AppContext, 'db'>,
  organisationId: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (numbers.length === 0) {
    return new Map()
  }
  const rows = await app.db
    .selectFrom('workbench_orders')
    .select(['id', 'order_number'])
    .where('organisation_id', '=', organisationId)
    .where('order_number', 'in', [...numbers])
    .execute()

  return new Map(rows.map(({ id, order_number }) => [order_number ?? '', id]))
}
