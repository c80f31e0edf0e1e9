import {
  type Order,
  type OrderDetails,
  type OrderFile,
  type OrderStatus,
  portalStatuses,
  processingStates,
} from '@muhr/epgu'
import { goskeyOrderState, goskeyServices } from '@muhr/epgu/goskey'
import { plainText } from '../command/plain-text.ts'

const goskeyCodes: ReadonlySet<string> = new Set(
  Object.values(goskeyServices).map(({ serviceCode }) => serviceCode),
)

const presentFile = ({ fileName, sizeBytes, mediaType, link, type }: OrderFile) => ({
  fileName,
  size: sizeBytes ?? null,
  mediaType: mediaType ?? null,
  link: link ?? null,
  ...(type === undefined ? {} : { type }),
})

const presentStatus = (status: OrderStatus) => ({
  id: status.id,
  statusId: status.statusId,
  title: status.title ?? null,
  at: status.at?.toISOString() ?? null,
  isFinal: status.isFinal,
  hasFiles: status.hasFiles,
  isCancelAllowed: status.isCancelAllowed,
  comment: status.comment ?? null,
  stateOrgStatusCode: status.stateOrgStatusCode ?? null,
})

const presentPortal = (order: Order) => ({
  statusId: order.statusId,
  statusName: order.statusName ?? null,
  stage: portalStatuses.get(order.statusId)?.stage ?? null,
  stateOrgStatusCode: order.stateOrgStatusCode ?? null,
  isClosed: order.isClosed,
  serviceCode: order.serviceCode ?? null,
  region: order.region ?? null,
  updatedAt: order.updatedAt?.toISOString() ?? null,
  currentStatusHistoryId: order.currentStatusHistoryId ?? null,
  statuses: order.statuses.map(presentStatus),
  sentFiles: order.attachmentFiles.map(presentFile),
  resultFiles: order.responseFiles.map(presentFile),
})

/** Order details for `--json`. */
export function presentOrder(orderId: string, details: OrderDetails) {
  const { code, processingState, message, messageId, order } = details
  const isGoskey = order?.serviceCode !== undefined && goskeyCodes.has(order.serviceCode)

  return {
    orderId,
    code,
    meaning: processingState === undefined ? null : processingStates[processingState].meaning,
    message: message ?? null,
    messageId: messageId ?? null,
    order: order === undefined ? null : presentPortal(order),
    ...(isGoskey ? { goskey: goskeyOrderState(details) } : {}),
  }
}

const timeOf = (at: Date | undefined): string => at?.toISOString() ?? '-'.repeat(24)

/** One line of the status history. */
export function renderStatus({
  at,
  statusId,
  title,
  comment,
  isFinal,
  hasFiles,
}: OrderStatus): string {
  const marks = [isFinal ? 'final' : undefined, hasFiles ? 'with files' : undefined]
  const told = [title, comment === title ? undefined : comment, ...marks].filter(
    (each) => each !== undefined && each !== '',
  )

  return plainText(`${timeOf(at)}  ${String(statusId).padStart(3)}  ${told.join('; ')}`)
}

/** Order details for people. */
export function renderOrder(orderId: string, details: OrderDetails): string {
  const { code, processingState, message, order } = details
  const entry = processingState === undefined ? undefined : processingStates[processingState]
  const gateway = [`Order ${orderId}: ${code}`, entry?.meaning, message].filter(
    (each) => each !== undefined,
  )
  const lines = [gateway.join('; ')]
  if (entry !== undefined && order === undefined) {
    lines.push(entry.advice)
  }
  if (order !== undefined) {
    const stage = portalStatuses.get(order.statusId)?.stage ?? 'unknown'
    lines.push(
      `Status ${order.statusId} (${stage}): ${order.statusName ?? ''}${order.isClosed ? ', final' : ''}`,
      ...order.attachmentFiles.map(({ fileName }) => `sent      ${fileName}`),
      ...order.responseFiles.map(({ fileName }) => `received  ${fileName}`),
    )
    if (order.serviceCode !== undefined && goskeyCodes.has(order.serviceCode)) {
      const { state, failure } = goskeyOrderState(details)
      lines.push(`Goskey: ${state}${failure === undefined ? '' : ` (${failure})`}`)
    }
  }

  return `${lines.map(plainText).join('\n')}\n`
}
