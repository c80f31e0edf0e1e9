import { type OrderDetails, type OrderFile, portalStatuses } from '@muhr/epgu'
import { goskeyOrderState, goskeyServices } from '@muhr/epgu/goskey'

/** What the portal last said of an order, as it is kept and shown. Names may be those of people's files. */
export type PortalView = {
  /** `OK`, or how far the gateway is. */
  readonly code: string
  readonly message: string | null
  readonly statusId: number | null
  readonly statusName: string | null
  readonly stage: string | null
  readonly isClosed: boolean
  readonly isCancelAllowed: boolean
  readonly stateOrgStatusCode: string | null
  readonly statuses: readonly {
    readonly id: string
    readonly statusId: number
    readonly title: string | null
    readonly at: string | null
    readonly comment: string | null
    readonly isFinal: boolean
  }[]
  readonly sentFiles: readonly PortalFile[]
  readonly resultFiles: readonly PortalFile[]
  /** Where an order of Госключ stands, in one word. */
  readonly goskey: string | null
}

export type PortalFile = {
  readonly fileName: string
  readonly size: number | null
  readonly mediaType: string | null
  readonly link: string | null
}

/** Most of a listing that is kept; more no real order has. */
const maxKept = 500
const maxText = 1_000

const text = (value: string | undefined): string | null =>
  value === undefined ? null : value.slice(0, maxText)

const fileOf = ({ fileName, sizeBytes, mediaType, link }: OrderFile): PortalFile => ({
  fileName: fileName.slice(0, maxText),
  size: sizeBytes ?? null,
  mediaType: text(mediaType),
  link: text(link),
})

export const goskeyServiceCodes: ReadonlySet<string> = new Set(
  Object.values(goskeyServices).map(({ serviceCode }) => serviceCode),
)

/** What is kept of an answer of the portal. */
export function viewPortal(details: OrderDetails, serviceCode: string): PortalView {
  const { code, message, order } = details

  return {
    code: code.slice(0, maxText),
    message: text(message),
    statusId: order?.statusId ?? null,
    statusName: text(order?.statusName),
    stage: order === undefined ? null : (portalStatuses.get(order.statusId)?.stage ?? 'unknown'),
    isClosed: order?.isClosed ?? false,
    isCancelAllowed: order?.currentStatus?.isCancelAllowed ?? false,
    stateOrgStatusCode: text(order?.stateOrgStatusCode),
    statuses: (order?.statuses ?? []).slice(0, maxKept).map((status) => ({
      id: status.id,
      statusId: status.statusId,
      title: text(status.title),
      at: status.at?.toISOString() ?? null,
      comment: text(status.comment),
      isFinal: status.isFinal,
    })),
    sentFiles: (order?.attachmentFiles ?? []).slice(0, maxKept).map(fileOf),
    resultFiles: (order?.responseFiles ?? []).slice(0, maxKept).map(fileOf),
    goskey: goskeyServiceCodes.has(serviceCode) ? goskeyOrderState(details).state : null,
  }
}
