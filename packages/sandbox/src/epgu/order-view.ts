import type { Order } from './order.ts'
import { expiryOf, isPending, recipientOf } from './recipient-acts.ts'
import type { EpguState } from './state.ts'

/** An order as the control and the phone page show it. */
export function orderView(state: EpguState, order: Order) {
  const current = order.history.at(-1)
  const queuedAt = order.history.find(({ statusId }) => statusId === 17)?.at

  return {
    id: order.id,
    serviceCode: order.service.code,
    organisation: order.user.organisation.name,
    stage: order.stage,
    gateway: order.gateway,
    statusId: current?.statusId ?? null,
    title: current?.title ?? null,
    stateOrgStatusCode: current?.stateOrgStatusCode ?? '',
    isPending: isPending(order),
    recipient: recipientOf(state, order)?.id ?? null,
    description: order.request?.description ?? '',
    isQualified: order.request?.namespace.includes('_ukep') ?? false,
    queuedAt: queuedAt === undefined ? null : new Date(queuedAt).toISOString(),
    expiresAt: queuedAt === undefined ? null : new Date(expiryOf(order, queuedAt)).toISOString(),
    documents: order.attachments
      .filter(({ hasSignature }) => !hasSignature)
      .map(({ fileName, size, mimeType }) => ({ fileName, size, mimeType })),
    results: order.results.map(({ fileName, mnemonic, size }) => ({ fileName, mnemonic, size })),
  }
}
