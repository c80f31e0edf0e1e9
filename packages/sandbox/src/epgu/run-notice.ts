import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isClosed, type Order, type OrderFile } from './order.ts'
import { PORTAL_TITLES } from './outcomes.ts'
import { addStatus, type EpguState } from './state.ts'

const MINUTE_MS = 60_000

/** What becomes of a notice by itself, and when after it reached the portal. */
const COURSE = [
  { afterMs: MINUTE_MS, statusId: 21 },
  { afterMs: 2 * MINUTE_MS, statusId: 2 },
  { afterMs: 3 * MINUTE_MS, statusId: 1 },
  { afterMs: 60 * MINUTE_MS, statusId: 3 },
] as const

/** Lets the department work on a notice: sent, received, registered, done with a receipt. */
export function runNotice(state: EpguState, order: Order, startedAt: number): void {
  for (const { afterMs, statusId } of COURSE) {
    const at = startedAt + afterMs
    state.due.add({
      at,
      run: () => {
        // After a start anew some of it is done already.
        const isDone = order.history.some((status) => status.statusId === statusId)
        if (!isClosed(order) && !isDone) moveNotice(state, order, { statusId, at })
      },
    })
  }
}

/** One step of a notice; done makes the receipt. */
export function moveNotice(
  state: EpguState,
  order: Order,
  { statusId, at }: { readonly statusId: 1 | 2 | 3 | 4 | 10 | 21; readonly at: number },
): void {
  const isFinal = statusId === 3 || statusId === 4 || statusId === 10
  if (statusId === 3) order.results = [writeReceipt(order)]
  addStatus(state, order, {
    statusId,
    title: PORTAL_TITLES[statusId],
    isFinal,
    hasResult: statusId === 3,
    canCancel: statusId === 21,
    at,
  })
}

function writeReceipt({ id, folder }: Order): OrderFile {
  const path = join(folder, 'receipt.xml')
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Receipt><OrderId>${id}</OrderId><Accepted>true</Accepted></Receipt>\n`
  writeFileSync(path, text)

  return {
    fileName: 'receipt.xml',
    mnemonic: 'receipt.xml',
    size: Buffer.byteLength(text),
    mimeType: 'application/xml',
    hasSignature: false,
    path,
  }
}
