import { existsSync } from 'node:fs'
import { isClosed, type Order } from './order.ts'
import { processPackage } from './process-order.ts'
import { closeGoskey, EDS_WINDOW_MS, openForRecipient } from './recipient-acts.ts'
import { runNotice } from './run-notice.ts'
import { type EpguState, indexOrder, setGateway, systemNumber } from './state.ts'
import { loadOrders } from './stored-orders.ts'

/** Column number of numbers that were given to orders which are gone. */
const NOBODY = 65_535

/**
 * Takes up the orders of earlier starts where they stood: packages that were not checked yet are checked,
 * recipients and times go on. Chunks of an upload that was not over are gone, as after five minutes.
 */
export async function restoreOrders(state: EpguState): Promise<void> {
  for (const order of await loadOrders(state.folder)) {
    while (state.index.nextId < order.id) state.index.add(NOBODY, 0)
    state.index.add(systemNumber(order.user.organisation.mnemonic), order.createdAt)
    state.orders.set(order.id, order)
    indexOrder(state, order, order.history.at(-1)?.at ?? order.createdAt)
    state.nextHistoryId = Math.max(state.nextHistoryId, ...order.history.map(({ id }) => id + 1))
    resume(state, order)
  }
}

function resume(state: EpguState, order: Order): void {
  if (order.stage === 'processing') {
    const archive = `${order.folder}.zip`
    if (existsSync(archive)) void processPackage(state, order, archive)
    else {
      order.stage = 'failed'
      setGateway(state, order, { code: 'INTERNAL_ERROR', at: order.requestedAt })
    }
  }
  if (order.stage !== 'portal' || isClosed(order)) return
  const queuedAt = order.history.find(({ statusId }) => statusId === 17)?.at ?? order.requestedAt
  if (order.service.kind === 'notice') runNotice(state, order, queuedAt)
  else if (order.request !== undefined) openForRecipient(state, order, queuedAt)
  else {
    const at = queuedAt + EDS_WINDOW_MS
    state.due.add({
      at,
      run: () => closeGoskey(state, order, { outcome: 'STATE_EDS_NO_ANSWER', at }),
    })
  }
}
