import { isClosed, type Order } from './order.ts'
import { OUTCOMES, type Outcome } from './outcomes.ts'
import type { Recipient } from './recipients.ts'
import type { SignFault } from './sign-fault.ts'
import { signResults } from './sign-results.ts'
import { addStatus, type EpguState, nowOf, runApart } from './state.ts'

const HOUR_MS = 3_600_000
/** How long a recipient has, whatever profile 1.8 says (ru-epgu-goskey §5.2). */
const SIGN_WINDOW_MS = 24 * HOUR_MS
/** How long the sender's signature may stay unverified (§5.5). */
export const EDS_WINDOW_MS = 8 * HOUR_MS

/** Puts an order before its recipient: what that does by itself, and the end of the time. */
export function openForRecipient(state: EpguState, order: Order, at: number): void {
  const expiresAt = expiryOf(order, at)
  state.due.add({
    at: expiresAt,
    run: () => closeGoskey(state, order, { outcome: 'EXPIRED', at: expiresAt }),
  })
  const recipient = recipientOf(state, order)
  const soon = at + state.stepMs
  const isNeverMatched = /^\d{11}$/.test(order.request?.recipient.snils ?? '')
  if (isNeverMatched) return
  if (recipient === undefined || recipient.behaviour === 'absent') {
    state.due.add({
      at: soon,
      run: () => closeGoskey(state, order, { outcome: 'SNILS_NOT_FOUND', at: soon }),
    })

    return
  }
  const actsAt = soon + recipient.delayMs
  if (recipient.behaviour === 'reject') {
    state.due.add({
      at: actsAt,
      run: () => closeGoskey(state, order, { outcome: 'SIGN_REJECT', at: actsAt }),
    })
  }
  if (recipient.behaviour === 'sign' || recipient.behaviour === 'delay') {
    state.due.add({ at: actsAt, run: () => void signOrder(state, order, { at: actsAt }) })
  }
}

/** When the recipient's time is over, ms. */
export function expiryOf({ request }: Order, openedAt: number): number {
  return Math.min(request?.expiresAt ?? Number.POSITIVE_INFINITY, openedAt + SIGN_WINDOW_MS)
}

/** The person that an order names. */
export function recipientOf(state: EpguState, { request }: Order): Recipient | undefined {
  return request === undefined ? undefined : state.recipients.match(request.recipient)
}

/** Does the order wait for its recipient? */
export function isPending(order: Order): boolean {
  return order.stage === 'portal' && order.request !== undefined && !isClosed(order)
}

/** Ends an order that is still open, without results. */
export function closeGoskey(
  state: EpguState,
  order: Order,
  { outcome, at }: { readonly outcome: Outcome; readonly at: number },
): void {
  if (isClosed(order)) return
  const { statusId, code, id, title } = OUTCOMES[outcome]
  addStatus(state, order, {
    statusId,
    title,
    at,
    isFinal: true,
    hasResult: outcome === 'DONE',
    stateOrgStatusCode: code,
    stateOrgStatusId: id,
    // In the samples an expiry repeats its title here, and a signature leaves it empty.
    comment: outcome === 'DONE' ? '' : title,
  })
}

/** The recipient signs: real signatures first, then the order is done. Whoever comes second does nothing. */
export function signOrder(
  state: EpguState,
  order: Order,
  options: { readonly at?: number; readonly fault?: SignFault },
): Promise<void> {
  return runApart(state, async () => {
    const recipient = recipientOf(state, order)
    if (!isPending(order) || recipient === undefined) return
    const results = await signResults(state, order, {
      recipient,
      fault: options.fault ?? state.signFault,
      // A clock that jumped over the moment does not make the signature older than it.
      at: Math.max(options.at ?? 0, nowOf(state)),
    })
    if (isClosed(order)) return
    order.results = results
    closeGoskey(state, order, { outcome: 'DONE', at: nowOf(state) })
  })
}
