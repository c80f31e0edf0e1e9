import {
  isEpguError,
  isProcessingState,
  type OrderDetails,
  parseOrderId,
  processingStates,
} from '@muhr/epgu'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { json } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import { loadOrderAccount } from './accounts.ts'
import type { WorkbenchGateways } from './gateways.ts'
import { changeOrder, expectState, type OrderRow } from './orders.ts'
import { asPortalCall, codeOf, portalProblem } from './portal-problem.ts'
import { type PortalView, viewPortal } from './portal-view.ts'

export type Asking = {
  readonly app: AppContext
  readonly gateways: WorkbenchGateways
  readonly order: OrderRow
  readonly caller: Caller
}

/** The gateway of the account that an order goes through. */
export async function gatewayOf({ app, gateways, order }: Omit<Asking, 'caller'>) {
  return gateways.open(await loadOrderAccount(app, order))
}

/** @throws Problem `workbench.state` for an order without a number */
function numberOf(order: OrderRow): string {
  if (order.order_number === null) {
    throw new Problem('workbench.state', 'The order has no number at the portal yet.')
  }

  return order.order_number
}

const isArrived = ({ code, statusId }: PortalView): boolean =>
  statusId === null ? code !== 'OK' : statusId !== 0

const isOver = ({ code, statusId, isClosed }: PortalView): boolean =>
  isClosed ||
  (statusId === null && isProcessingState(code) && processingStates[code].outcome === 'failed')

/** What of an answer makes a line of the history. */
const signOf = (view: PortalView | null): string =>
  JSON.stringify([view?.code, view?.statusId, view?.statuses.length, view?.resultFiles.length])

/**
 * Asks the portal where an order stands, and keeps what it says. An order whose sending is unknown is sent
 * when the portal has anything of it; a number that is still a draft leaves it unknown, since the last
 * chunk may be on its way: that a person resolves.
 * @throws Problem `workbench.state`, `workbench.refused`, `workbench.unavailable`, `workbench.token-seal`
 */
export async function refreshOrder(
  asking: Asking,
): Promise<{ readonly order: OrderRow; readonly details: OrderDetails }> {
  const { app, order, caller } = asking
  expectState(order, ['draft', 'sealing', 'built', 'unknown', 'sent'])
  const number = numberOf(order)
  const gateway = await gatewayOf(asking)
  const details = await asPortalCall(() => gateway.orderDetails(number))
  const view = viewPortal(details, order.service_code)
  const resolves = order.state === 'unknown' && isArrived(view)
  const isNews =
    resolves || signOf(view) !== signOf(order.portal) || order.last_code === 'cancel-unknown'
  if (!isNews && order.state !== 'unknown') {
    return { order, details }
  }

  return {
    order: await changeOrder(app, order, {
      ...(resolves ? { state: 'sent' as const } : {}),
      set: {
        portal: json(view),
        status_id: view.statusId,
        closed: isOver(view),
        observed_at: app.now(),
        ...(resolves || order.last_code === 'cancel-unknown' ? { last_code: null } : {}),
      },
      actor: caller.actor,
      event: {
        type: resolves ? 'resolved' : 'observed',
        data: {
          code: view.code,
          statusId: view.statusId,
          ...(resolves ? { outcome: 'sent' } : {}),
        },
      },
    }),
    details,
  }
}

/**
 * A person says what became of a sending whose answer was lost. Under a reserved number `not-sent` counts
 * only after the portal was asked and still had a draft; without one the number found at the portal is
 * asked about.
 * @throws Problem `workbench.state`, `workbench.field`, `workbench.refused`, `workbench.unavailable`
 */
export async function resolveOrder(
  asking: Asking,
  said:
    | { readonly outcome: 'not-sent' }
    | { readonly outcome: 'sent'; readonly orderNumber: string },
): Promise<OrderRow> {
  const { app, order, caller } = asking
  expectState(order, ['unknown'])
  if (said.outcome === 'not-sent') {
    const wasAsked =
      order.observed_at !== null &&
      order.observed_at >= order.since &&
      order.portal !== null &&
      !isArrived(order.portal)
    if (order.order_number !== null && !wasAsked) {
      throw new Problem(
        'workbench.state',
        'The portal was not asked, or has something of the order.',
        {
          advice: 'Ask for the status first.',
        },
      )
    }

    return changeOrder(app, order, {
      state: 'built',
      set: { sent_bytes: null },
      actor: caller.actor,
      event: { type: 'resolved', data: { outcome: 'not-sent' } },
    })
  }
  if (order.order_number !== null && order.order_number !== said.orderNumber) {
    throw new Problem('workbench.field', 'The order has another number.', { field: 'orderNumber' })
  }
  const number = parseOrderId(said.orderNumber)
  const gateway = await gatewayOf(asking)
  const details = await asPortalCall(() => gateway.orderDetails(number))
  const view = viewPortal(details, order.service_code)
  const code = details.order?.serviceCode
  if ((code !== undefined && code !== order.service_code) || !isArrived(view)) {
    throw new Problem('workbench.field', 'That number is a draft, or of another service.', {
      field: 'orderNumber',
    })
  }

  return changeOrder(app, order, {
    state: 'sent',
    set: {
      ...(order.order_number === null ? { order_number: number } : {}),
      portal: json(view),
      status_id: view.statusId,
      closed: isOver(view),
      observed_at: app.now(),
      last_code: null,
    },
    actor: caller.actor,
    event: { type: 'resolved', data: { outcome: 'sent', orderNumber: number } },
  })
}

/**
 * Asks the portal to cancel an order. Written down first; after a lost answer it is not asked again before
 * the status was.
 * @throws Problem `workbench.state`, `workbench.refused`, `workbench.outcome-unknown`,
 *   `workbench.unavailable`
 */
export async function cancelAtPortal(
  asking: Asking,
  reason: string | undefined,
): Promise<OrderRow> {
  const { app, order, caller } = asking
  expectState(order, ['sent'])
  const number = numberOf(order)
  if (order.last_code === 'cancel-unknown') {
    throw new Problem('workbench.state', 'It is not known what became of the last cancelling.', {
      advice: 'Ask for the status first.',
    })
  }
  const gateway = await gatewayOf(asking)
  const { actor } = caller
  const started = await changeOrder(app, order, {
    set: { last_code: 'cancel-unknown' },
    actor,
    event: { type: 'cancel-started' },
  })
  try {
    await gateway.cancelOrder(number, reason === undefined ? {} : { reason })
  } catch (error) {
    const isOpen = isEpguError(error, 'epgu.outcome-unknown') || portalProblem(error) === undefined
    await changeOrder(app, started, {
      set: { last_code: isOpen ? 'cancel-unknown' : null },
      actor,
      event: {
        type: isOpen ? 'cancel-unknown' : 'cancel-refused',
        data: { code: codeOf(error) },
      },
    })
    throw portalProblem(error) ?? error
  }

  return changeOrder(app, started, {
    set: { last_code: null },
    actor,
    event: { type: 'cancelled' },
  })
}
