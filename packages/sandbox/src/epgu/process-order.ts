import { rmSync } from 'node:fs'
import { checkPackage, type Verdict } from './check-package.ts'
import type { Order } from './order.ts'
import { PORTAL_TITLES } from './outcomes.ts'
import { closeGoskey, EDS_WINDOW_MS, openForRecipient } from './recipient-acts.ts'
import { runNotice } from './run-notice.ts'
import { addStatus, appendStatus, type EpguState, nowOf, runApart, setGateway } from './state.ts'

/**
 * Takes a package that was uploaded whole: the gateway's states follow one another, each at least `stepMs`
 * long, while the package is checked; then the order is on the portal with status 17, or has failed.
 */
export function processPackage(state: EpguState, order: Order, archive: string): Promise<void> {
  const startedAt = nowOf(state)
  order.stage = 'processing'
  order.requestedAt = startedAt
  setGateway(state, order, { code: 'NEW', at: startedAt })
  state.due.add({
    at: startedAt + state.stepMs,
    run: () => {
      if (order.gateway.code !== 'NEW') return
      setGateway(state, order, { code: 'FILES_VERIFICATION', at: startedAt + state.stepMs })
    },
  })

  return runApart(state, async () => {
    const verdict = await checkPackage(state, order, archive)
    const at = Math.max(nowOf(state), startedAt + 2 * state.stepMs)
    state.due.add({ at, run: () => settle(state, order, { verdict, at, archive }) })
    state.due.runDue(nowOf(state))
  })
}

function settle(
  state: EpguState,
  order: Order,
  {
    verdict,
    at,
    archive,
  }: { readonly verdict: Verdict; readonly at: number; readonly archive: string },
): void {
  const isLate =
    !verdict.isGood &&
    verdict.code === 'FILES_VERIFICATION_FAILED' &&
    state.switches.lateVerification
  if (!verdict.isGood && !isLate) {
    order.stage = 'failed'
    setGateway(state, order, { code: verdict.code, message: verdict.message, at })
    rmSync(archive, { force: true })

    return
  }
  if (verdict.isGood) {
    order.attachments = verdict.attachments
    if (verdict.request !== undefined) order.request = verdict.request
  }
  setGateway(state, order, { code: 'FILES_VERIFICATION_SUCCESS', at })
  const doneAt = at + state.stepMs
  state.due.add({ at: doneAt, run: () => handOver(state, order, { at: doneAt, isLate, archive }) })
}

function handOver(
  state: EpguState,
  order: Order,
  {
    at,
    isLate,
    archive,
  }: { readonly at: number; readonly isLate: boolean; readonly archive: string },
): void {
  order.stage = 'portal'
  setGateway(state, order, { code: 'DONE', at })
  if (order.history.length === 0) {
    appendStatus(state, order, { statusId: 0, title: PORTAL_TITLES[0], at: order.createdAt })
  }
  addStatus(state, order, {
    statusId: 17,
    title: PORTAL_TITLES[17],
    canCancel: order.service.canCancel,
    at,
  })
  // Until here a start after a kill takes the package up again.
  rmSync(archive, { force: true })
  if (isLate) {
    const failsAt = at + EDS_WINDOW_MS
    state.due.add({
      at: failsAt,
      run: () => closeGoskey(state, order, { outcome: 'STATE_EDS_NO_ANSWER', at: failsAt }),
    })

    return
  }
  if (order.service.kind === 'goskey') openForRecipient(state, order, at)
  else runNotice(state, order, at)
}
